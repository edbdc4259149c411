"""Endpoints that must leave no trace in any log: whoever answers anonymously stays so."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from flask import Flask, Request, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.wrappers import Response

from eventsapp.web import reading

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
    (``on_every_answer``) it gets here too. Pages that are only read (``web.reading``) pass by
    nearly as much while nobody is signed in; they are logged and counted.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_every_answer: list[Callable[[Response], Response]] = []
        # What readers without a session get of all that is done before and after a request.
        self.before_reading: list[Callable[[], None]] = [reading.welcome]
        self.after_reading: list[Callable[[Response], Response]] = []
        self.session_interface = _SessionsOfTraced()

    def preprocess_request(self) -> Any:
        g.untraced = is_untraced(self, request.endpoint)
        if g.untraced:
            return None
        g.reads = reading.is_plain_reader(self)
        if not g.reads:
            return super().preprocess_request()
        for prepare in self.before_reading:
            prepare()
        return None

    def process_response(self, response: Any) -> Any:
        for add in self._after():
            response = add(response)
        return response

    def do_teardown_request(self, *args: Any, **kwargs: Any) -> None:
        """What is cleared away after others was never set up for these."""
        if not (g.get("reads") or g.get("untraced")):
            super().do_teardown_request(*args, **kwargs)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is asynchronous, so nothing is asked whether it is, at each call."""
        return func

    def _after(self) -> Iterator[Callable[[Any], Any]]:
        if g.get("reads"):
            yield from reversed(self.after_reading)
        elif not g.get("untraced"):
            yield super().process_response
        yield from self.on_every_answer


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
        if self.get_cookie_name(app) not in request.cookies:
            # Nothing to verify.
            return self.session_class()
        return super().open_session(app, request)
