"""Web server and job worker together, as the demo and a small installation run them."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress

STOP_SECONDS = 40
SERVER = ("-m", "gunicorn", "-c", "python:eventsapp.edge.serving.settings", "wsgi:app")
WORKER = ("-m", "flask", "--app", "wsgi", "jobs", "work")
_PR_SET_PDEATHSIG = 1


def supervise(*, port: int, on_ready: Callable[[], None]) -> int:
    """Run both until a signal comes or one of them dies; gives the exit code.

    ``on_ready`` is called once, when pages are served.
    """
    stopping = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stopping.set())
    environment = {"EVENTSAPP_BASE_URL": f"http://localhost:{port}"} | os.environ
    environment |= {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
    children = [_start(command, environment) for command in (SERVER, WORKER)]
    try:
        return _watch(children, stopping, f"http://127.0.0.1:{port}/healthz", on_ready)
    finally:
        _stop(children)


def _start(command: tuple[str, ...], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
        [sys.executable, *command],
        env=environment,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has one thread here
    )


def _die_with_parent() -> None:
    """Even when the parent is killed outright, nothing is left holding the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _watch(
    children: list[subprocess.Popen[bytes]],
    stopping: threading.Event,
    probe: str,
    on_ready: Callable[[], None],
) -> int:
    is_ready = False
    while not stopping.wait(0.2):
        if any(child.poll() is not None for child in children):
            return 1
        if not is_ready and _answers(probe):
            is_ready = True
            on_ready()
    return 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask both to end in order; end what does not."""
    for child in children:
        with suppress(ProcessLookupError):
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
