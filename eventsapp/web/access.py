"""Who may open what: every endpoint says it, or the application does not start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from eventsapp.core.actor import VISITOR, Actor, Role
from eventsapp.web.untraced import is_untraced

View = TypeVar("View", bound=Callable[..., Any])
ActorLoader = Callable[[], Actor]

_ATTRIBUTE = "__access__"
PUBLIC: frozenset[Role] = frozenset()
# Endpoints of libraries whose functions we cannot decorate, each with its own checks.
LIBRARY_BLUEPRINTS = frozenset({"security"})


class AccessNotDeclared(RuntimeError):
    """An endpoint says neither ``@public`` nor ``@roles``."""


def public(view: View) -> View:
    """Anybody may open this."""
    setattr(view, _ATTRIBUTE, PUBLIC)
    return view


def roles(*allowed: Role) -> Callable[[View], View]:
    """Only signed-in people with one of these roles (an administrator always) may open this."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, frozenset(allowed))
        return view

    return mark


any_role = roles(*Role)


def declared_access(app: Flask, endpoint: str) -> frozenset[Role] | None:
    """The roles an endpoint allows, an empty set for everybody, None when it does not say."""
    if endpoint == "static" or endpoint.split(".", maxsplit=1)[0] in LIBRARY_BLUEPRINTS:
        return PUBLIC
    access: frozenset[Role] | None = getattr(app.view_functions[endpoint], _ATTRIBUTE, None)
    return access


def check_declared(app: Flask) -> None:
    """Raise AccessNotDeclared for the first endpoint without a declaration."""
    for endpoint in app.view_functions:
        access = declared_access(app, endpoint)
        if access is None:
            raise AccessNotDeclared(f"{endpoint} needs @public or @roles(...)")
        if access and is_untraced(app, endpoint):
            raise AccessNotDeclared(f"{endpoint} is untraced: nobody is known there")


def current_actor() -> Actor:
    actor: Actor | None = g.get("actor")
    if actor is None:
        actor = _loader()()
        g.actor = actor
    return actor


def init_app(app: Flask, load_actor: ActorLoader = lambda: VISITOR) -> None:
    app.extensions["actor_loader"] = load_actor
    app.before_request(_enforce)


def _loader() -> ActorLoader:
    loader: ActorLoader = current_app.extensions["actor_loader"]
    return loader


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None
    allowed = declared_access(current_app, request.endpoint)
    if not allowed:
        return None
    actor = current_actor()
    if not actor.is_signed_in:
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    if not actor.has(*allowed):
        abort(403)
    return None
