"""From when until when in one cell: 09:01 – 10:31, or 8/2/2022 09:01 to 10:31."""

import re
from datetime import date, datetime

from eventsapp.attendance.reading.times import Clock, clean, is_time, is_time_of_day

_BETWEEN = re.compile(r"\s*(?:–|—|→|->|\s-\s|-|\s(?:to|until|à|a|bis|إلى|الى|حتى)\s)\s*")

# Two dates with times in full; every dash of a longer text would be tried.
LONGEST = 100


def parts_of(text: str) -> tuple[str, str] | None:
    """The two times of a cell; None where it is not two."""
    if len(text) > LONGEST:
        return None
    cleaned = clean(text)
    for between in _BETWEEN.finditer(cleaned):
        first, second = cleaned[: between.start()], cleaned[between.end() :]
        if all(is_time(one) or is_time_of_day(one) for one in (first, second)):
            return first, second
    return None


def read_range(text: str, day: date | None, clock: Clock) -> tuple[datetime, datetime] | None:
    """Both moments; the second is on the day of the first where it has no date."""
    parts = parts_of(text)
    if parts is None:
        return None
    first = (clock.read_on(day, parts[0]) if day else None) or clock.read(parts[0])
    if first is None:
        return None
    there = first.astimezone(clock.zone).date()
    second = clock.read_on(there, parts[1]) or clock.read(parts[1])
    return None if second is None else (first, second)
