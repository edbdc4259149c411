"""What stands in the columns of a table, told by the cells and never by the heads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from eventsapp.attendance.reading.counted import is_digits, read_counted
from eventsapp.attendance.reading.lengths import Scale, is_length, is_number, set_scale
from eventsapp.attendance.reading.ranges import parts_of
from eventsapp.attendance.reading.stays import NOTHING
from eventsapp.attendance.reading.times import (
    ORDERS,
    Clock,
    is_date,
    is_dotted,
    is_time,
    is_time_of_day,
)
from eventsapp.people.rules import name_key

UTC_ZONE = ZoneInfo("UTC")
MOSTLY = 0.6
LONGEST_NAME = 80
LONGEST_COUNT = 19


class Kind(StrEnum):
    """What a cell is. ``CLOCK`` is 9:30 or 01:30:00: a time of day or a length; ``RANGE`` two
    times."""

    ADDRESS = "address"
    MOMENT = "moment"
    DATE = "date"
    CLOCK = "clock"
    RANGE = "range"
    LENGTH = "length"
    NUMBER = "number"
    WORDS = "words"
    OTHER = "other"


def kind_of(cell: str) -> Kind:
    checks = (
        (Kind.ADDRESS, _is_address),
        (Kind.NUMBER, is_number),
        (Kind.MOMENT, is_time),
        (Kind.MOMENT, is_digits),
        (Kind.DATE, is_date),
        (Kind.CLOCK, is_time_of_day),
        (Kind.LENGTH, is_length),
        (Kind.RANGE, is_range),
        (Kind.WORDS, _is_words),
    )
    return next((kind for kind, check in checks if check(cell)), Kind.OTHER)


def is_range(cell: str) -> bool:
    return parts_of(cell) is not None


def _is_address(cell: str) -> bool:
    before, at, after = cell.partition("@")
    return bool(before and at) and "." in after and " " not in cell.strip()


def _is_words(cell: str) -> bool:
    letters = sum(char.isalpha() for char in cell)
    return letters >= 2 and len(cell) <= LONGEST_NAME and letters >= len(cell.strip()) * 0.6


@dataclass(frozen=True, eq=False)
class Column:
    """The cells of a column, and what they have in common."""

    number: int
    cells: Sequence[str]

    @cached_property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell not in NOTHING]

    @cached_property
    def kinds(self) -> Counter[Kind]:
        return Counter(map(kind_of, self.filled))

    def is_mostly(self, *kinds: Kind) -> bool:
        wanted = sum(self.kinds[kind] for kind in kinds)
        return bool(self.filled) and wanted >= len(self.filled) * MOSTLY

    @cached_property
    def distinct(self) -> int:
        return len(set(self.filled))

    @cached_property
    def moments(self) -> list[datetime | None]:
        """As times in an order of day and month that reads most of them; only to compare them."""
        read = [[_moment(cell, Clock(order, UTC_ZONE)) for cell in self.cells] for order in ORDERS]
        return max(read, key=lambda found: sum(moment is not None for moment in found))

    def is_counted(self, first: date, last: date) -> bool:
        """Whether numbers are moments of these days: so many seconds or days, or all digits."""
        if not self.is_mostly(Kind.NUMBER):
            return False
        read = [read_counted(cell, UTC_ZONE) for cell in self.filled]
        near = sum(one is not None and first <= one.date() <= last for one in read)
        return near >= len(self.filled) * MOSTLY

    @property
    def is_dotted(self) -> bool:
        """Whether all numbers may be times of day, as 9.30 or 0930."""
        return bool(self.filled) and all(map(is_dotted, self.filled))

    @cached_property
    def minutes(self) -> list[float | None]:
        scale = set_scale(self.filled)
        return [_length(cell, scale) for cell in self.cells]

    @cached_property
    def is_counter(self) -> bool:
        """Whether it only numbers the rows."""
        numbers = [
            int(cell) for cell in self.filled if cell.isdecimal() and len(cell) < LONGEST_COUNT
        ]
        steps = [later - one for one, later in pairwise(numbers)]
        return len(numbers) > 1 and set(steps) == {1}

    @cached_property
    def words(self) -> float:
        """The mean count of words in a cell."""
        return sum(len(cell.split()) for cell in self.filled) / max(len(self.filled), 1)

    def known_names(self, names: frozenset[str]) -> float:
        """The share of words that stand in names of the roster, ``names`` as keys."""
        words = [word for cell in self.filled for word in name_key(cell).split()]
        return sum(word in names for word in words) / max(len(words), 1)

    def share_within(self, addresses: "Column") -> float:
        """The share of cells of which a word stands in the mail address beside it."""
        pairs = [
            (name_key(cell).split(), address.partition("@")[0].casefold())
            for cell, address in zip(self.cells, addresses.cells, strict=True)
            if address
        ]
        heard = sum(
            any(len(word) > 2 and word in local for word in words) for words, local in pairs
        )
        return heard / max(len(pairs), 1)


def _moment(cell: str, clock: Clock) -> datetime | None:
    return clock.read(cell) or clock.read_on(datetime(2000, 1, 1, tzinfo=UTC).date(), cell)


def _length(cell: str, scale: Scale) -> float | None:
    return None if cell in NOTHING else scale.read(cell)


def columns_of(rows: Iterable[Sequence[str]]) -> list[Column]:
    known = list(rows)
    width = max((len(row) for row in known), default=0)
    return [
        Column(number, [row[number].strip() if number < len(row) else "" for row in known])
        for number in range(width)
    ]


def is_within(moments: Iterable[datetime | None], start: time, end: time) -> bool:
    """Whether most times of day lie between two; the second may be of the next day."""
    hours = [moment.time() for moment in moments if moment is not None]
    if start <= end:
        inside = sum(start <= hour <= end for hour in hours)
    else:
        inside = sum(hour >= start or hour <= end for hour in hours)
    return bool(hours) and inside >= len(hours) * MOSTLY
