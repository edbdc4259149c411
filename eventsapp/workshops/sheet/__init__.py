"""Workshops as a sheet: what the export writes is what the import reads.

The heads are plain English names, the same in every language, so that files stay exchangeable.
"""

from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.edge.tables import CSV_TYPE, XLSX_TYPE, Cell, Rows, write_csv, write_xlsx
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules.reading_parts import SESSION_COLUMNS, SESSION_LINK, TEAM_COLUMNS
from eventsapp.workshops.sheet.parts import in_each_language, rows_of_parts, wall_clock

SEPARATOR = "; "
# Several texts of one kind stand in one cell, a line each.
LINES = "\n"

SHEETS: Mapping[str, tuple[Callable[[Rows], bytes], str]] = {
    "csv": (write_csv, CSV_TYPE),
    "xlsx": (write_xlsx, XLSX_TYPE),
}


def row_of(workshop: Workshop, *, private: bool) -> dict[str, Cell]:
    """Cells by the names of their columns; ``private`` ones are for those who work here."""
    zone = ZoneInfo(workshop.timezone)
    row: dict[str, Cell] = {
        "ref": workshop.ref,
        "status": workshop.status,
        "project": workshop.project.acronym,
        **in_each_language("title", workshop.title),
        "format": workshop.format,
        "starts_at": wall_clock(workshop.starts_at, zone),
        "ends_at": wall_clock(workshop.ends_at, zone),
        "timezone": workshop.timezone,
        **in_each_language("city", workshop.city),
        "country": workshop.country_code,
        "venue": workshop.venue,
        "address": workshop.address,
        "seats_in_person": workshop.seats_in_person,
        "seats_online": workshop.seats_online,
        "languages": SEPARATOR.join(workshop.languages),
        "topics": SEPARATOR.join(topic.slug for topic in workshop.topics),
        **in_each_language("rationale", workshop.rationale),
        **in_each_language("outlook", workshop.outlook),
    }
    return row | (_private(workshop) if private else {})


def _private(workshop: Workshop) -> dict[str, Cell]:
    return {
        "join_link": workshop.join_link,
        **_lines("objectives", [row.text for row in workshop.objectives]),
        **_lines("groups", [row.name for row in workshop.groups]),
    }


def _lines(name: str, texts: list[Texts]) -> dict[str, Cell]:
    return {
        f"{name}_{lang}": LINES.join(
            " ".join((one.find(lang) or "").split()) for one in texts
        ).rstrip(LINES)
        for lang in LANGUAGES
    }


def columns(*, private: bool) -> list[str]:
    texts = {name: [f"{name}_{lang}" for lang in LANGUAGES] for name in TRANSLATED}
    return [
        column
        for name in (*PLAIN, *(PRIVATE if private else ()))
        for column in texts.get(name, [name])
    ]


TRANSLATED = frozenset({"title", "city", "rationale", "outlook", "objectives", "groups"})
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
PRIVATE = ("join_link", "objectives", "groups", *SESSION_COLUMNS, SESSION_LINK, *TEAM_COLUMNS)


def rows_of(workshops: Iterable[Workshop], *, private: bool) -> list[list[Cell]]:
    """A head and a row for each workshop; ``private`` ones are followed by rows for the rest of
    their agenda and teams."""
    heads = columns(private=private)
    rows: list[list[Cell]] = [list(heads)]
    for workshop in workshops:
        first = row_of(workshop, private=private)
        if not private:
            rows.append([first[head] for head in heads])
            continue
        for number, parts in enumerate(rows_of_parts(workshop)):
            cells = (first if number == 0 else {"ref": workshop.ref}) | parts
            rows.append([cells.get(head, "") for head in heads])
    return rows
