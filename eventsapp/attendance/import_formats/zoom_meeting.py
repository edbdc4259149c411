"""Zoom's participants' report of a meeting.

An optional summary of two lines and an empty one, then a row for each stay: somebody who rejoined
is there again. Letter case, order and the optional columns differ between releases. With "unique
users" there is one row for each person, with the sum of their minutes and no times.
"""

from collections.abc import Iterator
from itertools import pairwise

from eventsapp.attendance.import_format import Entry, ImportFormat, Reading, Sheet
from eventsapp.attendance.reading.columns import FURTHEST_HEAD, Columns, Role, find_head
from eventsapp.attendance.reading.stays import Body, body_of, read_stays
from eventsapp.attendance.reading.times import is_time
from eventsapp.core.errors import N_
from eventsapp.edge.tables import Table

WAITING, ATTENDED = "waiting", "attended"
NAMES = {
    Role.NAME: frozenset(
        {"name (original name)", "user name (original name)", "name", "user name"}
    ),
    Role.EMAIL: frozenset({"email", "user email", "e-mail"}),
    Role.JOIN: frozenset({"join time"}),
    Role.LEAVE: frozenset({"leave time"}),
    Role.MINUTES: frozenset(
        {
            "duration",
            "duration (minutes)",
            "duration(minutes)",
            "total duration (minutes)",
            "total duration(minutes)",
        }
    ),
    WAITING: frozenset({"in waiting room"}),
    # Webinars have this column, several tables below one another, and a layout of their own.
    ATTENDED: frozenset({"attended"}),
}
WITH_TIMES = frozenset({Role.NAME, Role.JOIN, Role.LEAVE})
UNIQUE_USERS = frozenset({Role.NAME, Role.EMAIL, Role.MINUTES})
# Where the heads are translated, the columns still stand in this order.
USUAL_ORDER = {Role.NAME: 0, Role.EMAIL: 1, Role.JOIN: 2, Role.LEAVE: 3, Role.MINUTES: 4}
YES = frozenset({"yes", "oui", "نعم", "ja", "sí", "sim", "sì"})


def detect(sample: Sheet) -> bool:
    return _columns(sample) is not None


def read(table: Table, reading: Reading) -> Iterator[Entry]:
    sample = table.first(FURTHEST_HEAD + 1)
    found = _columns(sample)
    if found is None:
        return iter(())
    columns, waiting = found
    body = body_of(table, columns.head)
    return read_stays(_without_waiting(body, waiting), columns, reading)


def _without_waiting(body: Body, column: int | None) -> Body:
    """Time in the waiting room is not time in the meeting."""
    if column is None:
        return body
    return lambda: (
        (number, row)
        for number, row in body()
        if len(row) <= column or row[column].strip().casefold() not in YES
    )


def _columns(sample: Sheet) -> tuple[Columns, int | None] | None:
    """Which columns there are, and which of them tells who only waited."""
    head = find_head(sample, NAMES, needed=WITH_TIMES) or find_head(
        sample, NAMES, needed=UNIQUE_USERS
    )
    if head is None:
        translated = _translated(sample)
        return None if translated is None else (translated, None)
    number, at = head
    first = sample[number + 1] if number + 1 < len(sample) else []
    length = at.get(Role.MINUTES, -1)
    # Zoom counts minutes; other tools write "1h 30m" below the same heads.
    is_zooms = not 0 <= length < len(first) or first[length].strip().isdecimal()
    if ATTENDED in at or not is_zooms:
        return None
    waiting = at.pop(WAITING, None)
    return Columns(number, at), waiting


def _translated(sample: Sheet) -> Columns | None:
    """A line of heads in another language: the next one has times and minutes where they belong."""
    for number, (row, following) in enumerate(pairwise(sample[: FURTHEST_HEAD + 1])):
        if len(row) >= len(USUAL_ORDER) and _has_shape(following) and not _has_shape(row):
            return Columns(number, USUAL_ORDER)
    return None


def _has_shape(row: list[str]) -> bool:
    if len(row) < len(USUAL_ORDER):
        return False
    start, end, minutes = row[2], row[3], row[4].strip()
    may_be_address = not row[1].strip() or "@" in row[1]
    return is_time(start) and is_time(end) and minutes.isdecimal() and may_be_address


ZOOM_MEETING = ImportFormat(
    key="zoom_meeting", label=N_("Zoom: participants of a meeting"), detect=detect, read=read
)
