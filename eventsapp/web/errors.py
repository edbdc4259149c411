"""Refusals and failures, as pages in the reader's language."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from eventsapp.core.errors import Refused, Stale, Word
from eventsapp.core.texts import Texts
from eventsapp.web.locale import current_language
from eventsapp.web.uploads import drop_upload

TITLES = {
    400: _l("This request could not be understood"),
    401: _l("Please sign in"),
    403: _l("You may not open this page"),
    404: _l("Page not found"),
    405: _l("This cannot be done at this address"),
    409: _l("This is not possible now"),
    410: _l("This is no longer available"),
    413: _l("This file is too large"),
    422: _l("Please check what was sent"),
    429: _l("Too many requests"),
    500: _l("Something went wrong here"),
    503: _l("Please try again in a moment"),
}
TEXTS = {
    400: _l("Go back, reload the page and try again."),
    401: _l("You need to sign in to open this page."),
    403: _l("Your account does not include what this page needs."),
    404: _l("There is nothing at this address. It may have moved, or the link may be incomplete."),
    405: _l("Go back and use the buttons of the page."),
    409: _l("Somebody else may have changed it. Reload the page and try again."),
    410: _l("It was withdrawn by those who published it."),
    413: _l(
        "At most 16 MB can be sent at once. Nothing was saved. Go back with your browser: what you "
        "typed is still there. Then choose a smaller file: save a table as CSV or without "
        "pictures, scan a paper with fewer dots per inch, or split it in two."
    ),
    422: _l("Something in it is missing or does not fit."),
    429: _l("Wait a minute, then try again."),
    500: _l("It was not your fault. Nothing was half saved; please try again."),
    503: _l("Many people are using this at the moment. Nothing was saved; try again."),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_expired_form)
    app.register_error_handler(Refused, show_refused)
    app.register_error_handler(StaleDataError, lambda _: show_refused(Stale()))
    app.register_error_handler(sa.exc.OperationalError, show_busy)
    if not app.config.get("PROPAGATE_EXCEPTIONS"):
        app.register_error_handler(500, show_failure)


def translate(refused: Refused) -> str:
    """The refusal's message in the reader's language, with its texts and words in it."""
    values = {name: _in_words(value) for name, value in refused.values.items()}
    return str(gettext(refused.message, **values))


def _in_words(value: object) -> object:
    if isinstance(value, Texts):
        return value.text(current_language())
    return gettext(value) if isinstance(value, Word) else value


def error_page(code: int, text: str | None = None, title: str | None = None) -> tuple[str, int]:
    known = code if code in TITLES else 400 if code < 500 else 500
    page = render_template(
        "errors/error.html",
        code=code,
        title=title or TITLES[known],
        text=text or TEXTS[known],
        actions=_ways_on(code),
    )
    return page, code


def _ways_on(code: int) -> list[tuple[str, str]]:
    if code == 413 and request.url_rule and "GET" in (request.url_rule.methods or ()):
        return [(gettext("Back to the form"), request.path)]
    if code == 401:
        return [(gettext("Sign in"), url_for("security.login", next=request.path))]
    return [
        (gettext("Workshops"), url_for("workshops.index")),
        (gettext("News"), url_for("news.index")),
    ]


def show_http_error(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    if error.code == 413:
        drop_upload()
    page, code = error_page(error.code or 500)
    # Allow, Retry-After and the like belong to the error, its own body and type do not.
    kept = [(k, v) for k, v in error.get_headers() if k not in {"Content-Type", "Content-Length"}]
    return page, code, kept


def show_expired_form(_: CSRFError) -> tuple[str, int]:
    return error_page(
        400,
        title=gettext("This form has expired"),
        text=gettext("Go back, reload the page and send it again. Nothing was saved."),
    )


def show_refused(refused: Refused) -> tuple[str, int]:
    return error_page(refused.status, text=translate(refused))


def show_busy(error: sa.exc.OperationalError) -> Any:
    """A database that waits or restarts is a 503 with a time to come back, never a 500."""
    current_app.logger.warning("database unavailable: %s", type(error.orig).__name__)
    page, code = error_page(503)
    return page, code, {"Retry-After": "5"}


def show_failure(_: Exception) -> tuple[str, int]:
    return error_page(500)
