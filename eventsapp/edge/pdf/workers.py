"""Processes that render: started when needed, kept warm, stopped when they go too far."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from eventsapp.edge.pdf import wire
from eventsapp.edge.pdf.types import (
    Attachment,
    Limits,
    PdfError,
    PdfFailed,
    PdfLibraryMissing,
    PdfTooLarge,
    PdfTooSlow,
    RenderedPdf,
)

ROOT = Path(__file__).parents[3]
# What the child may know of this process: where programs, fonts and words are. No settings.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "XDG_CACHE_HOME")
PROGRAM = (sys.executable, "-P", "-m", "eventsapp.edge.pdf.worker")
RECYCLE_ABOVE_BYTES = 400 * 1024**2
# The font libraries keep half a mebibyte of each page set; a new process costs half a second.
RECYCLE_AFTER = 25
ERRORS: dict[str, type[PdfError]] = {
    "failed": PdfFailed,
    "library": PdfLibraryMissing,
    "too_large": PdfTooLarge,
    "too_slow": PdfTooSlow,
}


@dataclass(frozen=True, slots=True)
class Task:
    html: str
    find: Callable[[str], bytes | None]
    attachments: Sequence[Attachment]
    created: datetime
    identifier: str
    limits: Limits

    def message(self) -> dict[str, Any]:
        return {
            "html": self.html,
            "created": self.created.astimezone(UTC).isoformat(),
            "identifier": self.identifier,
            "seconds": self.limits.seconds,
            "memory_bytes": self.limits.memory_bytes,
            "attachments": [
                {
                    "name": attachment.name,
                    "mime": attachment.mime,
                    "description": attachment.description,
                    "modified": attachment.modified.astimezone(UTC).isoformat(),
                    "relationship": attachment.relationship,
                }
                for attachment in self.attachments
            ],
        }


class WorkerPool:
    """At most as many processes as processors; a call waits for its turn."""

    def __init__(self, size: int | None = None) -> None:
        self._turns = threading.BoundedSemaphore(size or os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        atexit.register(self.stop)

    def render(
        self,
        html: str,
        *,
        find: Callable[[str], bytes | None],
        attachments: Sequence[Attachment],
        created: datetime,
        identifier: str,
        limits: Limits,
    ) -> RenderedPdf:
        task = Task(html, find, attachments, created, identifier, limits)
        with self._turns:
            worker = self._take()
            try:
                result = worker.render(task)
            except BaseException:  # whatever happened, the process is in an unknown state
                worker.stop()
                raise
            self._give_back(worker)
            return result

    def stop(self) -> None:
        """End the idle processes; the next rendering starts a new one."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.stop()

    def _take(self) -> "Worker":
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.stop()
        return Worker()

    def _give_back(self, worker: "Worker") -> None:
        if worker.memory_bytes > RECYCLE_ABOVE_BYTES or worker.renders >= RECYCLE_AFTER:
            worker.stop()
            return
        with self._lock:
            self._idle.append(worker)


class Worker:
    """One process and the line to it. Not for two threads at once."""

    def __init__(self) -> None:
        self.memory_bytes = 0
        self.renders = 0
        self._owner = os.getpid()
        self._scratch = tempfile.mkdtemp(prefix="eventsapp-pdf-")
        self._words: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives with the worker
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very program, fixed arguments
                [*PROGRAM, str(theirs.fileno()), self._scratch],
                pass_fds=[theirs.fileno()],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=self._words,
                stderr=self._words,
                start_new_session=True,
            )
        self._line: Connection[Any, Any] = Connection(ours.detach())

    def is_alive(self) -> bool:
        """False also in a process that was forked from the owner: the line is not its own."""
        return self._owner == os.getpid() and self._process.poll() is None

    def render(self, task: Task) -> RenderedPdf:
        overdue = threading.Event()

        def stop_overdue() -> None:
            overdue.set()
            self._process.kill()

        clock = threading.Timer(task.limits.seconds, stop_overdue)
        clock.daemon = True
        clock.start()
        try:
            return self._converse(task)
        except (EOFError, OSError) as error:
            if overdue.is_set():
                raise PdfTooSlow(f"It was given {task.limits.seconds:g} seconds.") from error
            raise self._cause_of_death() from error
        except ValueError as error:
            raise PdfFailed(f"The renderer spoke nonsense: {error}") from error
        finally:
            clock.cancel()

    def stop(self) -> None:
        self._line.close()
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
            shutil.rmtree(self._scratch, ignore_errors=True)
        self._words.close()

    def _converse(self, task: Task) -> RenderedPdf:
        wire.send(self._line, task.message(), *(file.data for file in task.attachments))
        while True:
            message, blobs = wire.receive(self._line)
            if "media" in message:
                data = task.find(message["media"])
                wire.send(self._line, {"found": data is not None}, data or b"")
            elif "error" in message:
                raise ERRORS[message["error"]](message["detail"])
            else:
                self.renders += 1
                self.memory_bytes = int(message["memory_bytes"])
                return RenderedPdf(blobs[0], int(message["pages"]), sha256(blobs[0]).hexdigest())

    def _cause_of_death(self) -> PdfError:
        code = self._process.wait()
        self._words.seek(max(0, self._words.seek(0, os.SEEK_END) - 1000))
        words = self._words.read().decode(errors="replace").strip()
        if code == -signal.SIGXCPU:
            return PdfTooSlow("It used up its processor time.")
        if code == -signal.SIGKILL or "alloc" in words or "MemoryError" in words:
            return PdfTooLarge(words)
        return PdfFailed(f"The renderer ended with {code}. {words}")

    def _environment(self) -> dict[str, str]:
        known = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        return {
            "XDG_CACHE_HOME": str(Path(tempfile.gettempdir()) / "eventsapp-font-cache"),
            **known,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": self._scratch,
        }
