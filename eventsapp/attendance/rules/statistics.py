"""Counts of people, crossed by what is known of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Dimension(StrEnum):
    """What people are told apart by."""

    SEX = "sex"
    INSTITUTION = "institution"
    COUNTRY = "country"
    MODE = "mode"


class Measure(StrEnum):
    """What is counted: persons, each once, or what they add up to."""

    INVITED = "invited"
    REGISTERED = "registered"
    ATTENDED = "attended"
    DAYS = "days"
    SESSIONS = "sessions"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Counted:
    """One registration: what it is counted by, and for how much in each measure.

    ``mode`` is how they took part; for who did not, how they wanted to.
    """

    sex: str
    institution: str
    country: str
    mode: str
    is_invited: bool
    is_registered: bool
    has_attended: bool
    days: int
    sessions: int
    minutes: int


_MEASURED: Mapping[Measure, Callable[[Counted], int]] = {
    Measure.INVITED: lambda row: int(row.is_invited),
    Measure.REGISTERED: lambda row: int(row.is_registered),
    Measure.ATTENDED: lambda row: int(row.has_attended),
    Measure.DAYS: lambda row: row.days,
    Measure.SESSIONS: lambda row: row.sessions,
    Measure.MINUTES: lambda row: row.minutes,
}


def measured(row: Counted, measure: Measure) -> int:
    return _MEASURED[measure](row)


def valued(row: Counted, dimension: Dimension) -> str:
    return str(getattr(row, dimension))


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by row and column with their sums; the largest rows and columns come first."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]

    def cell(self, row: str, column: str) -> int:
        return self.cells.get((row, column), 0)

    def of_row(self, row: str) -> int:
        return sum(self.cell(row, column) for column in self.columns)

    def of_column(self, column: str) -> int:
        return sum(self.cell(row, column) for row in self.rows)

    @property
    def total(self) -> int:
        return sum(self.cells.values())


def cross(
    counted: Iterable[Counted], rows: Dimension, columns: Dimension, measure: Measure
) -> CrossTable:
    """Only what has something to count gets a row or a column."""
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for one in counted:
        if amount := measured(one, measure):
            cells[valued(one, rows), valued(one, columns)] += amount
    return CrossTable(_ordered(cells, 0), _ordered(cells, 1), dict(cells))


def _ordered(cells: Mapping[tuple[str, str], int], side: int) -> tuple[str, ...]:
    sums: dict[str, int] = defaultdict(int)
    for key, count in cells.items():
        sums[key[side]] += count
    return tuple(sorted(sums, key=lambda value: (-sums[value], value)))


def combined(
    counted: Iterable[Counted], dimensions: Iterable[Dimension]
) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """All measures for each combination of values that occurs, in the order of the values."""
    told = tuple(dimensions)
    sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(Measure))
    for one in counted:
        key = tuple(valued(one, dimension) for dimension in told)
        for at, measure in enumerate(Measure):
            sums[key][at] += measured(one, measure)
    return [(key, tuple(sums[key])) for key in sorted(sums)]
