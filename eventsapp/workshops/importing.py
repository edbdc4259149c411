"""A sheet of workshops, row by row: what it would register, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsapp.core.errors import Refused
from eventsapp.edge.tables import read_table
from eventsapp.web.countries import country_choices
from eventsapp.workshops import queries
from eventsapp.workshops.rules.reading import Known, check_head, read_row
from eventsapp.workshops.types import WorkshopDraft


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a draft, or what is wrong, or the workshop that is ``there`` already."""

    number: int
    title: str
    draft: WorkshopDraft | None = None
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
    lines: list[Line] = []
    seen: dict[object, str] = {}
    for number, row in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in row):
            lines.append(_read(number, head, row, known, seen))
    return Preview(tuple(lines))


def _read(
    number: int, head: Sequence[str], row: Sequence[str], known: Known, seen: dict[object, str]
) -> Line:
    cells = dict(zip(head, [*row, *[""] * len(head)], strict=False))
    title = next((cells[name] for name in head if name.startswith("title_") and cells[name]), "")
    try:
        draft = read_row(cells, known)
    except Refused as refused:
        return Line(number, title, problem=refused)
    same = (draft.project_id, draft.title.text("en"), draft.starts_at)
    there = seen.get(same) or queries.find_same(draft)
    if there:
        return Line(number, title, there=there)
    seen[same] = f"#{number}"
    return Line(number, title, draft=draft)
