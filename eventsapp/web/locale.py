"""The reader's language and how dates, numbers and addresses follow it."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import current_app, g, request
from flask_babel import Babel, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from eventsapp.core.dates import locale_of
from eventsapp.core.texts import LANGUAGES, direction
from eventsapp.web.reading import is_reading
from eventsapp.web.untraced import Application

OWN_NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}
COOKIE_KEY = "LANGUAGE_COOKIE"
VARY = ("Accept-Encoding", "Accept-Language", "Cookie")
KEEP_SECONDS = 365 * 24 * 3600

babel = Babel()


def init_app(app: Application, default: str, *, secure: bool) -> None:
    app.config.update(
        {
            "BABEL_DEFAULT_LOCALE": default,
            "BABEL_TRANSLATION_DIRECTORIES": "translations",
            COOKIE_KEY: "__Host-lang" if secure else "lang",
        }
    )
    babel.init_app(app, locale_selector=choose_language)
    app.context_processor(_context)
    app.after_request(_remember)
    app.after_reading.append(_vary)


def choose_language() -> str:
    """``?lang=`` first, then what was chosen before, then the browser's wish."""
    if "lang" not in g:
        g.lang = (
            _known(request.args.get("lang"))
            or _known(request.cookies.get(cookie_name()))
            or _wished(request.headers.get("Accept-Language", ""))
            or babel_default()
        )
    return str(g.lang)


@lru_cache(1_000)
def _wished(header: str) -> str | None:
    """The language that a browser would rather have; there are few such headers."""
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES)


def cookie_name() -> str:
    """With its prefix under https, so that no other host of the domain can set it."""
    return str(current_app.config[COOKIE_KEY])


def babel_default() -> str:
    return str(current_app.config["BABEL_DEFAULT_LOCALE"])


def current_language() -> str:
    """The language being written: a forced one in mails and documents, else the reader's."""
    locale = get_locale()
    return locale.language if locale is not None else babel_default()


def format_locale() -> str:
    """What dates and numbers are formatted by, for the language being written."""
    return locale_of(current_language())


def _known(code: str | None) -> str | None:
    return code if code in LANGUAGES else None


def _remember(response: Response) -> Response:
    chosen = _known(request.args.get("lang"))
    name = cookie_name()
    is_kept = is_reading(current_app, request.endpoint)
    if chosen and not is_kept and request.cookies.get(name) != chosen:
        response.set_cookie(
            name,
            chosen,
            max_age=KEEP_SECONDS,
            samesite="Lax",
            httponly=True,
            secure=name.startswith("__Host-"),
        )
    return _vary(response)


def _vary(response: Response) -> Response:
    if "Vary" in response.headers:
        response.vary.update(VARY)
    else:
        response.headers["Vary"] = ", ".join(VARY)
    return response


def language_url(code: str) -> str:
    """This very page in another language."""
    args = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return f"{request.path}?{urlencode([*args, ('lang', code)])}"


def _context() -> dict[str, Any]:
    lang = current_language()
    return {
        "lang": lang,
        "dir": direction(lang),
        "languages": [(code, OWN_NAMES[code], language_url(code)) for code in LANGUAGES]
        if request
        else [],
    }
