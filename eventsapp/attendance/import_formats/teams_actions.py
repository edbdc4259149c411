"""The older attendance list of Microsoft Teams: a row for each time that somebody joined or left.

``Full Name``, ``User Action`` (Joined, Joined before, Left) and ``Timestamp``; all translated.
"""

from collections.abc import Iterator

from eventsapp.attendance.import_format import Entry, ImportFormat, Reading, Sheet
from eventsapp.attendance.reading.columns import FURTHEST_HEAD, Columns, Role
from eventsapp.attendance.reading.stays import body_of, read_actions
from eventsapp.attendance.reading.times import is_time
from eventsapp.core.errors import N_
from eventsapp.edge.tables import Table

AT = {Role.NAME: 0, Role.ACTION: 1, Role.JOIN: 2}
NAME, ACTION, TIME = range(3)
# Joined, joined before, left.
MOST_ACTIONS = 4
LONGEST_ACTION = 40


def detect(sample: Sheet) -> bool:
    return _head(sample) is not None


def read(table: Table, reading: Reading) -> Iterator[Entry]:
    head = _head(table.first(FURTHEST_HEAD * 5))
    if head is None:
        return iter(())
    return read_actions(body_of(table, head), Columns(head, AT), reading)


def _head(sample: Sheet) -> int | None:
    """The line above the first row of three cells whose last is a time."""
    for number, row in enumerate(sample[: FURTHEST_HEAD + 1]):
        if _is_event(row):
            rows = [other for other in sample[number:] if any(other)]
            return number - 1 if all(map(_has_width, rows)) and _are_actions(rows) else None
    return None


def _has_width(row: list[str]) -> bool:
    return len([cell for cell in row if cell.strip()]) <= TIME + 1


def _is_event(row: list[str]) -> bool:
    return len(row) > TIME and bool(row[NAME].strip()) and is_time(row[TIME]) and _is_action(row)


def _is_action(row: list[str]) -> bool:
    word = row[ACTION].strip()
    return 0 < len(word) <= LONGEST_ACTION and not any(
        char.isdigit() or char == "@" for char in word
    )


def _are_actions(rows: Sheet) -> bool:
    """Few words for many events, one of which everybody begins with."""
    events = [row for row in rows if _is_event(row)]
    words = {row[ACTION].strip().casefold() for row in events}
    return len(words) <= min(MOST_ACTIONS, max(len(events) - 1, 1))


TEAMS_ACTIONS = ImportFormat(
    key="teams_actions", label=N_("Teams: list of who joined and left"), detect=detect, read=read
)
