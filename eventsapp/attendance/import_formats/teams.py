"""The attendance report of Microsoft Teams: numbered sections, tab-separated, heads translated.

Rows of people have a name, two times and a duration such as ``1h 30m 51s``; no other rows have.
The second section sums each person up, the third has a row for each stay: where it is there, it
is the one to read.
"""

import re
from itertools import groupby

from eventsapp.attendance.import_format import (
    Imported,
    ImportFormat,
    ImportRow,
    Reading,
    RowProblem,
    Sheet,
)
from eventsapp.attendance.import_formats._times import (
    AmbiguousDates,
    Clock,
    clean,
    is_time,
    set_clock,
)
from eventsapp.core.errors import N_

NAME, START, END, DURATION, EMAIL = range(5)
# Numbers with the letters of a unit in any language: hours, minutes, seconds.
_DURATION = re.compile(r"(?:\d{1,4} ?[^\W\d]{1,8}\.? ?){1,3}")

Numbered = tuple[int, list[str]]


def detect(sheet: Sheet) -> bool:
    return bool(_blocks(sheet))


def read(sheet: Sheet, reading: Reading) -> Imported:
    blocks = _blocks(sheet)
    if not blocks:
        return Imported(())
    stays = blocks[-1]
    try:
        clock = set_clock((row[at] for _, row in stays for at in (START, END)), reading)
    except AmbiguousDates:
        message = N_("Day and month cannot be told apart in this file's dates. Export it anew.")
        return Imported((), (RowProblem(stays[0][0], message),))
    rows = [_row(number, row, clock) for number, row in stays]
    problem = N_("It ends before it starts.")
    backwards = [row for row in rows if row.start and row.end and row.end < row.start]
    return Imported(
        tuple(row for row in rows if row not in backwards),
        tuple(RowProblem(row.number, problem) for row in backwards),
    )


def _row(number: int, row: list[str], clock: Clock) -> ImportRow:
    email = row[EMAIL].strip() if len(row) > EMAIL else ""
    return ImportRow(
        number=number,
        name=row[NAME].strip(),
        email=email if "@" in email else "",
        start=clock.read(row[START]),
        end=clock.read(row[END]),
    )


def _blocks(sheet: Sheet) -> list[list[Numbered]]:
    """Rows of people that follow one another, a block for each section."""
    numbered = enumerate(sheet, start=1)
    grouped = groupby(numbered, key=lambda one: _is_of_a_person(one[1]))
    return [list(block) for is_of_people, block in grouped if is_of_people]


def _is_of_a_person(row: list[str]) -> bool:
    return (
        len(row) > DURATION
        and bool(row[NAME].strip())
        and is_time(row[START])
        and is_time(row[END])
        and _DURATION.fullmatch(clean(row[DURATION])) is not None
    )


TEAMS = ImportFormat(
    key="teams", label=N_("Teams: attendance report of a meeting"), detect=detect, read=read
)
