"""The attendance report of Microsoft Teams: numbered sections, tab-separated, heads translated.

Rows of people have a name, two times and a duration such as ``1h 30m 51s``; no other rows have.
The second section sums each person up, the third has a row for each stay: where somebody is in
both, their stays are read and the sum is not. A sum has the first arrival and the last departure,
but the time in between may have gaps: only its minutes are true.
"""

from collections.abc import Iterator

from eventsapp.attendance.import_format import (
    Entry,
    ImportFormat,
    ImportRow,
    Reading,
    Sheet,
)
from eventsapp.attendance.reading.columns import Columns, Role
from eventsapp.attendance.reading.lengths import is_length
from eventsapp.attendance.reading.stays import Body, Numbered, read_stays
from eventsapp.attendance.reading.times import is_time
from eventsapp.core.errors import N_
from eventsapp.edge.tables import Table

COLUMNS = Columns(-1, {Role.NAME: 0, Role.JOIN: 1, Role.LEAVE: 2, Role.MINUTES: 3, Role.EMAIL: 4})
NAME, START, END, LENGTH, EMAIL = range(5)
# Behind the address stand at least the role and, among the sums, an account.
FEWEST_CELLS = 6


def detect(sample: Sheet) -> bool:
    return any(_is_of_a_person(row) for row in sample)


def read(table: Table, reading: Reading) -> Iterator[Entry]:
    count = max((section for section, _ in _numbered(table)), default=0)
    if count == 0:
        return iter(())
    # Cut off before its stays, a file has only the sums.
    stays = read_stays(_section(table, count), COLUMNS, reading, are_sums=count == 1)
    return stays if count == 1 else _with_sums(table, count, reading, stays)


def _with_sums(
    table: Table, count: int, reading: Reading, stays: Iterator[Entry]
) -> Iterator[Entry]:
    """The stays, and the sums of those whose stays were cut off."""
    seen: set[str] = set()
    for entry in stays:
        if isinstance(entry, ImportRow):
            seen.add(entry.name)
        yield entry
    left = _without(_section(table, count - 1), seen)
    yield from read_stays(left, COLUMNS, reading, are_sums=True)


def _section(table: Table, wanted: int) -> Body:
    return lambda: (numbered for section, numbered in _numbered(table) if section == wanted)


def _without(body: Body, names: set[str]) -> Body:
    return lambda: ((number, row) for number, row in body() if COLUMNS.name(row) not in names)


def _numbered(table: Table) -> Iterator[tuple[int, Numbered]]:
    """Rows of people with the count of their section, from 1; a cut-off last row is one too."""
    section, within = 0, False
    for number, row in enumerate(table, start=1):
        if len(row) <= 1:
            within = False
        elif within:
            yield section, (number, row)
        elif _is_of_a_person(row):
            within, section = True, section + 1
            yield section, (number, row)


def _is_of_a_person(row: list[str]) -> bool:
    return (
        len(row) >= FEWEST_CELLS
        and bool(row[NAME].strip())
        and is_time(row[START])
        and is_time(row[END])
        and is_length(row[LENGTH])
        and (not row[EMAIL].strip() or "@" in row[EMAIL])
    )


TEAMS = ImportFormat(
    key="teams", label=N_("Teams: attendance report of a meeting"), detect=detect, read=read
)
