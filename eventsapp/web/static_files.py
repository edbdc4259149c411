"""Style sheets, scripts, fonts: served without the application, kept by browsers for a year.

A vendored file's address holds its version; any other gets a digest of its content, so that a
changed file is a new address.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

YEAR = 31_536_000
FOREVER = f"public, max-age={YEAR}, immutable"
SOON_ASKED_AGAIN = 300
_TEXTS = (".css", ".js", ".svg")
# There are fewer than this.
MOST_TEXTS = 200
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    # A picture with a script inside, opened by itself, runs nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """Files whose address changes with their content may be kept for ever.

    Texts are compressed once a process, in memory: the folder may be read-only, and no page needs
    a build.
    """

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        file = self.files.get(environ["PATH_INFO"])
        if file is not None and _is_packable(environ):
            return self._packed(file, environ, start_response)
        if "v=" in environ.get("QUERY_STRING", "") and environ["PATH_INFO"] in self.files:
            return super().__call__(environ, _forever(start_response))
        return super().__call__(environ, start_response)

    def _packed(
        self, file: Any, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> list[bytes]:
        """The compressed text, under the headers that the file itself goes out with."""
        answer = file.get_response(environ["REQUEST_METHOD"], environ)
        whole = answer.file.read() if answer.file is not None else b""
        if answer.file is not None:
            answer.file.close()
        body = _compress(whole) if whole else b""
        own = {"content-length", "etag", "vary"}
        head = [(name, value) for name, value in answer.headers if name.lower() not in own]
        head += [(name, f"W/{value}") for name, value in answer.headers if name.lower() == "etag"]
        head.append(("Vary", "Accept-Encoding"))
        if body:
            head += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        start = start_response
        if "v=" in environ.get("QUERY_STRING", ""):
            start = _forever(start_response)
        start(f"{answer.status.value} {answer.status.phrase}", head)
        return [body]


def _is_packable(environ: dict[str, Any]) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ["PATH_INFO"].endswith(_TEXTS)
        and "HTTP_RANGE" not in environ
        and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    )


@lru_cache(MOST_TEXTS)
def _compress(text: bytes) -> bytes:
    return gzip.compress(text, 9, mtime=0)


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
