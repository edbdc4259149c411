"""Dates and times as exports write them: without zone, in a locale that the file does not name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from eventsapp.attendance.reading.counted import read_counted
from eventsapp.attendance.reading.months import MONTHS
from eventsapp.attendance.reading.offsets import OFFSET, read_offset
from eventsapp.attendance.types import Interval
from eventsapp.core.errors import N_, Invalid

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day", "month", "year"
ORDERS = (MONTH_FIRST, DAY_FIRST, YEAR_FIRST)

_NUMBERS = r"(?P<a>\d{1,4})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{1,4})"
_NAMED = (
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-](?:de )?(?P<m>[^\W\d]{3,10})\.?(?: de)?,?[\s-]"
    r"(?P<y>\d{4}|\d{2})"
    r"|(?P<m2>[^\W\d]{3,10})\.?\s(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y2>\d{4})"
)
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?[,،]?\s)?"
_DATE = rf"{_WEEKDAY}(?:{_NUMBERS}|{_NAMED})"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::|\s?h\s?)(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap]\.?\s?m\.?|بعد الظهر|صباح(?:[اً]|ا[ً]|ًا)?|مساء(?:[اً]|ا[ً]|ًا)?|[صم]))?"
)
# Some write 9.30 or 0930; only where a time is expected, for it may be a number.
_DOTTED = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?:\.|(?<=\d\d))(?P<minute>[0-5]\d)")
_PATTERNS = (
    re.compile(rf"{_DATE}(?:[,،]?\s|\s?t\s?|[,،]?\s(?:at|à|في)\s){_CLOCK}{OFFSET}", re.IGNORECASE),
    re.compile(rf"{_CLOCK}{OFFSET}[,،]?\s{_DATE}", re.IGNORECASE),
)
# What nearly all cells look like is read without looking for what only some have.
_USUAL = re.compile(
    rf"{_NUMBERS}(?:,?\s|t)(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?:\s(?P<half>[ap])m)?",
    re.IGNORECASE,
)
_ONLY_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_ONLY_DATE = re.compile(_DATE, re.IGNORECASE)
_DIGITS = re.compile(r"\d.*\d")
_DATE_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?!\d)")
# Marks of direction that some locales add; spaces that are none are matched as spaces.
_MARKS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


Numbers = tuple[str, str, str]


class AmbiguousDates(Invalid):
    """Month-first and day-first both fit the workshop's days."""

    message = N_(
        "Day and month cannot be told apart in this file's dates. Say which of them comes first."
    )
    field = "order"


