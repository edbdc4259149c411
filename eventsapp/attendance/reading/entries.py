"""What is read out of a file: stays in a call, and rows that cannot be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from eventsapp.core.errors import N_


class ImportRow(NamedTuple):
    """One stay in a call. ``number`` is the row in the file, from 1; a missing time is unknown.

    ``minutes`` is given only where the file tells how long and not from when until when.
    """

    number: int
    name: str
    email: str = ""
    start: datetime | None = None
    end: datetime | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be used, or only in part, and why: an English msgid with its values."""

    number: int
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


Entry = ImportRow | RowProblem

NO_NAME = N_("There is no name.")
TOTAL = N_("This row adds others up; it is nobody's.")
NO_START = N_("The time of joining is missing or cannot be read.")
NO_END = N_(
    "The time of leaving is missing or cannot be read, so how long is unknown; the file may be "
    "cut off."
)
NO_LENGTH = N_("How long is missing or cannot be read.")
BACKWARDS = N_("It ends before it starts.")
