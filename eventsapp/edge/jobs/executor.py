"""Huey, used as a bell: it carries a job's id to a worker, and may lose it."""

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey
from huey.registry import Message

from eventsapp.config import BadSetting, Settings

log = logging.getLogger("eventsapp.jobs")

# A dead broker must cost a page next to nothing; the reconciler finds the job anyway. So waits
# are short, and after one that failed nothing is sent for a while.
BROKER_TIMEOUT_SECONDS = 1
PAUSE_SECONDS = 15
_EXTENSION = "job_executor"


class JsonMessages:
    """Messages as JSON: Huey's own pickles would let whoever writes to the broker run code."""

    def serialize(self, message: Message) -> bytes:
        return json.dumps([message.id, message.name, *message.args]).encode()

    def deserialize(self, data: bytes) -> Message:
        message_id, name, *args = json.loads(data)
        return Message(id=message_id, name=name, args=tuple(args), kwargs={}, retries=0)


class Executor:
    """The broker of one application, connected when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        check_broker_url(settings.broker_url)
        self._settings = settings
        self._lock = threading.Lock()
        self._huey: Huey | None = None
        self._message: Callable[[int], object] | None = None
        self._paused_until = float("-inf")
        self.on_message: Callable[[int], object] = _not_a_worker

    @property
    def huey(self) -> Huey:
        with self._lock:
            if self._huey is None:
                self._huey = _make_huey(self._settings)
                self._message = self._huey.task(name="run")(self._receive)
            return self._huey

    def _receive(self, job_id: int) -> None:
        self.on_message(job_id)

    def send(self, job_id: int) -> bool:
        """Ring the bell; False when the broker would not take it."""
        if time.monotonic() < self._paused_until:
            return False
        try:
            _ = self.huey
            cast("Callable[[int], object]", self._message)(job_id)
        except Exception as error:  # noqa: BLE001 - whatever a broker raises, the row is safe
            self._paused_until = time.monotonic() + PAUSE_SECONDS
            log.warning("broker refused", extra={"job": job_id, "cause": type(error).__name__})
            return False
        return True

    def waiting(self) -> int | None:
        """How many messages the broker holds; None when it does not answer."""
        try:
            return cast("int", self.huey.pending_count())
        except Exception:  # noqa: BLE001 - as above
            return None


def _not_a_worker(job_id: int) -> None:
    raise RuntimeError(f"job {job_id} reached a process that is no worker")


def check_broker_url(url: str) -> None:
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise BadSetting("EVENTSAPP_BROKER_URL must be empty or a redis:// address")


def _make_huey(settings: Settings) -> Huey:
    common: dict[str, Any] = {"results": False, "serializer": JsonMessages()}
    if settings.broker_url:
        return RedisHuey("eventsapp", url=_with_timeouts(settings.broker_url), **common)
    path = settings.data_dir / "queue.sqlite3"
    # A lost message costs seconds, so the file is not synced at each.
    return SqliteHuey(
        "eventsapp", filename=str(path), timeout=BROKER_TIMEOUT_SECONDS, fsync=False, **common
    )


def _with_timeouts(url: str) -> str:
    """The driver waits for ever by default; a worker's blocking read takes one second itself."""
    limits = f"socket_connect_timeout={BROKER_TIMEOUT_SECONDS}&socket_timeout=2"
    return f"{url}{'&' if '?' in url else '?'}{limits}"


_making = threading.Lock()


def executor_of(app: Flask) -> Executor:
    with _making:
        if _EXTENSION not in app.extensions:
            app.extensions[_EXTENSION] = Executor(app.extensions["settings"])
        return cast("Executor", app.extensions[_EXTENSION])


def wake(job_id: int) -> None:
    """Tell the workers of the current application; losing this only costs seconds."""
    executor_of(current_app).send(job_id)