class DayMissing(Invalid):
    """Times without dates, and the workshop has several days."""

    message = N_("This file has times without dates. Say on which day the call was.")
    field = "day"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a layout needs to know besides the file: its zone, and when the workshop was.

    Times carry no offset and dates may be month-first or day-first: those are right that fall on
    the workshop's days, unless a person said the ``order``, or the ``day`` of times without date.
    """

    zone: ZoneInfo
    around: Interval
    order: str = ""
    day: date | None = None

    @property
    def days(self) -> list[date]:
        """The workshop's local dates."""
        first = self.around.start.astimezone(self.zone).date()
        last = self.around.end.astimezone(self.zone).date()
        return [first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1)]

    @property
    def only_day(self) -> date | None:
        return self.day or (self.days[0] if len(self.days) == 1 else None)


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads the times of one file, all in one order of day and month."""

    order: str
    zone: ZoneInfo
    # The day of times that have none.
    day: date | None = None

    def read(self, text: str) -> datetime | None:
        """The moment in UTC; None for what is no time with a date."""
        match = _USUAL.fullmatch(text)
        if match is not None:
            return self._usual(match.groups())
        cleaned = clean(text)
        for pattern in _PATTERNS:
            if found := pattern.fullmatch(cleaned):
                return self._moment(found.groupdict())
        return read_counted(cleaned, self.zone) or self.read_on(self.day, cleaned)

    def read_on(self, day: date | None, text: str) -> datetime | None:
        """The moment of a time of day; None for what is none."""
        cleaned = clean(text)
        found = _ONLY_CLOCK.fullmatch(cleaned) or _DOTTED.fullmatch(cleaned)
        if found is None or day is None:
            return None
        hours = _time_of({"half": None, "second": None, **found.groupdict()})
        return None if hours is None else self._local(day, hours)

    def read_date(self, text: str) -> date | None:
        """The date of a cell that holds one, with or without a time."""
        cleaned = clean(text)
        for pattern in (_ONLY_DATE, *_PATTERNS):
            if found := pattern.fullmatch(cleaned):
                return _date_of(found.groupdict(), self.order)
        counted = read_counted(cleaned, self.zone)
        return counted.astimezone(self.zone).date() if counted else None

    def _usual(self, parts: Sequence[str | Any]) -> datetime | None:
        """As ``_moment``, for the many: what does not differ from row to row is kept."""
        a, b, c, hour, minute, second, half = parts
        day = _numbered((a, b, c), self.order)
        hours = _hour(int(hour), half)
        minutes, seconds = int(minute), int(second or 0)
        if day is None or hours > 23 or minutes > 59 or seconds > 59:
            return None
        midnight = _even_midnight(day, self.zone)
        if midnight is None:
            return self._local(day, time(hours, minutes, seconds))
        return midnight + timedelta(0, hours * 3600 + minutes * 60 + seconds)

    def _moment(self, parts: dict[str, str | None]) -> datetime | None:
        day, hours = _date_of(parts, self.order), _time_of(parts)
        if day is None or hours is None:
            return None
        offset = read_offset(parts.get("offset") or "")
        if offset is not None:
            return datetime.combine(day, hours, offset).astimezone(UTC)
        return self._local(day, hours)

    def _local(self, day: date, hours: time) -> datetime:
        return datetime.combine(day, hours, self.zone).astimezone(UTC)


def clean(text: str) -> str:
    """Without marks of direction, quotes and more space than there must be, in lower case."""
    return " ".join(_MARKS.sub("", text).strip("\"' ").casefold().split())


def is_time(text: str) -> bool:
    """Whether a cell is a date with a time, in whichever order."""
    if not _DIGITS.search(text):
        return False
    cleaned = clean(text)
    found = next((match for one in _PATTERNS if (match := one.fullmatch(cleaned))), None)
    if found is None or _time_of(found.groupdict()) is None:
        return False
    return any(_date_of(found.groupdict(), order) is not None for order in ORDERS)


def is_time_of_day(text: str) -> bool:
    found = _ONLY_CLOCK.fullmatch(clean(text))
    return found is not None and _time_of(found.groupdict()) is not None


def is_dotted(text: str) -> bool:
    """Whether it is a time of day such as 9.30 or 0930, where a time is expected."""
    return _DOTTED.fullmatch(clean(text)) is not None


def is_date(text: str) -> bool:
    found = _ONLY_DATE.fullmatch(clean(text))
    return found is not None and any(
        _date_of(found.groupdict(), order) is not None for order in ORDERS
    )


def set_clock(texts: Iterable[str], reading: Reading) -> Clock:
    """The clock that reads these texts; see ``Dates.clock``."""
    dates = Dates()
    for text in texts:
        dates.add(text)
    return dates.clock(reading)


class Dates:
    """How often which date in numbers stands in a file; files of thousands of rows have few."""

    def __init__(self) -> None:
        self._found: Counter[Numbers] = Counter()
        # By what a time begins with, which is the same for thousands.
        self._known: dict[str, Numbers] = {}

    def add(self, text: str) -> None:
        start = text[:10]
        numbers = self._known.get(start)
        if numbers is None:
            match = _DATE_NUMBERS.search(text if text.isascii() else _MARKS.sub("", text))
            if match is None:
                return
            numbers = (match[1], match[2], match[3])
            if match.end() <= len(start) and text.isascii():
                self._known[start] = numbers
        self._found[numbers] += 1

    def clock(self, reading: Reading) -> Clock:
        """The clock that reads these dates. Raises AmbiguousDates when two orders fit equally.

        Of the orders in which most are dates, the one is right of which most are near the
        workshop's.
        """
        if reading.order:
            return Clock(reading.order, reading.zone, reading.only_day)
        fit = {order: _fit(self._found, order, reading) for order in ORDERS}
        best = [order for order in ORDERS if fit[order] == max(fit.values())]
        read = [[_numbered(numbers, order) for numbers in self._found] for order in best]
        if any(found != read[0] for found in read):
            raise AmbiguousDates
        return Clock(best[0], reading.zone, reading.only_day)


def _fit(dates: Counter[Numbers], order: str, reading: Reading) -> tuple[int, int]:
    """How many are dates, and how many of them fall on the workshop's days or next to them."""
    first, last = reading.days[0] - timedelta(days=1), reading.days[-1] + timedelta(days=1)
    read = [(_numbered(numbers, order), count) for numbers, count in dates.items()]
    return (
        sum(count for day, count in read if day is not None),
        sum(count for day, count in read if day is not None and first <= day <= last),
    )


def _date_of(parts: dict[str, str | None], order: str) -> date | None:
    if (a := parts.get("a")) is not None:
        return _numbered((a, parts["b"] or "", parts["c"] or ""), order)
    month = MONTHS.get(parts.get("m") or parts.get("m2") or "", 0)
    return _date(parts.get("y") or parts.get("y2"), month, parts.get("d") or parts.get("d2"))


@lru_cache(maxsize=4096)
def _numbered(numbers: Numbers, order: str) -> date | None:
    a, b, c = numbers
    if len(a) == 4 or order == YEAR_FIRST:
        return _date(a, b, c) if len(a) in {2, 4} and len(c) <= 2 else None
    if len(c) not in {2, 4}:
        return None
    return _date(c, b, a) if order == DAY_FIRST else _date(c, a, b)


def _date(year: str | None, month: str | int, day: str | None) -> date | None:
    whole = int(year or 0)
    try:
        return date(whole + 2000 if whole < 100 else whole, int(month), int(day or 0))
    except ValueError:
        return None


def _time_of(parts: dict[str, str | None]) -> time | None:
    hour = _hour(int(parts["hour"] or 0), parts["half"])
    try:
        return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half[0] in "pPمب" else 0)


@lru_cache(maxsize=4096)
def _even_midnight(day: date, zone: ZoneInfo) -> datetime | None:
    """The begin of a day in UTC; None for a day on which the zone's clocks change."""
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day, time(23, 59, 59), zone)
    return start.astimezone(UTC) if start.utcoffset() == end.utcoffset() else None
