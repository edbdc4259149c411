"""A sheet of workshops, workshop by workshop: what it would register, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventsapp.core.errors import Refused
from eventsapp.edge.tables import read_table
from eventsapp.web.countries import country_choices
from eventsapp.workshops import queries
from eventsapp.workshops.rules.reading import Known, check_head
from eventsapp.workshops.rules.reading_parts import (
    Presents,
    RowRefused,
    belongs_above,
    read_workshop,
)
from eventsapp.workshops.types import WorkshopDraft

# The rows of one workshop, each with its number in the sheet.
Numbered = list[tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One workshop: a draft, or what is wrong, or the workshop that is ``there`` already.

    ``number`` is its first row, or the row that is wrong.
    """

    number: int
    title: str
    draft: WorkshopDraft | None = None
    presents: tuple[Presents, ...] = ()
    problem: Refused | None = None
    there: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    lines: tuple[Line, ...]

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if line.draft is not None]

    @property
    def bad(self) -> list[Line]:
        return [line for line in self.lines if line.problem is not None]

    @property
    def there(self) -> list[Line]:
        return [line for line in self.lines if line.there]


def preview_sheet(data: bytes) -> Preview:
    """What a sheet would register; writes nothing. Raises UnreadableFile and NoHead."""
    table = read_table(data)
    head = [name.strip().casefold() for name in (table[0] if table else [])]
    check_head(head)
    known = Known(
        queries.projects_by_acronym(),
        queries.topics_by_name(),
        frozenset(code for code, _name in country_choices("en")),
    )
    seen: dict[object, str] = {}
    return Preview(tuple(_read(rows, known, seen) for rows in _workshops(head, table[1:])))


def _workshops(head: Sequence[str], table: Sequence[Sequence[str]]) -> Iterator[Numbered]:
    """The rows that belong together."""
    rows: Numbered = []
    for number, row in enumerate(table, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(head, [*row, *[""] * len(head)], strict=False))
        if rows and not belongs_above(cells, rows[0][1]):
            yield rows
            rows = []
        rows.append((number, cells))
    if rows:
        yield rows


def _read(rows: Numbered, known: Known, seen: dict[object, str]) -> Line:
    number, cells = rows[0]
    title = next((cells[name] for name in cells if name.startswith("title_") and cells[name]), "")
    try:
        draft, presents = read_workshop([row for _number, row in rows], known)
    except RowRefused as wrong:
        return Line(rows[wrong.row][0], title, problem=wrong.refused)
    same = (draft.project_id, draft.title.text("en"), draft.starts_at)
    there = seen.get(same) or queries.find_same(draft)
    if there:
        return Line(number, title, there=there)
    seen[same] = f"#{number}"
    return Line(number, title, draft=draft, presents=presents)
