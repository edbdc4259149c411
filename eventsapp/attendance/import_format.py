"""The contract of an import layout: how one video tool writes who was in a call.

A layout is one module of ``import_formats`` that offers one ImportFormat. It is recognised by the
shape of its rows, never by file name or section titles, for those are translated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from eventsapp.attendance import import_formats
from eventsapp.attendance.types import Interval
from eventsapp.core.discover import find_plugins
from eventsapp.core.errors import N_, Invalid

Sheet = list[list[str]]


class UnknownLayout(Invalid):
    message = N_(
        "No known layout fits this file. Export the participants' report of the meeting, "
        "with the times at which each joined and left."
    )
    field = "file"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a layout needs to know besides the file: its zone, and when the workshop was.

    Times carry no offset and dates may be month-first or day-first: those are right that fall on
    the workshop's days.
    """

    zone: ZoneInfo
    around: Interval

    @property
    def days(self) -> Interval:
        """The workshop with the day before and after, as calls are opened early and left late."""
        return Interval(self.around.start - timedelta(days=1), self.around.end + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One stay in a call. ``number`` is the row in the file, from 1; a missing time is unknown."""

    number: int
    name: str
    email: str = ""
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be used, or only in part, and why: an English msgid with its values."""

    number: int
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    rows: tuple[ImportRow, ...]
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """``detect`` looks at the sheet's shape; ``read`` gives its rows and what is wrong."""

    key: str
    label: str
    detect: Callable[[Sheet], bool]
    read: Callable[[Sheet, Reading], Imported]


@cache
def all_formats() -> Mapping[str, ImportFormat]:
    return find_plugins(import_formats, ImportFormat)


def detect_format(sheet: Sheet) -> ImportFormat:
    """The layout of a sheet; raises UnknownLayout."""
    for layout in all_formats().values():
        if layout.detect(sheet):
            return layout
    raise UnknownLayout
