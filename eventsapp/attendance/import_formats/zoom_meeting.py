"""Zoom's participants' report of a meeting.

An optional summary of two lines and an empty one, then a row for each stay: somebody who rejoined
is there again. Letter case, order and the optional columns differ between releases.
"""

from itertools import pairwise

from eventsapp.attendance.import_format import (
    Imported,
    ImportFormat,
    ImportRow,
    Reading,
    RowProblem,
    Sheet,
)
from eventsapp.attendance.import_formats._columns import FURTHEST_HEAD, Head, find_head
from eventsapp.attendance.import_formats._times import AmbiguousDates, Clock, is_time, set_clock
from eventsapp.core.errors import N_

NAMES = {
    "name": frozenset({"name (original name)", "user name (original name)", "name", "user name"}),
    "email": frozenset({"email", "user email", "e-mail"}),
    "start": frozenset({"join time"}),
    "end": frozenset({"leave time"}),
    "minutes": frozenset({"duration (minutes)", "duration(minutes)", "duration"}),
    "waiting": frozenset({"in waiting room"}),
    # Webinars have this column, several tables below one another, and a layout of their own.
    "attended": frozenset({"attended"}),
}
NEEDED = frozenset({"name", "start", "end"})
# Where the heads are translated, the columns still stand in this order.
USUAL_ORDER = {"name": 0, "email": 1, "start": 2, "end": 3, "minutes": 4}
YES = frozenset({"yes", "oui", "نعم"})


def detect(sheet: Sheet) -> bool:
    return _head(sheet) is not None


def read(sheet: Sheet, reading: Reading) -> Imported:
    head = _head(sheet)
    if head is None:
        return Imported(())
    body = [(number + 1, row) for number, row in enumerate(sheet) if number > head.row]
    filled = [(number, row) for number, row in body if any(cell.strip() for cell in row)]
    texts = [head.cell(row, column) for _, row in filled for column in ("start", "end")]
    try:
        clock = set_clock(texts, reading)
    except AmbiguousDates:
        message = N_("Day and month cannot be told apart in this file's dates. Export it anew.")
        return Imported((), (RowProblem(head.row + 1, message),))
    return _read_rows(filled, head, clock)


def _read_rows(filled: list[tuple[int, list[str]]], head: Head, clock: Clock) -> Imported:
    rows: list[ImportRow] = []
    problems: list[RowProblem] = []
    for number, row in filled:
        if head.cell(row, "waiting").casefold() in YES:
            continue
        found = ImportRow(
            number=number,
            name=head.cell(row, "name"),
            email=head.cell(row, "email"),
            start=clock.read(head.cell(row, "start")),
            end=clock.read(head.cell(row, "end")),
        )
        problem = _problem_of(found)
        if problem is None:
            rows.append(found)
        else:
            problems.append(RowProblem(number, problem))
    return Imported(tuple(rows), tuple(problems))


def _problem_of(row: ImportRow) -> str | None:
    """Why a row cannot be evidence; a line that was cut off lacks its end."""
    if not row.name:
        return N_("There is no name.")
    if row.start is None:
        return N_("The time of joining is missing or cannot be read.")
    if row.end is None:
        return N_("The time of leaving is missing or cannot be read; the file may be cut off.")
    if row.end < row.start:
        return N_("It ends before it starts.")
    return None


def _head(sheet: Sheet) -> Head | None:
    head = find_head(sheet, NAMES, needed=NEEDED)
    if head is None:
        return _translated_head(sheet)
    first = sheet[head.row + 1] if head.row + 1 < len(sheet) else []
    length = head.cell(first, "minutes")
    # Zoom counts minutes; other tools write "1h 30m" below the same heads.
    is_zooms = "attended" not in head.columns and (not length or length.isdecimal())
    return head if is_zooms else None


def _translated_head(sheet: Sheet) -> Head | None:
    """A line of heads in another language: the next one has times and minutes where they belong."""
    for number, (row, following) in enumerate(pairwise(sheet[: FURTHEST_HEAD + 1])):
        if len(row) >= len(USUAL_ORDER) and _has_shape(following) and not _has_shape(row):
            return Head(number, USUAL_ORDER)
    return None


def _has_shape(row: list[str]) -> bool:
    if len(row) < len(USUAL_ORDER):
        return False
    start, end, minutes = row[2], row[3], row[4].strip()
    return is_time(start) and is_time(end) and minutes.isdecimal()


ZOOM_MEETING = ImportFormat(
    key="zoom_meeting", label=N_("Zoom: participants of a meeting"), detect=detect, read=read
)
