"""Which column is which in a table that nobody described, guessed from what stands in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise, permutations
from statistics import median

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
# Words of a name, at the mean.
SHORTEST, LONGEST = 1.6, 5.0
_TIMED = frozenset({Kind.MOMENT, Kind.CLOCK, Kind.LENGTH, Kind.NUMBER, Kind.RANGE})
_LABELS = frozenset({Kind.WORDS, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps to tell columns apart: the days and hours of the workshop, with some around, its
    minutes, and words of known names."""

    first: date
    last: date
    opens: time
    closes: time
    minutes: float
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, reading: Reading, names: frozenset[str] = frozenset()) -> "Hints":
        early, late = timedelta(hours=-2), timedelta(hours=3)
        opens = (reading.around.start + early).astimezone(reading.zone).time()
        closes = (reading.around.end + late).astimezone(reading.zone).time()
        minutes = (reading.around.end - reading.around.start + late - early).total_seconds() / 60
        first, last = reading.days[0] - timedelta(days=1), reading.days[-1] + timedelta(days=1)
        return cls(first, last, opens, closes, minutes, names)


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
    usable = sum(_is_usable(list(row), columns) for row in body)
    quality = (int(columns.is_complete), told, 2 * usable - len(body), head)
    return quality, columns


def _is_usable(row: list[str], columns: Columns) -> bool:
    """Whether a row names somebody, and has a time or a length where it should."""
    when = columns.cell(row, Role.JOIN) or columns.cell(row, Role.MINUTES)
    named = columns.name(row) or columns.cell(row, Role.EMAIL)
    return bool(named) and kind_of(when) in _TIMED


def _body(sheet: Sheet, head: int) -> list[Sequence[str]]:
    found: list[Sequence[str]] = []
    for row in sheet[head + 1 : head + 1 + MOST_LOOKED_AT]:
        if not any(cell.strip() for cell in row) and found:
            break
        if any(cell.strip() for cell in row):
            found.append(row)
    return _without_remarks(found)


