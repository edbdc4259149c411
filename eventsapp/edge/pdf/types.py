"""What goes into a rendering, what comes out, and what can go wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

from eventsapp.core.errors import N_

SYSTEM_PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")

MIME = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")

# The file behind a ``media:KEY`` address; a callable answers None for a key it does not know.
Media: TypeAlias = Mapping[str, bytes] | Callable[[str], bytes | None]
Relationship: TypeAlias = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file; its date must be given, or the bytes would change by the second."""

    name: str
    mime: str
    data: bytes
    description: str
    modified: datetime
    relationship: Relationship = "Data"

    def __post_init__(self) -> None:
        if self.modified.tzinfo is None:
            raise ValueError(f"the attachment {self.name!r} needs a date with its zone")
        if not MIME.fullmatch(self.mime):
            raise ValueError(f"{self.mime!r} is not a kind of file")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds count for processor and clock alike; memory is the process's address space."""

    seconds: float = 60
    memory_bytes: int = 1024**3


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    data: bytes
    pages: int
    sha256: str


class PdfError(Exception):
    """No PDF came of it. ``message`` is for a person, the exception's own text for the log."""

    message: ClassVar[str] = N_("The PDF could not be made.")

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.message} {detail}".strip())


class PdfFailed(PdfError):
    """The page is not one that can become a PDF, or the renderer broke on it."""


class PdfTooSlow(PdfError):
    message = N_("The PDF took too long and was stopped. Shorten the report, then try again.")


class PdfTooLarge(PdfError):
    message = N_("The PDF needed too much memory and was stopped. Shorten the report, or use fewer "
                 "or smaller pictures, then try again.")  # fmt: skip


class PdfLibraryMissing(PdfError):
    message = N_("This server cannot make PDFs: a system library is missing.")

    def __init__(self, detail: str = "") -> None:
        install = f"apt-get install --no-install-recommends {' '.join(SYSTEM_PACKAGES)}"
        wanted = "" if install in detail else f" Install it with: {install}"
        super().__init__(f"{detail}{wanted}".strip())
