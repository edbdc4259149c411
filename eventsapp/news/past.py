"""A former site's news out of a file: what it would publish, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from eventsapp.core.errors import Refused
from eventsapp.edge.tables import read_table
from eventsapp.news import queries
from eventsapp.news.rules import past as rules
from eventsapp.news.rules.past import PastArticle, read_article
from eventsapp.web.countries import country_choices

_ITEMS = frozenset({"item", "entry"})
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: an article, or what is wrong, or that it is ``there`` already."""

    number: int
    title: str
    article: PastArticle | None = None
    problem: Refused | None = None
    there: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    lines: tuple[Line, ...]

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if line.article is not None]

    @property
    def bad(self) -> list[Line]:
        return [line for line in self.lines if line.problem is not None]

    @property
    def there(self) -> list[Line]:
        return [line for line in self.lines if line.there]


def preview_past_news(data: bytes, *, lang: str, today: date) -> Preview:
    """What a CSV, XLSX, Atom or RSS file would publish; writes nothing.

    ``lang`` is what a row without a language is written in. Raises UnreadableFile, NoPastNews
    and TooMuchNews.
    """
    rows = list(_rows(data))
    if not rows:
        raise rules.NoPastNews
    if len(rows) > rules.MOST_ROWS:
        raise rules.TooMuchNews(most=rules.MOST_ROWS)
    countries = frozenset(code for code, _name in country_choices("en"))
    originals, keys = queries.past_originals(), queries.known_headlines()
    lines = []
    for number, cells in rows:
        title = next((cells[name] for name in rules.NAMES["headline"] if cells.get(name)), "")
        try:
            found = read_article(cells, known_countries=countries, lang=lang, today=today)
        except Refused as refused:
            lines.append(Line(number, title[:200], problem=refused))
            continue
        is_there = found.key in keys or bool(found.original and found.original in originals)
        keys.add(found.key)
        if found.original:
            originals.add(found.original)
        article = None if is_there else found
        lines.append(Line(number, found.headline, article=article, there=is_there))
    return Preview(tuple(lines))


def _rows(data: bytes) -> Iterator[tuple[int, Cells]]:
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith((b"<?xml", b"<rss", b"<feed")):
        yield from _feed_rows(data)
        return
    table = read_table(data)
    head = [name.strip().casefold() for name in (table[0] if table else [])]
    if not set(head) & set(rules.NAMES["headline"]):
        raise rules.NoPastNews
    for number, row in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in row):
            yield number, dict(zip(head, row, strict=False))


def _feed_rows(data: bytes) -> Iterator[tuple[int, Cells]]:
    # Entities of its own are in no export, and a way to swell or to read other files.
    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        raise rules.NoPastNews
    try:
        root = ET.fromstring(data)  # noqa: S314 - no document type, so no entities
    except (ET.ParseError, ValueError):
        raise rules.NoPastNews from None
    items = [node for node in root.iter() if _name(node) in _ITEMS]
    for number, item in enumerate(items, start=1):
        cells: Cells = {}
        for part in item:
            cells.setdefault(_name(part), _text(part))
        # RSS has the whole text beside its description.
        cells["body"] = cells.get("encoded") or cells.get("content") or cells.get("description", "")
        yield number, cells


def _name(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2].casefold()


def _text(node: ET.Element) -> str:
    if len(node):
        # Atom's xhtml.
        return ET.tostring(node, encoding="unicode")
    return node.text or node.get("href") or ""
