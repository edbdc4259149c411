"""How long somebody was there, as exports write it: 90, 1h 30m 51s, 01:30:51, 1 ساعة 5 دقائق."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from eventsapp.attendance.reading.times import clean

_PART = r"(\d{1,6})\s?([^\W\d]{1,10})\.?[,،]?(?:\s?(?:et|and|و)(?=\s?\d))?\s?"
_WITH_UNITS = re.compile(rf"(?:{_PART}){{1,4}}")
_ONE_PART = re.compile(_PART)
_COLONS = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")
_HOURS_AND = re.compile(r"(\d{1,3})\s?h\s?(\d{2})")
_ISO = re.compile(
    r"p(?:(\d{1,3})d)?(?:t(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6}(?:[.,]\d{1,9})?)s)?)?"
)
_ANY_NUMBER = re.compile(r"\d{1,18}(?:[.,]\d{1,15})?")
_NUMBER = re.compile(r"(\d{1,6})(?:[.,](\d{1,15}))?")
# By how units begin in the languages that exports come in; the longest beginning decides.
_UNITS = {
    **dict.fromkeys(("d", "j", "tag", "día", "يوم", "أيام"), 1440.0),
    **dict.fromkeys(("h", "uur", "u", "st", "ora", "ore", "sa", "ώ", "год", "ч", "سا", "س"), 60.0),
    **dict.fromkeys(("m", "dk", "dak", "λ", "хв", "мин", "д", "دق", "د"), 1.0),
    **dict.fromkeys(("s", "sek", "sec", "sn", "δ", "с", "ثا", "ثو", "ث"), 1 / 60),
}
_LONGEST = max(map(len, _UNITS))
MINUTES_OF_A_DAY, LAST_HOUR = 1440, 23


def is_length(text: str) -> bool:
    """Whether a cell says how long, with units or as hours:minutes:seconds."""
    cleaned = clean(text)
    if _with_units(cleaned) is not None:
        return True
    found = _COLONS.fullmatch(cleaned)
    # 80:20 is no time of day.
    return found is not None and (found[3] is not None or int(found[1]) > LAST_HOUR)


def is_number(text: str) -> bool:
    return _ANY_NUMBER.fullmatch(text.strip()) is not None


@dataclass(frozen=True, slots=True)
class Scale:
    """How one file writes lengths: bare numbers as minutes or seconds, 12:30 as h:mm or m:ss."""

    number: float = 1.0
    pair: tuple[float, float] = (60.0, 1.0)

    def read(self, text: str) -> float | None:
        """Minutes; None for what says no length."""
        bare = text.strip()
        if found := _NUMBER.fullmatch(bare):
            return float(f"{found[1]}.{found[2] or 0}") * self.number
        cleaned = clean(text)
        if parts := _COLONS.fullmatch(cleaned):
            first, second, third = int(parts[1]), int(parts[2]), parts[3]
            if third is not None:
                return first * 60 + second + int(third) / 60
            return first * self.pair[0] + second * self.pair[1]
        return _with_units(cleaned)


def set_scale(texts: Iterable[str]) -> Scale:
    """More minutes than a day has are seconds; more hours than that are minutes."""
    longest_number, longest_first = 0.0, 0
    for text in texts:
        cleaned = text.strip()
        if found := _NUMBER.fullmatch(cleaned):
            longest_number = max(longest_number, float(found[1]))
        elif (parts := _COLONS.fullmatch(clean(text))) and parts[3] is None:
            longest_first = max(longest_first, int(parts[1]))
    return Scale(
        number=1 / 60 if longest_number > MINUTES_OF_A_DAY else 1.0,
        pair=(1.0, 1 / 60) if longest_first > LAST_HOUR else (60.0, 1.0),
    )


def _with_units(cleaned: str) -> float | None:
    if (found := _ISO.fullmatch(cleaned)) and any(found.groups()):
        days, hours, minutes, seconds = (
            float((part or "0").replace(",", ".")) for part in found.groups()
        )
        return days * MINUTES_OF_A_DAY + hours * 60 + minutes + seconds / 60
    if found := _HOURS_AND.fullmatch(cleaned):
        return int(found[1]) * 60.0 + int(found[2])
    if not _WITH_UNITS.fullmatch(cleaned):
        return None
    total = 0.0
    for number, unit in _ONE_PART.findall(cleaned):
        factor = _factor(unit)
        if factor is None:
            return None
        total += int(number) * factor
    return total


def _factor(unit: str) -> float | None:
    for length in range(min(len(unit), _LONGEST), 0, -1):
        if unit[:length] in _UNITS:
            return _UNITS[unit[:length]]
    return None
