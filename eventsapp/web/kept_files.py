"""Public files that were answered once go out again without the application: one question to the
database, whether this is still the file of this address, then the file itself.

Its head is the very one that the application gave it. Whoever wants a part of it, has a copy to
compare, or sends a cookie asks the application, as does everybody once the answer is no.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from flask import Flask, request
from sqlalchemy.exc import SQLAlchemyError

from eventsapp.web.tracing import Finished

MOST = 1_000
BLOCK = 64 * 1024
_PROMISE = "eventsapp.kept_file"
# Answers to these differ from reader to reader.
_PERSONAL = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
)

Address = tuple[str, str, str]
Head = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Promise:
    """What a view knows of the file that it answers with."""

    path: Path
    route: str
    # Whether anybody may have this very file at this address now. Asked at every request.
    is_current: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Kept:
    promise: Promise
    head: Head


def keep_file(path: Path, is_current: Callable[[], bool]) -> None:
    """Let the answer of this request, which is this file, be given again."""
    route = request.url_rule.rule if request.url_rule else ""
    request.environ[_PROMISE] = Promise(path, route, is_current)


class KeptFiles:
    """Stands before the application and remembers the files that it has answered with."""

    def __init__(self, app: Flask, observers: tuple[Finished, ...]) -> None:
        self._app, self._inner, self._observers = app, app.wsgi_app, observers
        self._kept: OrderedDict[Address, Kept] = OrderedDict()
        self._lock = Lock()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[Any]:
        if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in _PERSONAL):
            return self._inner(environ, start_response)
        began = time.perf_counter()
        address = _address(environ)
        kept = self._kept.get(address)
        file = self._open(kept) if kept is not None else None
        if kept is None or file is None:
            return self._ask(address, environ, start_response)
        start_response("200 OK", list(kept.head))
        for observe in self._observers:
            observe(
                method="GET",
                route=kept.promise.route,
                status=200,
                seconds=time.perf_counter() - began,
                actor="visitor",
            )
        return environ.get("wsgi.file_wrapper", _Blocks)(file, BLOCK)  # type: ignore[no-any-return]

    def _open(self, kept: Kept) -> BinaryIO | None:
        try:
            with self._app.app_context():
                is_current = kept.promise.is_current()
            return kept.promise.path.open("rb") if is_current else None
        except (OSError, SQLAlchemyError):
            # The application knows how to say it.
            return None

    def _ask(
        self, address: Address, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[Any]:
        def start(status: str, head: Head, *rest: Any) -> Any:
            self._remember(address, environ.get(_PROMISE), status, head)
            return start_response(status, head, *rest)

        return self._inner(environ, start)

    def _remember(self, address: Address, promise: Promise | None, status: str, head: Head) -> None:
        is_alike = status.startswith("200") and all(name != "Set-Cookie" for name, _ in head)
        with self._lock:
            self._kept.pop(address, None)
            if promise is not None and is_alike:
                self._kept[address] = Kept(promise, list(head))
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)


class _Blocks:
    """For servers that have no way of their own to send a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._file.read(self._size), b"")

    def close(self) -> None:
        self._file.close()


def _address(environ: dict[str, Any]) -> Address:
    return (
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_ACCEPT_LANGUAGE", ""),
    )


def init_app(app: Flask, *, on_finished: Iterable[Finished]) -> None:
    app.wsgi_app = KeptFiles(app, tuple(on_finished))  # type: ignore[method-assign]
