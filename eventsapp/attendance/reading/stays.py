"""Stays out of rows, by columns."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from eventsapp.attendance.reading.columns import Columns, Role
from eventsapp.attendance.reading.entries import (
    BACKWARDS,
    NO_END,
    NO_LENGTH,
    NO_NAME,
    NO_START,
    TOTAL,
    Entry,
    ImportRow,
    RowProblem,
)
from eventsapp.attendance.reading.lengths import Scale, set_scale
from eventsapp.attendance.reading.ranges import parts_of, read_range
from eventsapp.attendance.reading.times import (
    Clock,
    Dates,
    DayMissing,
    Reading,
    is_dotted,
    is_time_of_day,
)
from eventsapp.attendance.reading.totals import is_total

Numbered = tuple[int, list[str]]
# Several times through the rows, so a function that gives them each time.
Body = Callable[[], Iterator[Numbered]]
# How far lengths may be off, in minutes: they are rounded, and cut.
ROUNDED = 2.0
# So many times tell whether times have dates.
ENOUGH_TIMES = 20
# What stands for nothing.
NOTHING = frozenset({"", "-", "--", "—", "n/a"})


def body_of(table: Iterable[list[str]], head: int) -> Body:
    """The filled rows below a head, with their numbers in the file."""

    def rows() -> Iterator[Numbered]:
        for number, row in enumerate(table, start=1):
            if number > head + 1 and any(row):
                yield number, row

    return rows


def read_stays(
    body: Body, columns: Columns, reading: Reading, *, are_sums: bool = False
) -> Iterator[Entry]:
    """Raises AmbiguousDates and DayMissing before the first entry.

    With ``are_sums`` a row sums several stays up, from the first arrival to the last departure:
    where its length is shorter than that, only the length is true.
    """
    read = _readers_of(body, columns, reading, are_sums=are_sums)
    return chain.from_iterable(_entries(number, row, columns, read) for number, row in body())


def _readers_of(body: Body, columns: Columns, reading: Reading, *, are_sums: bool) -> "_Readers":
    """One look at all rows tells in which order dates are written, and in what lengths are."""
    dates = Dates()
    lengths: set[str] = set()
    times: set[str] = set()
    at = [columns.at[role] for role in (Role.DATE, Role.JOIN, Role.LEAVE) if role in columns.at]
    for _, row in body():
        for column in at:
            if column < len(row):
                dates.add(row[column].strip())
        lengths.add(columns.cell(row, Role.MINUTES))
        if len(times) < ENOUGH_TIMES:
            times.add(columns.cell(row, Role.JOIN))
    if Role.DATE not in columns.at and reading.only_day is None:
        check_has_days(times)
    return _Readers(dates.clock(reading), set_scale(lengths), are_sums)


def check_has_days(texts: Iterable[str]) -> None:
    """Raises DayMissing where times have no date."""
    if any(_has_no_date(text) for text in texts if text not in NOTHING):
        raise DayMissing


def _has_no_date(text: str) -> bool:
    first, _second = parts_of(text) or (text, "")
    return is_time_of_day(first) or is_dotted(first)


@dataclass(frozen=True, slots=True)
class _Readers:
    """How the times and lengths of one file are read."""

    clock: Clock
    scale: Scale
    are_sums: bool


def _entries(number: int, row: list[str], columns: Columns, read: _Readers) -> Iterator[Entry]:
    name, email = columns.name(row), columns.cell(row, Role.EMAIL)
    email = email if "@" in email else ""
    if not name and not email:
        yield RowProblem(number, NO_NAME)
        return
    start, end = _times(row, columns, read.clock)
    if start is None and not email and is_total(name):
        yield RowProblem(number, TOTAL)
        return
    length = columns.cell(row, Role.MINUTES)
    minutes = read.scale.read(length) if length else None
    if start is None and columns.cell(row, Role.JOIN) not in NOTHING:
        # What cannot be read is another thing than what was left empty.
        minutes = None
    end, minutes = _settled(start, end, minutes, are_sums=read.are_sums)
    problem = _problem_of(columns, start, end, minutes)
    if problem is not None:
        yield RowProblem(number, problem)
    if problem in {None, NO_END}:
        yield ImportRow(number, name or email, email, start, end, minutes)


def _settled(
    start: datetime | None, end: datetime | None, minutes: float | None, *, are_sums: bool
) -> tuple[datetime | None, float | None]:
    """The end and the length of a stay, of which one says all."""
    if start is None or minutes is None:
        return end, minutes
    if end is None:
        return start + timedelta(minutes=minutes), None
    has_gaps = are_sums and 0 <= minutes < (end - start).total_seconds() / 60 - ROUNDED
    return (None, minutes) if has_gaps else (end, None)


def _times(
    row: list[str], columns: Columns, clock: Clock
) -> tuple[datetime | None, datetime | None]:
    day = clock.read_date(columns.cell(row, Role.DATE)) if Role.DATE in columns.at else None
    joined = columns.cell(row, Role.JOIN)
    if Role.LEAVE not in columns.at and (both := read_range(joined, day, clock)):
        return both
    start, end = (_moment(text, day, clock) for text in (joined, columns.cell(row, Role.LEAVE)))
    has_own_date = day is None and clock.day is None
    if start and end and end < start - timedelta(hours=12) and not has_own_date:
        # From before midnight to after it, in times of day.
        end += timedelta(days=1)
    return start, end


def _moment(text: str, day: date | None, clock: Clock) -> datetime | None:
    if text in NOTHING:
        return None
    return (clock.read_on(day, text) if day else None) or clock.read(text)


def _problem_of(
    columns: Columns, start: datetime | None, end: datetime | None, minutes: float | None
) -> str | None:
    """Why a row cannot be evidence, or can be only of having been there."""
    if start is not None and end is not None:
        return BACKWARDS if end < start else None
    if minutes is not None:
        return None
    if start is not None:
        tells_how_long = {Role.LEAVE, Role.MINUTES} & set(columns.at)
        return NO_END if tells_how_long else None
    return NO_START if Role.JOIN in columns.at else NO_LENGTH


def read_actions(body: Body, columns: Columns, reading: Reading) -> Iterator[Entry]:
    """Stays out of rows that each say that somebody joined or left."""
    clock = _readers_of(body, columns, reading, are_sums=False).clock
    events: dict[str, list[tuple[datetime, str, int, str]]] = {}
    for number, row in body():
        name, email = columns.name(row), columns.cell(row, Role.EMAIL)
        moment, _ = _times(row, columns, clock)
        if not name and not email:
            yield RowProblem(number, NO_NAME)
        elif moment is None:
            yield RowProblem(number, NO_START)
        else:
            action = columns.cell(row, Role.ACTION).casefold()
            events.setdefault(email or name, []).append((moment, action, number, name))
    yield from _paired(events)


def _paired(events: dict[str, list[tuple[datetime, str, int, str]]]) -> Iterator[Entry]:
    """Joined and left, whatever they are called: the first thing that anybody does is to join."""
    for known in events.values():
        known.sort(key=lambda event: event[0])
    joins = {known[0][1] for known in events.values()}
    for key, known in events.items():
        email = key if "@" in key else ""
        since: tuple[datetime, int, str] | None = None
        for moment, action, number, name in known:
            if action in joins:
                since = since or (moment, number, name)
            elif since is not None:
                yield ImportRow(since[1], since[2] or key, email, since[0], moment)
                since = None
        if since is not None:
            yield ImportRow(since[1], since[2] or key, email, since[0], None)
            yield RowProblem(since[1], NO_END)
