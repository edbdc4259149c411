"""Pages that are only read: no cookie is ever set on them, and readers without one pass by all
that knows people apart.

What others do in cookies these pages do in addresses: a language that was chosen goes along with
every link, so that a page can be kept by whoever is between us and the reader.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g, request

from eventsapp.core.actor import VISITOR
from eventsapp.core.texts import LANGUAGES

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "__reading__"


def reading(view: View) -> View:
    """Nothing is sent from this page, so it needs no session. Put it beside ``@public``."""
    setattr(view, _ATTRIBUTE, True)
    return view


def is_reading(app: Flask, endpoint: str | None) -> bool:
    return endpoint is not None and getattr(app.view_functions.get(endpoint), _ATTRIBUTE, False)


def is_plain_reader(app: Flask) -> bool:
    """Whether this request only reads, and whoever sends it cannot be signed in."""
    return (
        request.method in {"GET", "HEAD"}
        and app.config["SESSION_COOKIE_NAME"] not in request.cookies
        and is_reading(app, request.endpoint)
    )


def welcome() -> None:
    """Say who asks without looking: nobody can be signed in."""
    g.actor = VISITOR


def init_app(app: Flask) -> None:
    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if request and is_reading(app, request.endpoint) and endpoint != "static":
            lang = request.args.get("lang")
            if lang in LANGUAGES and is_reading(app, endpoint):
                values.setdefault("lang", lang)
