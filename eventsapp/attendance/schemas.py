"""What a phone at the door sends: the shape is checked here, the meaning by the rules."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from eventsapp.core.errors import N_, Invalid

MOST_SCANS = 100
# A scan may wait on a phone over a whole workshop, hardly longer.
OLDEST = timedelta(days=30)
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


class NotScans(Invalid):
    message = N_("These are not scans of the door.")


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that a phone saw; ``age`` is how long ago, by that phone's own clock."""

    key: str
    code: str
    age: timedelta


def scans_of(sent: Any) -> tuple[Scan, ...]:
    """The scans of a request's JSON; raises NotScans for any other shape."""
    rows = sent.get("scans") if isinstance(sent, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_SCANS:
        raise NotScans
    return tuple(_scan(row) for row in rows)


def _scan(row: Any) -> Scan:
    if not isinstance(row, dict):
        raise NotScans
    key, code, age = row.get("key"), row.get("code"), row.get("age")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise NotScans
    if not isinstance(code, str) or len(code) > 20:
        raise NotScans
    if isinstance(age, bool) or not isinstance(age, int) or age < 0:
        raise NotScans
    return Scan(key, code, min(timedelta(seconds=min(age, 10**7)), OLDEST))
