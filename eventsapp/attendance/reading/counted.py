"""Moments that are written as one number: seconds since 1970, days of a spreadsheet, all digits."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# Seconds from 2001 to 2100, or milliseconds.
_SINCE_1970 = re.compile(r"([1-3]\d{9})(?:\d{3}|[.,]\d{1,6})?")
# Days of a spreadsheet from 1970 to 2119; the fraction is the time.
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d{1,15}))?")
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 80_000
_SERIAL_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - wall-clock time of a spreadsheet
_DIGITS = re.compile(
    r"(20\d{2}[01]\d[0-3]\d)[t\s]?([0-2]\d[0-5]\d)([0-5]\d)?(?:\.\d{1,6})?(z)?", re.IGNORECASE
)


def is_digits(text: str) -> bool:
    """Whether a cell is a moment such as 20220208T090100."""
    return _DIGITS.fullmatch(text.strip()) is not None


def read_counted(text: str, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC; None for a number that is none. Without offset it is meant in ``zone``."""
    if not text[:1].isdecimal():
        return None
    if found := _SINCE_1970.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    if found := _SERIAL.fullmatch(text):
        return _of_serial(int(found[1]), found[2] or "0", zone)
    found = _DIGITS.fullmatch(text)
    if found is None:
        return None
    try:
        local = datetime.strptime(found[1] + found[2] + (found[3] or "00"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - below
    except ValueError:
        return None
    return local.replace(tzinfo=UTC if found[4] else zone).astimezone(UTC)


def _of_serial(days: int, fraction: str, zone: ZoneInfo) -> datetime | None:
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return None
    seconds = round(float(f"0.{fraction}") * 86_400)
    return (_SERIAL_0 + timedelta(days, seconds)).replace(tzinfo=zone).astimezone(UTC)
