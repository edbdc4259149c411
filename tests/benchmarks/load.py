"""A real server and a crowd in front of it: answers a second, and what each costs the server."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eventsapp.config import ROOT, Settings

CLIENTS = 8
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    per_second: float
    cpu_ms: float


def request(path: str, body: str = "", headers: Mapping[str, str] | None = None) -> bytes:
    """A complete HTTP request; with a body, a POST of a form."""
    data = body.encode()
    head = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: localhost"]
    head += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(data)}"]
    return "\r\n".join([*head, "", ""]).encode() + data


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def measure(
        self, requests: Sequence[bytes], *, expected: bytes = b"", status: int = 200
    ) -> Measured:
        """Send all of them from a few clients at once; raises when one is answered otherwise."""
        before, start = self._cpu(), time.perf_counter()
        shares = [requests[place::CLIENTS] for place in range(CLIENTS)]
        failures: list[bytes] = []
        threads = [
            threading.Thread(target=self._send, args=(share, (status, expected), failures))
            for share in shares
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - start
        if failures:
            raise SystemExit(f"{len(failures)} requests failed: {failures[0][:300]!r}")
        return Measured(
            per_second=len(requests) / seconds,
            cpu_ms=(self._cpu() - before) / len(requests) * 1000,
        )

    def _send(
        self, share: Sequence[bytes], expected: tuple[int, bytes], failures: list[bytes]
    ) -> None:
        try:
            self._converse(share, expected, failures)
        except OSError as error:
            failures.append(str(error).encode())

    def _converse(
        self, share: Sequence[bytes], expected: tuple[int, bytes], failures: list[bytes]
    ) -> None:
        code, text = expected
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            reader = connection.makefile("rb")
            for one in share:
                connection.sendall(one)
                status, body = _answer(reader)
                if f" {code} ".encode() not in status or text not in body:
                    failures.append(status + body)

    def _cpu(self) -> float:
        """Seconds that the server's processes have worked so far."""
        return sum(_cpu_of(pid) for pid in _children(self.process.pid))


def _answer(reader: object) -> tuple[bytes, bytes]:
    status, length = reader.readline(), 0  # type: ignore[attr-defined]
    while (line := reader.readline()) not in {b"\r\n", b""}:  # type: ignore[attr-defined]
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, reader.read(length)  # type: ignore[attr-defined]


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(child) for child in found]


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def environment_of(settings: Settings) -> dict[str, str]:
    """What lets a server work on the database and the files of a test's application."""
    return {
        "EVENTSAPP_MODE": "demo",
        "EVENTSAPP_DATABASE_URL": settings.database_url,
        "EVENTSAPP_DATA_DIR": str(settings.data_dir),
        "EVENTSAPP_SECRET_KEY": settings.secret_key,
        "EVENTSAPP_LOG_LEVEL": "WARNING",
    }


@contextmanager
def served(
    target: str, environment: dict[str, str], *, log: Path | None = None
) -> Iterator[Server]:
    """The application under the server and the settings that it runs with in production.

    ``log`` is where its log is written, when it is not for the eyes of who runs this.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = ["-m", "gunicorn", "-c", "python:eventsapp.edge.serving.settings", target]
    sink = log.open("ab") if log else None
    process = subprocess.Popen(
        [sys.executable, *command],
        env=os.environ | environment | {"PORT": str(port)},
        cwd=ROOT,
        stderr=sink,
    )
    try:
        _wait_for(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(30)
        if sink:
            sink.close()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(1)
            return
    raise SystemExit("the server did not answer")
