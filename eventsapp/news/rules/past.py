"""News of a former site, a row each, as an article; or why it is none. Nothing is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.core.texts import LANGUAGES

LONGEST_HEADLINE, LONGEST_BODY, MOST_ROWS = 200, 50_000, 5_000
# What exports call these columns; the first that has something counts.
NAMES = {
    "headline": ("headline", "title", "post_title", "name"),
    "date": ("date", "published", "pubdate", "post_date", "updated"),
    "body": ("body", "content", "content:encoded", "post_content", "text", "description"),
    "standfirst": ("standfirst", "summary", "excerpt", "post_excerpt", "lead"),
    "url": ("url", "link", "permalink", "guid", "id"),
    "lang": ("lang", "language"),
    "countries": ("countries", "country"),
}
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|&])")
_LISTS = re.compile(r"^(\s*\d*)([-+.)])(?=\s)", re.MULTILINE)
_SKIPPED = frozenset({"script", "style", "iframe", "object", "noscript", "template", "head"})
_PARTING = frozenset({"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr"})


class PartMissing(Invalid):
    message = N_("Fill this in.")


class PartTooLong(Invalid):
    message = N_("Use at most %(max)d characters.")


class NotADay(Invalid):
    message = N_("Write the date like 2022-02-10, and none that is yet to come.")
    field = "date"


class NotALanguage(Invalid):
    message = N_("Write en, fr or ar.")
    field = "lang"


class NotACountry(Invalid):
    message = N_("Write the country by its two letters, like LY.")
    field = "countries"


class NoPastNews(Invalid):
    message = N_(
        "There is no news in this file. It needs a row each, with headline, date and body."
    )
    field = "file"


class TooMuchNews(Invalid):
    message = N_("At most %(most)d articles can be taken in at once. Part the file.")
    field = "file"


class NothingNew(Refused):
    message = N_("No row of this file can be taken in.")


class PastNewsDone(Refused):
    message = N_("This file has been taken in already; nothing was published twice.")


class PastNewsNotTaken(Refused):
    message = N_("This file is not taken in, so there is nothing to undo.")


class PastNewsChanged(Refused):
    message = N_("It cannot be undone any more: these articles were changed since: %(names)s.")


@dataclass(frozen=True, slots=True)
class PastArticle:
    headline: str
    standfirst: str
    body: str
    dated: date
    lang: str
    countries: tuple[str, ...]
    original: str

    @property
    def key(self) -> tuple[date, str]:
        """What tells two articles apart where neither has an address."""
        return self.dated, self.headline.casefold()


def read_article(
    cells: Mapping[str, str], *, known_countries: frozenset[str], lang: str, today: date
) -> PastArticle:
    """Raises what is wrong, naming the column in ``field``."""
    found = {part: _first(cells, names) for part, names in NAMES.items()}
    headline = " ".join(plain(found["headline"]).split())
    body = to_prose(found["body"])
    for part, text, most in (
        ("headline", headline, LONGEST_HEADLINE),
        ("body", body, LONGEST_BODY),
    ):
        if not text:
            raise PartMissing(field=part)
        if len(text) > most:
            raise PartTooLong(field=part, max=most)
    written_in = (found["lang"] or lang)[:2].lower()
    if written_in not in LANGUAGES:
        raise NotALanguage
    codes = tuple(sorted(set(found["countries"].upper().replace(",", ";").split(";")) - {""}))
    codes = tuple(code.strip() for code in codes)
    if set(codes) - known_countries:
        raise NotACountry
    return PastArticle(
        headline=headline,
        standfirst=_escape(" ".join(plain(found["standfirst"]).split()))[:1_000],
        body=body,
        dated=_day(found["date"], today),
        lang=written_in,
        countries=codes,
        original=found["url"][:500],
    )


def _first(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name].strip() for name in names if cells.get(name, "").strip()), "")


def _day(text: str, today: date) -> date:
    for read in (_iso, _by_dots, _by_mail):
        found = read(text)
        if found is not None:
            if found > today or found.year < 1900:
                raise NotADay
            return found
    raise NotADay


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _by_dots(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _by_mail(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None


class _Words(HTMLParser):
    """The words of a page and where its paragraphs end; whatever else there is stays behind."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag in _PARTING:
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append("\n\x00")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in _PARTING or tag in {"ul", "ol"}:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data.replace("\x00", ""))


def plain(html: str) -> str:
    """The words alone, no markup; a NUL begins each item of a list."""
    reader = _Words()
    # A file of words alone has its paragraphs as empty lines.
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).strip()


def to_prose(html: str) -> str:
    """The words as our own prose: paragraphs and lists, every mark in them taken as a letter."""
    found = []
    for paragraph in re.split(r"\n\s*\n", plain(html)):
        lines = [
            ("- " if line.startswith("\x00") else "")
            + _escape(" ".join(line.strip("\x00").split()))
            for line in paragraph.split("\n")
            if line.strip("\x00 \t\r")
        ]
        if lines:
            found.append("\n".join(lines))
    return "\n\n".join(found)


def _escape(text: str) -> str:
    return _LISTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text.replace("\x00", "")))
