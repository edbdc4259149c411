"""The renderer's own process: ``python -m eventsapp.edge.pdf.worker FD FOLDER``.

It reads tasks from the line it was given, asks for pictures over the same line, and ends when
the line does, taking its scratch folder along: the application may have been killed. It has no
settings, no database and no way to fetch anything.
"""

import resource
import shutil
import sys
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from eventsapp.edge.pdf import wire
from eventsapp.edge.pdf.render import render_here
from eventsapp.edge.pdf.types import (
    Attachment,
    PdfError,
    PdfLibraryMissing,
    PdfTooLarge,
    RenderedPdf,
)

LARGEST_FILE = 256 * 1024**2


def main(descriptor: int, scratch: str) -> None:
    line: Connection[Any, Any] = Connection(descriptor)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    while True:
        try:
            task, files = wire.receive(line)
        except (EOFError, OSError):
            shutil.rmtree(scratch, ignore_errors=True)
            return
        set_limits(task["seconds"], task["memory_bytes"])
        answer(line, task, files)


def set_limits(seconds: float, memory_bytes: int) -> None:
    """Limits for this task: memory in all, processor time on top of what is already used."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _, most_memory = resource.getrlimit(resource.RLIMIT_AS)
    _, most_time = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, most_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 1, most_time))


def answer(line: "Connection[Any, Any]", task: dict[str, Any], files: list[bytes]) -> None:
    try:
        pdf = drawn(line, task, files)
    except PdfLibraryMissing as error:
        wire.send(line, {"error": "library", "detail": error.detail})
    except PdfTooLarge as error:
        wire.send(line, {"error": "too_large", "detail": error.detail})
    except PdfError as error:
        wire.send(line, {"error": "failed", "detail": error.detail})
    else:
        wire.send(line, {"pages": pdf.pages, "memory_bytes": memory_in_use()}, pdf.data)


def drawn(line: "Connection[Any, Any]", task: dict[str, Any], files: list[bytes]) -> RenderedPdf:
    def find(key: str) -> bytes | None:
        wire.send(line, {"media": key})
        message, blobs = wire.receive(line)
        return blobs[0] if message["found"] else None

    attachments = [
        Attachment(**{**about, "modified": datetime.fromisoformat(about["modified"])}, data=data)
        for about, data in zip(task["attachments"], files, strict=True)
    ]
    return render_here(
        task["html"],
        media=find,
        attachments=attachments,
        created=datetime.fromisoformat(task["created"]),
        identifier=task["identifier"],
    )


def memory_in_use() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