def _without_remarks(rows: list[Sequence[str]]) -> list[Sequence[str]]:
    """Without totals and remarks, which fill fewer cells than the rows that they are about."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = median(filled) if filled else 0
    return [row for row, count in zip(rows, filled, strict=True) if count * 2 > usual]


def _roles(columns: list[Column], hints: Hints) -> dict[Role, int]:
    at: dict[Role, int] = {}
    address = max(columns, key=lambda one: one.kinds[Kind.ADDRESS], default=None)
    if address is not None and address.kinds[Kind.ADDRESS]:
        at[Role.EMAIL] = address.number
    at.update(_times(columns, hints))
    at.update(_length(columns, at, hints))
    event = _event(columns, at, hints)
    if event:
        return {**at, **event}
    free = [one for one in columns if one.number not in at.values()]
    at.update(_names(free, hints, columns[at[Role.EMAIL]] if Role.EMAIL in at else None))
    return at


def _times(columns: list[Column], hints: Hints) -> dict[Role, int]:
    """Joining, leaving and, where times have no date, the date."""
    timed = [
        one
        for one in columns
        if one.is_mostly(Kind.MOMENT) or one.is_counted(hints.first, hints.last)
    ]
    at: dict[Role, int] = {}
    if len(timed) < 2 or _are_dates(timed):
        clocks = [one for one in columns if one.is_mostly(Kind.CLOCK) and _is_of_day(one, hints)]
        dates = [one for one in columns if one.is_mostly(Kind.DATE)]
        dates += [one for one in timed if _are_dates([one])]
        if clocks and dates:
            at[Role.DATE] = dates[0].number
            timed = clocks
        else:
            timed = [*timed, *clocks]
    if not timed:
        return _unusual_times(columns, hints)
    pair = _pair(timed, columns)
    if pair is not None:
        return {**at, Role.JOIN: pair[0].number, Role.LEAVE: pair[1].number}
    return {**at, Role.JOIN: timed[-1].number} if timed else at


def _unusual_times(columns: list[Column], hints: Hints) -> dict[Role, int]:
    """Both times in one cell; or times that might be numbers, where they fit as a pair."""
    ranges = [one for one in columns if one.is_mostly(Kind.RANGE)]
    if ranges:
        return {Role.JOIN: ranges[0].number}
    dotted = [one for one in columns if one.is_dotted and _is_of_day(one, hints)]
    pair = _pair(dotted, columns)
    return {Role.JOIN: pair[0].number, Role.LEAVE: pair[1].number} if pair else {}


def _is_of_day(column: Column, hints: Hints) -> bool:
    """Whether 9:30 is half past nine here, and not nine hours and a half."""
    clocks = [cell for cell in column.filled if kind_of(cell) == Kind.CLOCK]
    with_half = any(cell[-1:].isalpha() for cell in clocks)
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
    rows = _stays(join, leave, length)
    fitting = sum(abs(between - minutes) <= ROUNDED for between, minutes in rows)
    return fitting / len(rows) if rows else 0.0


def _stays(join: Column, leave: Column, length: Column) -> list[tuple[float, float]]:
    """Minutes between joining and leaving, and minutes as the third column says."""
    return [
        ((b - a).total_seconds() / 60, minutes)
        for a, b, minutes in zip(join.moments, leave.moments, length.minutes, strict=True)
        if a and b and minutes is not None
    ]


def _fits(join: Column, leave: Column, length: Column) -> bool:
    """Whether lengths are those of the stays: as long, or with gaps but most of the time."""
    if _agreement(join, leave, length) >= MOSTLY:
        return True
    rows = _stays(join, leave, length)
    longer = sum(minutes > between + ROUNDED for between, minutes in rows)
    total = sum(minutes for _, minutes in rows)
    return bool(rows) and not longer and total >= sum(between for between, _ in rows) * MOSTLY


def _length(columns: list[Column], at: dict[Role, int], hints: Hints) -> dict[Role, int]:
    """The column that says how long somebody was there: that which says the most."""
    free = [one for one in columns if one.number not in at.values() and not one.is_counter]
    candidates = [one for one in free if one.is_mostly(Kind.LENGTH, Kind.CLOCK)] or [
        one for one in free if one.is_mostly(Kind.NUMBER)
    ]
    if {Role.JOIN, Role.LEAVE} <= set(at):
        join, leave = (columns[at[role]] for role in (Role.JOIN, Role.LEAVE))
        candidates = [one for one in free if _fits(join, leave, one)]
    best = max(candidates, key=lambda one: _total(one, hints), default=None)
    return {} if best is None else {Role.MINUTES: best.number}


def _total(column: Column, hints: Hints) -> tuple[bool, float]:
    """All minutes of a column, if none are more than the workshop has: numbers that are larger
    are more likely phones and accounts."""
    known = [minutes for minutes in column.minutes if minutes is not None]
    return max(known, default=0) <= hints.minutes, sum(known)


def _event(columns: list[Column], at: dict[Role, int], hints: Hints) -> dict[Role, int]:
    """Names and actions beside one time: somebody joined, somebody left."""
    if Role.JOIN not in at or Role.LEAVE in at or Role.MINUTES in at:
        return {}
    times = columns[at[Role.JOIN]]
    worded = [one for one in columns if one.is_mostly(Kind.WORDS)]
    found = {
        (name, action): _regularity(name, action, times)
        for name, action in permutations(worded, 2)
        if 2 <= action.distinct <= min(MOST_ACTIONS, len(action.filled) // 2)
    }
    best = max(found, key=lambda pair: (found[pair], _likeness(pair[:1], hints)), default=None)
    if best is None or found[best] < MOSTLY:
        return {}
    return {Role.NAME: best[0].number, Role.ACTION: best[1].number}


def _regularity(name: Column, action: Column, times: Column) -> float:
    """The share of names that do something else after what all of them do first."""
    rows = zip(times.moments, name.cells, action.cells, strict=True)
    done: dict[str, list[str]] = {}
    for _, whose, what in sorted(
        (row for row in rows if row[0] and row[1]), key=lambda row: str(row[0])
    ):
        done.setdefault(whose, []).append(what)
    first = Counter(acts[0] for acts in done.values()).most_common(1)
    regular = sum(acts[0] == first[0][0] and len(set(acts)) > 1 for acts in done.values())
    return regular / len(done) if done else 0.0


def _names(columns: list[Column], hints: Hints, address: Column | None) -> dict[Role, int]:
    """The column of names, or the two of first names and surnames."""
    worded = [one for one in columns if one.is_mostly(Kind.WORDS)]
    single: dict[tuple[Column, ...], tuple[float, ...]] = {
        (one,): _likeness([one], hints, address) for one in worded
    }
    pairs = {
        (one, other): _likeness([one, other], hints, address)
        for one, other in pairwise(worded)
        if other.number == one.number + 1 and _are_halves(one, other)
    }
    best = max(single | pairs, key=lambda found: (single | pairs)[found], default=())
    return {role: one.number for role, one in zip((Role.NAME, Role.SURNAME), best, strict=False)}


def _likeness(
    columns: Sequence[Column], hints: Hints, address: Column | None = None
) -> tuple[float, ...]:
    """How much columns look like names: known ones, heard in addresses, many, of two words."""
    first = columns[0]
    varied = first.distinct / max(len(first.filled), 1)
    known = sum(one.known_names(hints.names) for one in columns) / len(columns)
    words = sum(one.words for one in columns)
    of_words = 0.4 if not SHORTEST <= words <= LONGEST else 1.0 if len(columns) == 1 else 0.9
    heard = 0.0 if address is None else max(one.share_within(address) for one in columns)
    return (2 * round(known, 1) + varied) * of_words + heard / 2, -first.number


def _are_halves(first: Column, second: Column) -> bool:
    """Whether single words beside single words may be first names and surnames: as many."""
    return (
        first.words < SHORTEST and second.words < 2 and second.distinct >= first.distinct * MOSTLY
    )
