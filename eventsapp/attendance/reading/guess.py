"""Which column is which in a table that nobody described, guessed from what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import permutations

from eventsapp.attendance.reading.columns import FURTHEST_HEAD, Columns, Role
from eventsapp.attendance.reading.contents import (
    MOSTLY,
    Column,
    Kind,
    columns_of,
    is_within,
    kind_of,
)
from eventsapp.attendance.reading.times import Reading

Sheet = Sequence[Sequence[str]]
MOST_LOOKED_AT = 60
# How far a stay may be off its written length, in minutes: lengths are rounded, and cut.
ROUNDED = 1.6
MOST_ACTIONS = 5
_LABELS = frozenset({Kind.WORDS, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps to tell columns apart: the hours of the workshop, and words of known names."""

    opens: time
    closes: time
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, reading: Reading, names: frozenset[str] = frozenset()) -> "Hints":
        early, late = timedelta(hours=-2), timedelta(hours=3)
        opens = (reading.around.start + early).astimezone(reading.zone).time()
        closes = (reading.around.end + late).astimezone(reading.zone).time()
        return cls(opens, closes, names)


def guess_columns(sheet: Sheet, hints: Hints) -> Columns:
    """The best guess; it may not be complete, and a person may know better."""
    found = [_guess_below(sheet, head, hints) for head in _heads(sheet)]
    return max(found, key=lambda one: one[0], default=((), Columns(-1)))[1]


def _heads(sheet: Sheet) -> list[int]:
    """Rows that may be heads: several labels and nothing that is data; -1 for no head at all."""
    heads = [-1]
    for number, row in enumerate(sheet[:FURTHEST_HEAD]):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) >= 2 and all(kind_of(cell) in _LABELS for cell in filled):
            heads.append(number)
    return heads


def _guess_below(sheet: Sheet, head: int, hints: Hints) -> tuple[tuple[int, ...], Columns]:
    """A guess and how good it is: what it tells, by how many rows, and how near the top."""
    body = _body(sheet, head)
    at = _roles(columns_of(body), hints)
    columns = Columns(head, at)
    told = 2 * (Role.JOIN in at) + 2 * (Role.LEAVE in at) + (Role.MINUTES in at)
    usable = sum(
        bool(columns.name(list(row)) or columns.cell(list(row), Role.EMAIL)) for row in body
    )
    quality = (int(columns.is_complete), told, usable * int(columns.is_complete), head)
    return quality, columns


def _body(sheet: Sheet, head: int) -> list[Sequence[str]]:
    found: list[Sequence[str]] = []
    for row in sheet[head + 1 : head + 1 + MOST_LOOKED_AT]:
        if not any(cell.strip() for cell in row) and found:
            break
        if any(cell.strip() for cell in row):
            found.append(row)
    return found


def _roles(columns: list[Column], hints: Hints) -> dict[Role, int]:
    at: dict[Role, int] = {}
    address = max(columns, key=lambda one: one.kinds[Kind.ADDRESS], default=None)
    if address is not None and address.kinds[Kind.ADDRESS]:
        at[Role.EMAIL] = address.number
    at.update(_times(columns, hints))
    taken = set(at.values())
    at.update(_length(columns, at, taken))
    action = _action(columns, at)
    if action is not None:
        at[Role.ACTION] = action.number
    at.update(_names([one for one in columns if one.number not in at.values()], hints))
    return at


def _times(columns: list[Column], hints: Hints) -> dict[Role, int]:
    """Joining, leaving and, where times have no date, the date."""
    timed = [one for one in columns if one.is_mostly(Kind.MOMENT)]
    at: dict[Role, int] = {}
    if len(timed) < 2 or _are_dates(timed):
        clocks = [one for one in columns if one.is_mostly(Kind.CLOCK) and _is_of_day(one, hints)]
        dates = [one for one in columns if one.is_mostly(Kind.DATE) or _are_dates([one])]
        if clocks and dates:
            at[Role.DATE] = dates[0].number
            timed = clocks
        else:
            timed = [*timed, *clocks]
    pair = _pair(timed, columns)
    if pair is not None:
        return {**at, Role.JOIN: pair[0].number, Role.LEAVE: pair[1].number}
    return {**at, Role.JOIN: timed[-1].number} if timed else at


def _is_of_day(column: Column, hints: Hints) -> bool:
    """Whether 9:30 is half past nine here, and not nine hours and a half."""
    with_half = any(cell[-1:].isalpha() for cell in column.filled)
    return with_half or is_within(column.moments, hints.opens, hints.closes)


