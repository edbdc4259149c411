"""From a cookie to a person: signing in, staying signed in, signing out."""

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user, user_logged_out
from flask_security import login_user, logout_user, user_authenticated, user_failed_authn
from flask_security.utils import set_request_attr
from werkzeug.wrappers import Response as WerkzeugResponse

from eventsapp.accounts import passwords, queries, service
from eventsapp.accounts.models import User
from eventsapp.accounts.types import LONGEST_PAUSE
from eventsapp.core import clock
from eventsapp.core.actor import VISITOR, Actor
from eventsapp.web.access import declared_access

KEY, SEEN = "sign_in", "seen"
# A page load every few seconds must not set a cookie each time.
SECONDS_BETWEEN_NOTES = 60


def init_app(app: Flask) -> None:
    app.login_manager.user_loader(load_user)  # type: ignore[attr-defined]
    # The library would also take a token from any address; ours come from the API alone.
    app.login_manager.request_loader(lambda _: None)  # type: ignore[attr-defined]
    user_authenticated.connect(_on_signed_in, app)
    user_logged_out.connect(_on_signed_out, app)
    user_failed_authn.connect(_on_failed, app)
    app.before_request(refuse_foreign_next)
    app.after_request(_note_seen)


def load_actor() -> Actor:
    """Who acts in this request, as every use case wants to know it."""
    user = current_user._get_current_object()  # noqa: SLF001 - the proxy's documented way
    return service.actor_of(user) if isinstance(user, User) else VISITOR


def load_user(handle: str) -> User | None:
    """Flask-Login's question: whom does this cookie stand for, if anybody still?"""
    now = clock.now()
    key = session.get(KEY)
    if not isinstance(key, str) or _is_idle(now):
        return None
    user = queries.find_signed_in(handle, key_hash=passwords.hash_key(key), now=now)
    if user is not None:
        # What Flask-Security's own loader notes: how and when the person proved who they are.
        set_request_attr("fs_authn_via", "session")
        set_request_attr("fs_paa", session.get("fs_paa", 0))
    return user


def current_key_hash() -> str:
    """The sign-in of this request, as its row knows it."""
    return passwords.hash_key(str(session.get(KEY, "")))


def sign_in(user: User) -> None:
    """Begin a session for somebody who has proved who they are, outside the sign-in page."""
    person: Any = user
    login_user(person, authn_via=["password"])


def sign_out() -> None:
    """End the sign-in of this request, and everything that the session held."""
    logout_user()


def is_local(target: str) -> bool:
    """Whether ``target`` is a plain path of ours, in every browser's reading of it."""
    if not target.startswith("/") or "//" in target or "\\" in target:
        return False
    if any(not char.isprintable() or char.isspace() for char in target.replace(" ", "")):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def refuse_foreign_next() -> WerkzeugResponse | None:
    """Nobody is sent elsewhere after signing in: a page asks without, a form is refused."""
    if request.blueprint != "security":
        return None
    if any(target and not is_local(target) for target in request.form.getlist("next")):
        abort(400)
    if any(not is_local(target) for target in request.args.getlist("next")):
        if request.method == "POST":
            abort(400)
        return redirect(url_for(request.endpoint or "security.login", **request.view_args or {}))
    return None


def _is_idle(now: datetime) -> bool:
    seen = session.get(SEEN)
    return not isinstance(seen, int) or now.timestamp() - seen > LONGEST_PAUSE.total_seconds()


def _note_seen(response: Response) -> Response:
    """Only on pages that need signing in: those are never cached, so no cookie leaks."""
    endpoint = request.endpoint
    if endpoint is None or not declared_access(current_app, endpoint) or KEY not in session:
        return response
    now = int(clock.now().timestamp())
    if current_user.is_authenticated and now - session.get(SEEN, 0) > SECONDS_BETWEEN_NOTES:
        session[SEEN] = now
    return response


def _on_signed_in(_app: Flask, user: User, **_details: Any) -> None:
    """A new sign-in gets a new key, and nothing that the browser carried before."""
    for name in [name for name in session if not name.startswith(("_", "fs_", "tf_"))]:
        session.pop(name)
    g.pop("csrf_token", None)
    key = secrets.token_urlsafe(32)
    now = clock.now()
    session[KEY], session[SEEN] = key, int(now.timestamp())
    service.begin_session(user, passwords.hash_key(key), now=now)


def _on_signed_out(_app: Flask, user: User | None, **_details: Any) -> None:
    if KEY in session and isinstance(user, User):
        service.end_session(current_key_hash(), by=service.actor_of(user), now=clock.now())
    session.clear()


def _on_failed(app: Flask, user: User, auth_type: str, **_details: Any) -> None:
    app.logger.warning("sign-in refused: user %s, wrong %s", user.id, auth_type)
