"""The words of registration and evidence."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from eventsapp.core.texts import Texts
from eventsapp.people.types import ConsentChoice, PersonDraft
from eventsapp.questions.types import Answer, Question
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


class BatchStatus(StrEnum):
    """What became of an attendance file."""

    PREVIEW = "preview"
    CONFIRMED = "confirmed"
    UNDONE = "undone"


class BatchStage(StrEnum):
    """What an attendance file waits for: a person, a worker, or nobody."""

    COLUMNS = "columns"
    READING = "reading"
    READY = "ready"
    IMPORTING = "importing"


class PaperKind(StrEnum):
    """What an organiser prints: a list to sign for one day, or badges for all."""

    SHEET = "sheet"
    BADGES = "badges"


class FileState(StrEnum):
    """Whether a file that a worker makes is there."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class TookPart(StrEnum):
    """How somebody took part, as the evidence shows."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    BOTH = "both"


# They hold a place, wait for one, or still have to answer; the others are out.
EXPECTED = frozenset(RegistrationStatus) - {
    RegistrationStatus.DECLINED,
    RegistrationStatus.CANCELLED,
}
# Those who asked to take part, wherever that led so far.
REGISTERED = EXPECTED - {RegistrationStatus.INVITED}


class Message(StrEnum):
    """What participants are told by mail; each is a folder of ``templates/mail/attendance``."""

    INVITED = "invited"
    INVITED_AGAIN = "invited_again"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    PROMOTED = "promoted"
    MODE_CHANGED = "mode_changed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    JOINING = "joining"
    THANKS = "thanks"
    KNOWN_ALREADY = "known_already"
    CHANGED = "changed"
    WORKSHOP_CANCELLED = "workshop_cancelled"
    WORKSHOP_RESTORED = "workshop_restored"


@dataclass(frozen=True, slots=True)
class RegistrationDraft:
    """A wish to take part; ``consents`` and ``answers`` hold only what was asked.

    ``answers`` go by the key of the workshop's own question; None leaves them as they are.
    """

    person: PersonDraft
    mode: Mode
    group_id: int | None = None
    consents: tuple[ConsentChoice, ...] = ()
    answers: Mapping[str, Answer] | None = None


@dataclass(frozen=True, slots=True)
class OwnField:
    """A question of the workshop's own form: why it is asked, and how long answers are kept.

    ``keep_days`` count from the end of the workshop.
    """

    question: Question
    purpose: Texts
    keep_days: int

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.question.to_json(),
            "purpose": self.purpose.to_json(),
            "keep_days": self.keep_days,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "OwnField":
        return cls(
            question=Question.from_json(value["question"]),
            purpose=Texts.from_json(value["purpose"]),
            keep_days=value["keep_days"],
        )


@dataclass(frozen=True, slots=True)
class Setup:
    """How a workshop takes registrations. Hours count back from its start; 0 sends nothing."""

    needs_approval: bool = False
    reminder_hours: int = 24
    joining_hours: int = 2
    sends_thanks: bool = True
    fields: tuple[OwnField, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """The organiser's own words for a mail; what is empty stays as usual."""

    subject: str = ""
    opening: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class DelegationNote:
    """Who registered somebody, and for which institution."""

    head: str
    institution: str


@dataclass(frozen=True, slots=True)
class Approved:
    """What became of requests that were approved together."""

    confirmed: int
    waitlisted: int


class Interval(NamedTuple):
    """Aware times; ``end`` is after ``start``."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record of the ledger that still holds; a missing time is unknown, not zero.

    ``minutes`` is how long, where only that is known.
    """

    mode: Mode
    start: datetime | None = None
    end: datetime | None = None
    session_id: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """What somebody's evidence adds up to.

    ``online_minutes`` is None where no evidence tells how long; ``days`` counts local dates.
    """

    took_part: TookPart | None = None
    online_minutes: int | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class CertificateTerms:
    """What somebody's evidence must show: ``min_days`` with evidence, and for those who were only
    online at least ``min_online_minutes``; not offered, nobody gets a certificate."""

    is_offered: bool = False
    min_days: int = 1
    min_online_minutes: int = 0


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """What a workshop's registrations and evidence add up to; each person counts once.

    ``invited`` were asked to come, ``registered`` hold or held a place or wait for one (declined
    and cancelled are not among them), ``confirmed`` hold a place, ``attended`` left evidence.
    The ``by_...`` mappings count those who attended: by TookPart, by Sex (``by_sex`` is empty
    where the project does not report it), by ISO country code, by institution as people wrote
    it; what somebody did not say is counted under the empty key. ``registered_by`` gives the same
    for the registered, under ``mode`` (a Mode), ``sex``, ``country`` and ``institution``.
    ``attendances`` counts persons once for each day of their evidence.

    ``evidence`` leads from each figure to the registrations that it counts: ``attended``,
    ``by_mode.online``, ``by_sex.female``, ``by_group.<group id>``, ``by_sex_and_mode.female.both``.
    """

    invited: int
    registered: int
    confirmed: int
    waitlisted: int
    attended: int
    attendances: int
    by_mode: Mapping[str, int]
    by_sex: Mapping[str, int]
    by_country: Mapping[str, int]
    by_institution: Mapping[str, int]
    by_group: tuple[tuple[Texts, int], ...]
    by_sex_and_mode: tuple[tuple[str, str, int], ...]
    registered_by: Mapping[str, Mapping[str, int]]
    sessions: int
    days: int
    evidence: Mapping[str, tuple[int, ...]]


class Delivery(StrEnum):
    """How far a mail to somebody has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # given up, before the far end took it
    RETURNED = "returned"  # taken, and came back
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an organiser writes to; empty fields do not narrow. ``took_part`` is yes or no."""

    status: str = ""
    mode: str = ""
    took_part: str = ""
    language: str = ""
    group_id: int | None = None

    def to_json(self) -> dict[str, str | int]:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class CircularDraft:
    """A mail in the organiser's words, per language, to an audience."""

    subject: Texts
    body: Texts
    audience: Audience = Audience()
