"""What is known of each request once it is over: never an address, a query or a name."""

import logging
import secrets
import time
from collections.abc import Iterable
from typing import Any, Protocol

from flask import g, request
from werkzeug.wrappers import Response

from eventsapp.web.untraced import Application

log = logging.getLogger("eventsapp.web")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "(none)"


class Finished(Protocol):
    """Hears of each traced request; ``route`` is the pattern, such as ``/news/<slug>``."""

    def __call__(
        self, *, method: str, route: str, status: int, seconds: float, actor: str
    ) -> None: ...


class FailedUntraced(Protocol):
    """Hears that an untraced request failed, and nothing more."""

    def __call__(self) -> None: ...


def init_app(
    app: Application, *, on_finished: Iterable[Finished], on_failed_untraced: FailedUntraced
) -> None:
    """Call this before other ``after_request`` functions are added: the first is run last."""
    observers = tuple(on_finished)

    def begin() -> None:
        # Not reached by untraced requests.
        g.request_id = secrets.token_hex(8)
        g.started = time.perf_counter()

    def finish(response: Response) -> Response:
        started, asked = g.get("started"), request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - looked up once
        if started is None or asked.endpoint == "static":
            return response
        actor = g.get("actor")
        for observe in observers:
            observe(
                method=asked.method if asked.method in METHODS else "other",
                route=asked.url_rule.rule if asked.url_rule else NO_ROUTE,
                status=response.status_code,
                seconds=time.perf_counter() - started,
                actor=actor.kind if actor else "visitor",
            )
        return response

    app.before_request(begin)
    app.before_reading.append(begin)
    app.after_request(finish)
    app.after_reading.append(finish)

    def log_exception(exc_info: Any) -> None:
        # Flask's own line names the raw path.
        if g.get("untraced"):
            on_failed_untraced()
        else:
            log.error("request failed", exc_info=exc_info)

    app.log_exception = log_exception  # type: ignore[method-assign]
