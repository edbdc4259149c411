"""What a file would do, without writing anything."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from eventsapp.attendance.import_format import Entry, ImportRow, RowProblem
from eventsapp.attendance.queries.evidence import whole_of
from eventsapp.attendance.queries.imports.layouts import Layout, find_layout, read_entries
from eventsapp.attendance.queries.imports.roster import load_roster
from eventsapp.attendance.reading.how import HowToRead
from eventsapp.attendance.rules.importing import (
    check_columns,
    is_outside,
    minutes_of,
    outside,
)
from eventsapp.attendance.rules.matching import (
    IGNORE,
    Attendee,
    Group,
    Match,
    MatchKind,
    Roster,
    RosterEntry,
    match_all,
)
from eventsapp.attendance.types import Interval
from eventsapp.edge.tables import open_table
from eventsapp.edge.tables.reading import Source
from eventsapp.workshops.models import Workshop


class PreviewLine(NamedTuple):
    """Somebody in the file and whom they are taken for; ``minutes`` None where unknown."""

    attendee: Attendee
    match: Match
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would do; ``missing`` were expected online and are not in it."""

    layout: Layout
    lines: tuple[PreviewLine, ...]
    problems: tuple[RowProblem, ...]
    missing: tuple[RosterEntry, ...]
    roster: Roster

    @property
    def matched(self) -> list[PreviewLine]:
        return [line for line in self.lines if line.match.registration_id is not None]


def preview_file(
    workshop: Workshop, source: Source, *, zone: ZoneInfo, how: HowToRead | None = None
) -> ImportPreview:
    """Read a file against the workshop's roster.

    Raises UnreadableFile, UnknownLayout, AmbiguousDates and DayMissing.
    """
    said = how or HowToRead()
    reading = said.reading(zone, whole_of(workshop))
    roster, table = load_roster(workshop.id), open_table(source)
    layout = find_layout(table, reading, roster.words, said=said.columns)
    check_columns(layout.columns)
    problems: list[RowProblem] = []
    attendees = group_entries(
        read_entries(table, layout, reading), reading.around, on_problem=problems.append
    )
    lines = lines_of(attendees, roster, {}, whole=reading.around)
    return ImportPreview(
        layout=layout,
        lines=tuple(lines),
        problems=tuple(problems),
        missing=tuple(roster.missing(line.match.registration_id for line in lines)),
        roster=roster,
    )


def _ignore(_attendee: Attendee, _row: ImportRow) -> None:
    """Whoever only looks needs no stays."""


def group_entries(
    entries: Iterable[Entry],
    whole: Interval,
    *,
    on_row: Callable[[Attendee, ImportRow], None] = _ignore,
    on_problem: Callable[[RowProblem], None],
) -> list[Attendee]:
    """The attendees of a file; each usable row and each problem is handed on as it comes."""
    group = Group()
    for entry in entries:
        if isinstance(entry, RowProblem):
            on_problem(entry)
        elif is_outside(entry, whole):
            on_problem(outside(entry))
        else:
            on_row(group.add(entry), entry)
    return group.attendees


def lines_of(
    attendees: list[Attendee], roster: Roster, decisions: Mapping[int, int], *, whole: Interval
) -> list[PreviewLine]:
    """``decisions`` tell, by the first row of an attendee, which registration a person chose, or
    IGNORE."""
    return [
        PreviewLine(
            attendee, _decided(attendee, roster, decisions) or found, minutes_of(attendee, whole)
        )
        for attendee, found in zip(attendees, match_all(attendees, roster), strict=True)
    ]


def _decided(attendee: Attendee, roster: Roster, decisions: Mapping[int, int]) -> Match | None:
    """What a person decided about an attendee; somebody who is not on the roster is nobody."""
    decided = decisions.get(attendee.number)
    if decided == IGNORE:
        return Match(MatchKind.IGNORED)
    return Match(MatchKind.DECIDED, decided) if decided in roster.entries else None
