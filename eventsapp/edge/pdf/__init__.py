"""HTML as an accessible, archival PDF: one file that is both PDF/A-3a and PDF/UA-1.

``render`` works in a separate process with limits of time and memory; ``render_here`` does the
same work in this process. Nothing heavy is imported before the first rendering.
"""

from eventsapp.edge.pdf.render import render, render_here, stop_workers
from eventsapp.edge.pdf.types import (
    SYSTEM_PACKAGES,
    Attachment,
    Limits,
    Media,
    PdfError,
    PdfFailed,
    PdfLibraryMissing,
    PdfTooLarge,
    PdfTooSlow,
    RenderedPdf,
)

__all__ = [
    "SYSTEM_PACKAGES",
    "Attachment",
    "Limits",
    "Media",
    "PdfError",
    "PdfFailed",
    "PdfLibraryMissing",
    "PdfTooLarge",
    "PdfTooSlow",
    "RenderedPdf",
    "render",
    "render_here",
    "stop_workers",
]
