"""A document as a PDF, for the jobs that make one."""

from collections.abc import Callable, Sequence

from eventsapp.core import db
from eventsapp.documents.blocks import Document
from eventsapp.documents.render import pdf_html
from eventsapp.edge import pdf
from eventsapp.edge.jobs import GiveUp
from eventsapp.edge.pdf import Attachment, Media, RenderedPdf


def draw(
    document: Document,
    *,
    media: Media,
    attachments: Sequence[Attachment] = (),
    failed: Callable[[str], object],
) -> RenderedPdf:
    """Draw the pages; what cannot be drawn is told to ``failed`` and raises GiveUp.

    The session is rolled back first: no read is held open while the renderer works.
    """
    html = pdf_html(document)
    db.session().rollback()
    try:
        return pdf.render(
            html,
            media=media,
            attachments=attachments,
            created=document.created,
            identifier=document.identifier,
        )
    except pdf.PdfError as error:
        failed(error.message)
        raise GiveUp(error.message) from error
