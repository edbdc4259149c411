"""Staff prose as paragraphs of runs: what the sanitiser let through, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from eventsapp.documents.word.writer import Run

STYLES = {"ul": "List Bullet", "ol": "List Number", "blockquote": "Quote"}


@dataclass(slots=True)
class Passage:
    style: str = "Normal"
    runs: list[Run] = field(default_factory=list)


def passages(html: str) -> Iterator[Passage]:
    """Each paragraph and list item in its order, with the style that its place gives it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return (
        passage for passage in reader.found if "".join(run.text for run in passage.runs).strip()
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage] = [Passage()]
        self._around: list[str] = []
        self._bold = self._italic = 0
        self._url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in STYLES:
            self._around.append(STYLES[tag])
        elif tag in {"p", "li"}:
            self.found.append(Passage(self._around[-1] if self._around else "Normal"))
        self._mark(tag, 1)
        if tag == "a":
            self._url = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in STYLES:
            self._around.pop()
            self.found.append(Passage())
        self._mark(tag, -1)
        if tag == "a":
            self._url = ""

    def _mark(self, tag: str, step: int) -> None:
        self._bold += step if tag == "strong" else 0
        self._italic += step if tag == "em" else 0

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", " ")
        self.found[-1].runs.append(
            Run(text, bold=self._bold > 0, italic=self._italic > 0, url=self._url)
        )
