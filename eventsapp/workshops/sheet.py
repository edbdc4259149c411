"""Workshops as a sheet: what the export writes is what the import reads.

The heads are plain English names, the same in every language, so that files stay exchangeable.
"""

from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.edge.tables import CSV_TYPE, XLSX_TYPE, Cell, Rows, write_csv, write_xlsx
from eventsapp.workshops.models import Workshop

SEPARATOR = "; "
TIME = "%Y-%m-%d %H:%M"
# Several texts of one kind stand in one cell, a line each.
LINES = "\n"

SHEETS: Mapping[str, tuple[Callable[[Rows], bytes], str]] = {
    "csv": (write_csv, CSV_TYPE),
    "xlsx": (write_xlsx, XLSX_TYPE),
}


def _in_each_language(name: str, texts: Texts) -> dict[str, Cell]:
    return {f"{name}_{lang}": texts.find(lang) or "" for lang in LANGUAGES}


def row_of(workshop: Workshop, *, private: bool) -> dict[str, Cell]:
    """Cells by the names of their columns; ``private`` ones are for those who work here."""
    zone = ZoneInfo(workshop.timezone)
    row: dict[str, Cell] = {
        "ref": workshop.ref,
        "status": workshop.status,
        "project": workshop.project.acronym,
        **_in_each_language("title", workshop.title),
        "format": workshop.format,
        "starts_at": workshop.starts_at.astimezone(zone).strftime(TIME),
        "ends_at": workshop.ends_at.astimezone(zone).strftime(TIME),
        "timezone": workshop.timezone,
        **_in_each_language("city", workshop.city),
        "country": workshop.country_code,
        "venue": workshop.venue,
        "address": workshop.address,
        "seats_in_person": workshop.seats_in_person,
        "seats_online": workshop.seats_online,
        "languages": SEPARATOR.join(workshop.languages),
        "topics": SEPARATOR.join(topic.slug for topic in workshop.topics),
        **_in_each_language("rationale", workshop.rationale),
        **_in_each_language("outlook", workshop.outlook),
    }
    return row | ({"join_link": workshop.join_link} if private else {})


def columns(*, private: bool) -> list[str]:
    texts = {name: [f"{name}_{lang}" for lang in LANGUAGES] for name in TRANSLATED}
    return [
        column
        for name in (*PLAIN, *(["join_link"] if private else []))
        for column in texts.get(name, [name])
    ]


TRANSLATED = frozenset({"title", "city", "rationale", "outlook"})
PLAIN = (
    "ref",
    "status",
    "project",
    "title",
    "format",
    "starts_at",
    "ends_at",
    "timezone",
    "city",
    "country",
    "venue",
    "address",
    "seats_in_person",
    "seats_online",
    "languages",
    "topics",
    "rationale",
    "outlook",
)


def rows_of(workshops: Iterable[Workshop], *, private: bool) -> list[list[Cell]]:
    """A head and a row for each workshop."""
    heads = columns(private=private)
    rows = [row_of(workshop, private=private) for workshop in workshops]
    return [list(heads), *([row[head] for head in heads] for row in rows)]
