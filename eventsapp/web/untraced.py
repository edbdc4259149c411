"""Endpoints that must leave no trace in any log: whoever answers anonymously stays so."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.wrappers import Response

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "__untraced__"


def untraced(view: View) -> View:
    """No log line, request id or timing is kept of requests to this endpoint.

    What goes wrong there is only counted. Put it beside ``@public`` on feedback's own routes.
    """
    setattr(view, _ATTRIBUTE, True)
    return view


def is_untraced(app: Flask, endpoint: str | None) -> bool:
    return endpoint is not None and getattr(app.view_functions.get(endpoint), _ATTRIBUTE, False)


class Application(Flask):
    """Flask, but requests to untraced endpoints pass by all that knows visitors apart.

    No session is opened, no account looked up, no address counted, no token of a session
    checked: of such a request there is nothing but what its own view does. It is also what makes
    these views fast enough for a room that answers at the same minute. What every answer needs
    (``on_every_answer``) it gets here too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_every_answer: list[Callable[[Response], Response]] = []
        self.session_interface = _SessionsOfTraced()

    def preprocess_request(self) -> Any:
        g.untraced = is_untraced(self, request.endpoint)
        return None if g.untraced else super().preprocess_request()

    def process_response(self, response: Any) -> Any:
        if not g.get("untraced"):
            response = super().process_response(response)
        for add in self.on_every_answer:
            response = add(response)
        return response


class _SessionsOfTraced(SecureCookieSessionInterface):
    """The session is opened before the endpoint is known, so untraced ones are told by address."""

    def __init__(self) -> None:
        self._untraced: frozenset[str] | None = None

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self._untraced is None:
            self._untraced = frozenset(
                rule.rule for rule in app.url_map.iter_rules() if is_untraced(app, rule.endpoint)
            )
        if request.path in self._untraced:
            return self.make_null_session(app)
        return super().open_session(app, request)
