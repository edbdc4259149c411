"""Style sheets, scripts, fonts: served without the application, kept by browsers for a year.

A vendored file's address holds its version; any other gets a digest of its content, so that a
changed file is a new address.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

YEAR = 31_536_000
FOREVER = f"public, max-age={YEAR}, immutable"
SOON_ASKED_AGAIN = 300
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    # A picture with a script inside, opened by itself, runs nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """Files whose address changes with their content may be kept for ever."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if "v=" in environ.get("QUERY_STRING", "") and environ["PATH_INFO"] in self.files:
            return super().__call__(environ, _forever(start_response))
        return super().__call__(environ, start_response)


def _forever(start_response: Callable[..., Any]) -> Callable[..., Any]:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        kept = [(name, value) for name, value in headers if name.lower() != "cache-control"]
        return start_response(status, [*kept, ("Cache-Control", FOREVER)], *rest)

    return start


def _add_headers(headers: Any, url: str, *, secure: bool) -> None:
    for name, value in _SECURITY.items():
        headers[name] = value
    if url.startswith("/static/emblems/"):
        # Donors' emblems go with an article to every site that news is sent to.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"


def init_app(app: Flask, *, secure: bool) -> None:
    folder = Path(str(app.static_folder))
    static = StaticFiles(
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        max_age=SOON_ASKED_AGAIN,
        allow_all_origins=False,
        add_headers_function=lambda headers, _path, url: _add_headers(headers, url, secure=secure),
        immutable_file_test=lambda _path, url: url.startswith("/static/vendor/"),
        autorefresh=app.debug,
    )
    app.wsgi_app = static  # type: ignore[method-assign]

    @cache
    def digest(filename: str) -> str:
        try:
            return hashlib.sha256((folder / filename).read_bytes()).hexdigest()[:12]
        except OSError:
            return ""

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, Any]) -> None:
        filename = str(values.get("filename", ""))
        if endpoint == "static" and not filename.startswith("vendor/") and (v := digest(filename)):
            values["v"] = v