def _are_dates(columns: list[Column]) -> bool:
    """Whether times are all midnight: dates, as spreadsheets give them."""
    moments = [moment for one in columns for moment in one.moments if moment is not None]
    return bool(moments) and all(moment.time() == time() for moment in moments)


def _pair(timed: list[Column], columns: list[Column]) -> tuple[Column, Column] | None:
    """The two columns that are joining and leaving; the start and end of the call are not."""
    lengths = [one for one in columns if one.is_mostly(Kind.LENGTH, Kind.CLOCK, Kind.NUMBER)]
    pairs = [pair for pair in permutations(timed, 2) if _is_forward(*pair)]
    return max(pairs, key=lambda pair: _fitness(pair[0], pair[1], lengths), default=None)


def _is_forward(join: Column, leave: Column) -> bool:
    both = [(a, b) for a, b in zip(join.moments, leave.moments, strict=True) if a and b]
    forward = sum(a <= b for a, b in both)
    return forward >= len(both) * MOSTLY and (bool(both) or join.number < leave.number)


def _fitness(join: Column, leave: Column, lengths: list[Column]) -> tuple[float, ...]:
    agreeing = max((_agreement(join, leave, one) for one in lengths), default=0.0)
    varied = int(join.distinct > 1) + int(leave.distinct > 1)
    beside = -abs(leave.number - join.number)
    return agreeing, varied, int(join.number < leave.number), beside, join.number


def _agreement(join: Column, leave: Column, length: Column) -> float:
    """The share of rows whose stay is as long as the third column says."""
    rows = [
        (a, b, minutes)
        for a, b, minutes in zip(join.moments, leave.moments, length.minutes, strict=True)
        if a and b and minutes is not None
    ]
    fitting = sum(abs((b - a).total_seconds() / 60 - minutes) <= ROUNDED for a, b, minutes in rows)
    return fitting / len(rows) if rows else 0.0


def _length(columns: list[Column], at: dict[Role, int], taken: set[int]) -> dict[Role, int]:
    """The column that says how long somebody was there: that which says the most."""
    free = [one for one in columns if one.number not in taken and not one.is_counter]
    candidates = [one for one in free if one.is_mostly(Kind.LENGTH, Kind.CLOCK)] or [
        one for one in free if one.is_mostly(Kind.NUMBER)
    ]
    if {Role.JOIN, Role.LEAVE} <= set(at):
        join, leave = (columns[at[role]] for role in (Role.JOIN, Role.LEAVE))
        candidates = [one for one in free if _agreement(join, leave, one) >= MOSTLY]
    best = max(candidates, key=_total, default=None)
    return {} if best is None else {Role.MINUTES: best.number}


def _total(column: Column) -> float:
    """All minutes of a column; numbers that are no minutes of a day, such as phones, are none."""
    known = [minutes for minutes in column.minutes if minutes is not None]
    return sum(known) if max(known, default=0) <= 10 * 1440 else 0.0


def _action(columns: list[Column], at: dict[Role, int]) -> Column | None:
    """A column of few words beside one time: joined, left."""
    if Role.JOIN not in at or Role.LEAVE in at or Role.MINUTES in at:
        return None
    repeated = [
        one
        for one in columns
        if one.is_mostly(Kind.WORDS)
        and 2 <= one.distinct <= min(MOST_ACTIONS, len(one.filled) // 2)
    ]
    return min(repeated, key=lambda one: one.distinct, default=None)


def _names(columns: list[Column], hints: Hints) -> dict[Role, int]:
    """The column of names, or the two of first names and surnames."""
    worded = [one for one in columns if one.is_mostly(Kind.WORDS) and one.filled]
    best = max(worded, key=lambda one: _likeness(one, hints), default=None)
    if best is None:
        return {}
    second = next((one for one in worded if one.number == best.number + 1), None)
    if best.words < 1.4 and second is not None and _is_other_half(best, second, hints):
        return {Role.NAME: best.number, Role.SURNAME: second.number}
    return {Role.NAME: best.number}


def _likeness(column: Column, hints: Hints) -> tuple[float, ...]:
    """How much a column looks like names: known ones, many, of two words, early."""
    varied = column.distinct / max(len(column.filled), 1)
    known = round(column.known_names(hints.names), 1) if hints.names else 0.0
    of_words = 1.0 if 1.4 <= column.words <= 5 else 0.4
    return 2 * known + varied * of_words, -column.number


def _is_other_half(first: Column, second: Column, hints: Hints) -> bool:
    """Whether single words beside single words are the surnames: as many, or known ones."""
    if hints.names and second.known_names(hints.names) >= 0.3:
        return True
    return second.words < 2 and second.distinct >= first.distinct * 0.6
