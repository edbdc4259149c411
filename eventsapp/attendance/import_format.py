"""The contract of an import layout: how one video tool writes who was in a call.

A layout is one module of ``import_formats`` that offers one ImportFormat. It is recognised by the
shape of its rows, never by file name or section titles, for those are translated.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from eventsapp.attendance import import_formats
from eventsapp.attendance.reading.entries import Entry, ImportRow, RowProblem
from eventsapp.attendance.reading.times import Reading
from eventsapp.core.discover import find_plugins
from eventsapp.core.errors import N_, Invalid
from eventsapp.edge.tables import Table

__all__ = [
    "SAMPLE_ROWS",
    "Entry",
    "ImportFormat",
    "ImportRow",
    "Reading",
    "RowProblem",
    "Sheet",
    "UnknownLayout",
    "all_formats",
    "detect_format",
    "find_format",
]

Sheet = list[list[str]]
# A layout shows within the first rows of a file, whatever its length.
SAMPLE_ROWS = 200


class UnknownLayout(Invalid):
    message = N_(
        "No known layout fits this file. Export the participants' report of the meeting, "
        "with the times at which each joined and left."
    )
    field = "file"


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """``detect`` looks at the first rows; ``read`` gives the stays and what is wrong, in order.

    ``read`` may go through the table more than once and keeps no more of it than it must. It
    raises AmbiguousDates and DayMissing before it gives anything.
    """

    key: str
    label: str
    detect: Callable[[Sheet], bool]
    read: Callable[[Table, Reading], Iterator[Entry]]


@cache
def all_formats() -> Mapping[str, ImportFormat]:
    return find_plugins(import_formats, ImportFormat)


def find_format(sample: Sheet) -> ImportFormat | None:
    """The layout of a file, by its first rows."""
    return next((layout for layout in all_formats().values() if layout.detect(sample)), None)


def detect_format(sample: Sheet) -> ImportFormat:
    """As ``find_format``; raises UnknownLayout."""
    layout = find_format(sample)
    if layout is None:
        raise UnknownLayout
    return layout
