"""The only door to the outside that the renderer has: ``media:`` addresses, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "media:"
STATIC = Path(__file__).parents[2] / "static"
TYPES = {
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


class AddressRefused(ValueError):
    """The page asked for something that is not its own."""


class MediaFetcher(URLFetcher):  # type: ignore[misc]  # the base class is untyped
    """Serves ``media:KEY`` from the caller and ``media:static/…`` from the project's own files.

    Every other address is refused, and a refusal ends the rendering: a page that asks for what
    it may not have is not one to publish without the missing piece.
    """

    def __init__(self, find: Callable[[str], bytes | None]) -> None:
        super().__init__(allowed_protocols=["media"], allow_redirects=False, fail_on_errors=True)
        self._find = find
        # Some callers inside the renderer swallow even fatal errors; this list does not forget.
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        del headers
        if not url.startswith(SCHEME):
            self._refuse(url)
        key = unquote(url.removeprefix(SCHEME))
        data = static_file(key) if key.startswith("static/") else self._find(key)
        if data is None:
            self._refuse(url)
        mime = TYPES.get(Path(key).suffix.lower(), "application/octet-stream")
        return URLFetcherResponse(url, data, {"Content-Type": mime})

    def open(self, fullurl: Any, data: Any = None, timeout: Any = None) -> NoReturn:
        del data, timeout
        self._refuse(str(getattr(fullurl, "full_url", fullurl)))

    def _refuse(self, url: str) -> NoReturn:
        self.refused.append(url)
        raise AddressRefused(f"{url[:200]!r} may not be fetched")


def static_file(key: str) -> bytes | None:
    """A file of the project's own static folder, or None; links out of it are not followed."""
    path = (STATIC / key.removeprefix("static/")).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        return None
    return path.read_bytes()
