"""Server and worker together, as ``make demo`` runs them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from eventsapp.config import ROOT
from tests.faults.conftest import Yard, wait_until

BANNER = "Sign in as organiser@demo.example"


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    port: int
    output: Path

    def status(self, path: str) -> int:
        """The status of an answer; 0 when nobody listens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as got:
                return int(got.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, OSError):
            return 0

    def printed(self) -> str:
        return self.output.read_text("utf-8")

    def children(self) -> dict[int, str]:
        """Process id and command line of both children."""
        pid = self.process.pid
        ids = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        lines = {int(i): Path(f"/proc/{i}/cmdline").read_text("utf-8") for i in ids}
        return {i: line.replace("\0", " ") for i, line in lines.items()}


@pytest.fixture
def serve(sqlite_yard: Yard, tmp_path: Path) -> Iterator[Callable[[], Served]]:
    started: list[Served] = []

    def start() -> Served:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        output = tmp_path / "output"
        command = ["-m", "flask", "--app", "wsgi", "serve", "--demo", "--port", str(port)]
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, *command, "--banner", BANNER],
                env=sqlite_yard.environment | {"EVENTSAPP_MODE": "demo"},
                cwd=ROOT,
                stdout=file,
                stderr=file,
            )
        served = Served(process, port, output)
        started.append(served)
        wait_until(lambda: BANNER in served.printed(), seconds=40)
        return served

    yield start
    for served in started:
        if served.process.poll() is None:
            served.process.terminate()
            served.process.wait(60)


def test_the_demo_serves_and_works_until_it_is_told_to_stop(serve: Callable[[], Served]) -> None:
    served = serve()
    wait_until(lambda: served.status("/readyz") == 200)
    url = f"http://127.0.0.1:{served.port}/metrics"
    with urllib.request.urlopen(url, timeout=5) as answer:
        assert 'route="/readyz"' in answer.read().decode()
    served.process.send_signal(signal.SIGTERM)
    assert (served.process.wait(60), served.status("/healthz")) == (0, 0)


def test_the_demo_listens_on_this_machine_only(serve: Callable[[], Served]) -> None:
    port = serve().port
    listening = [
        line.split()[1]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    ]
    assert listening == [f"0100007F:{port:04X}"]


@pytest.mark.faults
@pytest.mark.parametrize("child", ["jobs work", "gunicorn"])
def test_the_demo_ends_when_a_part_of_it_dies(serve: Callable[[], Served], child: str) -> None:
    served = serve()
    victim = next(pid for pid, line in served.children().items() if child in line)
    os.kill(victim, signal.SIGKILL)
    assert (served.process.wait(60), served.status("/healthz")) == (1, 0)


@pytest.mark.faults
def test_nothing_is_left_when_the_demo_is_killed(serve: Callable[[], Served]) -> None:
    served = serve()
    children = served.children()
    assert len(children) == 2
    served.process.kill()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), seconds=60)
    assert served.status("/healthz") == 0


@pytest.mark.faults
def test_a_server_told_to_stop_answers_what_it_has_begun(serve: Callable[[], Served]) -> None:
    served = serve()
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
        served.process.send_signal(signal.SIGTERM)
        # The server has heard of it by the time the request is complete.
        time.sleep(1)
        connection.sendall(b"Connection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert (head.split(b"\r\n")[0], json.loads(body)) == (b"HTTP/1.1 200 OK", {"status": "ok"})
    assert served.process.wait(60) == 0
