"""Endpoints that must leave no trace in any log: whoever answers anonymously stays so."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

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
