"""The words of registration and evidence."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventsapp.people.types import PersonDraft
from eventsapp.workshops.types import Mode


class RegistrationStatus(StrEnum):
    INVITED = "invited"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """Where a piece of evidence comes from."""

    QR = "qr"
    KIOSK = "kiosk"
    SHEET = "sheet"
    HEAD_COUNT = "head_count"
    VIDEO = "video"
    MANUAL = "manual"


class TookPart(StrEnum):
    """How somebody took part, as the evidence shows."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class RegistrationDraft:
    person: PersonDraft
    mode: Mode
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Aware times; ``end`` is after ``start``."""

    start: datetime
    end: datetime
