"""The words of a piece of HTML, for feeds and mail."""

import re
from html.parser import HTMLParser

LINES = {"p", "li", "tr", "caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "div", "br"}
SILENT = {"svg"}


def text_of(html: str) -> str:
    """One line for each paragraph, item or row; a row's cells stand apart by tabs."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (
        re.sub(r"[^\S\t\u00a0\u202f]+", " ", line) for line in "".join(words.parts).split("\f")
    )
    tidy = (re.sub(r" ?\t[\t ]*", "\t", line).strip() for line in lines)
    return "\n".join(line for line in tidy if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silence = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in SILENT:
            self._silence += 1
        elif tag in LINES:
            self.parts.append("\f")
        elif tag in {"td", "th"}:
            self.parts.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silence -= 1
        elif tag in LINES:
            self.parts.append("\f")

    def handle_data(self, data: str) -> None:
        if not self._silence:
            self.parts.append(data)
