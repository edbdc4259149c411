"""The work itself, in this process: layout, drawing and mending.

Importing this module imports the layout engine and its system libraries; import it lazily.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from eventsapp.edge.pdf.types import Attachment, PdfFailed, PdfLibraryMissing, RenderedPdf

os.environ.setdefault("FONTCONFIG_FILE", str(Path(__file__).with_name("fonts.conf")))
try:
    import weasyprint
    from weasyprint.document import Document
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.urls import FatalURLFetchingError
except OSError as error:
    raise PdfLibraryMissing(f"{error}.") from error
if harfbuzz_subset is None:
    raise PdfLibraryMissing("The library libharfbuzz-subset is not there.")

from eventsapp.edge.pdf.fetcher import MediaFetcher
from eventsapp.edge.pdf.mends import mend
from eventsapp.edge.pdf.metadata import twofold
from eventsapp.edge.pdf.structure import MarkedPage

VARIANT = "pdf/a-3a"


def draw(
    html: str,
    *,
    find: Callable[[str], bytes | None],
    attachments: Sequence[Attachment],
    created: datetime,
    identifier: str,
) -> RenderedPdf:
    """Raises PdfFailed with the reason; MemoryError is the caller's to judge."""
    fetcher = MediaFetcher(find)
    try:
        data, pages = _draw(html, fetcher, attachments, created, identifier)
    except MemoryError:
        raise
    except FatalURLFetchingError as error:
        raise PdfFailed(_refusal(fetcher)) from error
    except PdfFailed:
        raise
    except Exception as error:  # the engine names no error of its own
        raise PdfFailed(f"{type(error).__name__}: {error}") from error
    if fetcher.refused:
        raise PdfFailed(_refusal(fetcher))
    return RenderedPdf(data, pages, sha256(data).hexdigest())


def _draw(
    html: str,
    fetcher: MediaFetcher,
    attachments: Sequence[Attachment],
    created: datetime,
    identifier: str,
) -> tuple[bytes, int]:
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    document = page.render(pdf_variant=VARIANT)
    _check_attachments(document)
    document.pages = [MarkedPage(page) for page in document.pages]
    document.metadata = twofold(document.metadata, created)
    data: bytes = document.write_pdf(
        finisher=mend,
        pdf_variant=VARIANT,
        pdf_identifier=identifier.encode(),
        attachments=[_embedded(attachment) for attachment in attachments],
    )
    return data, len(document.pages)


def _check_attachments(document: Document) -> None:
    """Files are attached by the caller alone, never by something written into the page."""
    links = (kind for page in document.pages for kind, *_ in page.links)
    if document.metadata.attachments or "attachment" in links:
        raise PdfFailed("The page may not attach files.")


def _embedded(attachment: Attachment) -> weasyprint.Attachment:
    moment = attachment.modified.astimezone(UTC)
    embedded = weasyprint.Attachment(
        string="",
        name=attachment.name,
        description=attachment.description,
        created=moment,
        modified=moment,
        relationship=attachment.relationship,
    )
    # The engine would guess the kind of file from its name; a source of our own states it.
    embedded.source = nullcontext((BytesIO(attachment.data), None, None, attachment.mime))
    return embedded


def _refusal(fetcher: MediaFetcher) -> str:
    return "The page asks for what it may not have: " + ", ".join(
        repr(url[:200]) for url in fetcher.refused[:3]
    )
