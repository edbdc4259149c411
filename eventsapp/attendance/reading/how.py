"""How one file is to be read: what a person said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from eventsapp.attendance.reading.columns import Columns
from eventsapp.attendance.reading.times import Reading
from eventsapp.attendance.types import Interval


@dataclass(frozen=True, slots=True)
class HowToRead:
    """Columns where no layout fits, which of day and month comes first, and the day of times that
    have no date. What is empty the file has to tell itself."""

    columns: Columns | None = None
    order: str = ""
    day: date | None = None

    def reading(self, zone: ZoneInfo, around: Interval) -> Reading:
        return Reading(zone=zone, around=around, order=self.order, day=self.day)

    def to_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {} if self.columns is None else self.columns.to_json()
        return said | {"order": self.order, "day": self.day.isoformat() if self.day else ""}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "HowToRead":
        day = str(kept.get("day") or "")
        return cls(
            columns=Columns.from_json(kept) if "head" in kept else None,
            order=str(kept.get("order") or ""),
            day=date.fromisoformat(day) if day else None,
        )


@dataclass(frozen=True, slots=True)
class ColumnsDraft:
    """What a person says about a file's columns and times; ``keep_as`` is the name under which
    later files with the same head are read so, or empty."""

    how: HowToRead
    timezone: str
    keep_as: str = ""
