"""The two ways in: in a process of its own, or in this one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from eventsapp.edge.pdf.types import Attachment, Limits, Media, PdfTooLarge, RenderedPdf
from eventsapp.edge.pdf.workers import WorkerPool

_pool = WorkerPool()
stop_workers = _pool.stop


def render(
    html: str,
    *,
    media: Media,
    attachments: Sequence[Attachment] = (),
    created: datetime,
    identifier: str,
    limits: Limits | None = None,
) -> RenderedPdf:
    """Render the page in a warm process that is stopped when it exceeds its limits.

    ``created`` is every date in the file and ``identifier`` its name in the file: the same input
    gives the same bytes. Raises PdfTooSlow, PdfTooLarge, PdfLibraryMissing or PdfFailed.
    """
    return _pool.render(
        html,
        find=finder(media),
        attachments=attachments,
        created=created,
        identifier=identifier,
        limits=limits or Limits(),
    )


def render_here(
    html: str,
    *,
    media: Media,
    attachments: Sequence[Attachment] = (),
    created: datetime,
    identifier: str,
) -> RenderedPdf:
    """The same file, made in this process and without limits: for the worker and benchmarks."""
    # Imported only now: the layout engine takes half a second and needs system libraries.
    from eventsapp.edge.pdf.engine import draw  # noqa: PLC0415

    try:
        return draw(
            html,
            find=finder(media),
            attachments=attachments,
            created=created,
            identifier=identifier,
        )
    except MemoryError as error:
        raise PdfTooLarge from error


def finder(media: Media) -> Callable[[str], bytes | None]:
    return media.get if isinstance(media, Mapping) else media
