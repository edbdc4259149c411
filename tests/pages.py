"""Reading pages in tests."""

import html
import re
from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden: dict[str, str] = {}
        self.words: list[str] = []
        self._skip = 0
        self._is_off: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "fieldset":
            self._is_off.append("disabled" in given)
        is_sent = given.get("type") == "hidden" and given.get("name") and not any(self._is_off)
        if tag == "input" and is_sent:
            self.hidden.setdefault(str(given["name"]), given.get("value") or "")
        if tag in {"script", "style"}:
            self._skip += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._skip -= 1
        if tag == "fieldset":
            self._is_off.pop()

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.words.append(data)


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def hidden_fields(page: str) -> dict[str, str]:
    """Names and values of the hidden inputs that a browser sends: CSRF token, version, key."""
    return _read(page).hidden


def text_of(page: str) -> str:
    """What a reader sees, on one line."""
    return html.unescape(re.sub(r"\s+", " ", "".join(_read(page).words))).strip()
