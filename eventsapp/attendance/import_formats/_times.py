"""Dates and times as exports write them: without zone, in a locale that the file does not name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from eventsapp.attendance.import_format import Reading

# Year first is never ambiguous; the others are tried both ways and held against the workshop.
_DATES = {
    "year": re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
    "month": re.compile(r"(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4}|\d{2})"),
    "day": re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d{2})"),
    "month name": re.compile(r"(?P<b>[a-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})"),
    "name of month": re.compile(r"(?P<d>\d{1,2}) (?P<b>[a-z]{3,9})\.? (?P<y>\d{4})"),
}
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?: ?(?P<half>[ap])\.?m\.?)?"
_PATTERNS = {
    order: re.compile(rf"{pattern.pattern}(?:,|t)? ?{_TIME}") for order, pattern in _DATES.items()
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Spaces that look like one but are not, and marks of direction that some locales add.
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MARKS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


class AmbiguousDates(ValueError):
    """Month-first and day-first both fall on the workshop's days."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads the times of one file, all in one order of day and month."""

    order: str
    zone: ZoneInfo

    def read(self, text: str) -> datetime | None:
        """The moment in UTC; None for what is no time."""
        local = _parse(clean(text), self.order)
        return None if local is None else local.replace(tzinfo=self.zone).astimezone(UTC)


def clean(text: str) -> str:
    """One kind of space and digit, no marks, lower case."""
    plain = _SPACES.sub(" ", _MARKS.sub("", text)).strip()
    return plain.translate(_ARABIC_DIGITS).casefold()


def is_time(text: str) -> bool:
    cleaned = clean(text)
    return any(_parse(cleaned, order) is not None for order in _PATTERNS)


def set_clock(texts: Iterable[str], reading: Reading) -> Clock:
    """The clock that reads these texts. Raises AmbiguousDates when two orders fit equally well.

    Of the orders in which most texts are dates, the one is right of which most are near the
    workshop's.
    """
    times = [clean(text) for text in dict.fromkeys(texts)]
    read = {
        clock: [moment for text in times if (moment := clock.read(text)) is not None]
        for clock in (Clock(order, reading.zone) for order in _PATTERNS)
    }
    fit = {
        clock: (len(moments), sum(_is_near(moment, reading) for moment in moments))
        for clock, moments in read.items()
    }
    best = [clock for clock in read if fit[clock] == max(fit.values())]
    if any(read[clock] != read[best[0]] for clock in best):
        raise AmbiguousDates
    return best[0]


def _is_near(moment: datetime, reading: Reading) -> bool:
    return reading.days.start <= moment <= reading.days.end


def _parse(text: str, order: str) -> datetime | None:
    match = _PATTERNS[order].fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _month_named(parts.get("b") or "")
    year = int(parts["y"])
    try:
        return datetime(  # noqa: DTZ001 - the zone is the caller's
            year + 2000 if year < 100 else year,
            month,
            int(parts["d"]),
            _hour(int(parts["hour"]), parts["half"]),
            int(parts["minute"]),
            int(parts["second"] or 0),
        )
    except ValueError:
        return None


def _month_named(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half == "p" else 0)
