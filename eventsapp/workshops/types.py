"""The words of a workshop, and the drafts that forms hand over."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eventsapp.core.texts import NO_TEXT, Texts


class Format(StrEnum):
    """How a workshop is held."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


class Mode(StrEnum):
    """How one person takes part."""

    IN_PERSON = "in_person"
    ONLINE = "online"


class Aspect(StrEnum):
    """What people who take part must learn of when it changes."""

    WHEN = "when"
    WHERE = "where"
    AGENDA = "agenda"
    ROOM = "room"
    LINK = "link"


# Whom a change of each aspect concerns, by how they take part.
CONCERNS = {
    Mode.IN_PERSON: frozenset({Aspect.WHEN, Aspect.WHERE, Aspect.AGENDA, Aspect.ROOM}),
    Mode.ONLINE: frozenset({Aspect.WHEN, Aspect.AGENDA, Aspect.LINK}),
}


class Status(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class ImportStatus(StrEnum):
    """What became of a sheet of workshops."""

    PREVIEW = "preview"
    CONFIRMED = "confirmed"
    UNDONE = "undone"


# What anybody may see; a draft is seen by those who run it.
PUBLIC_STATUSES = frozenset(Status) - {Status.DRAFT}


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """An agenda item; times are wall-clock times in the workshop's zone, without offset.

    ``id`` is that of the item it describes anew: evidence must stay with its session, wherever
    that moves in the agenda.
    """

    title: Texts
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    # Which of the draft's further venues, counted from 0; None is the workshop's own place.
    venue: int | None = None
    join_link: str = ""
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class VenueDraft:
    """A further place; sessions may be held there."""

    name: str
    address: str = ""
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class MemberDraft:
    name: str
    mode: Mode
    function: str = ""
    email: str = ""
    language: str = "en"
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TeamDraft:
    name: Texts
    members: tuple[MemberDraft, ...] = ()
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group of participants, named in the plural: "Libyan officials"."""

    name: Texts
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class WorkshopDraft:
    """A workshop as somebody describes it.

    ``starts_at`` and ``ends_at`` are wall-clock times in ``timezone`` (an IANA name), without
    offset; ``seats_*`` are upper limits, 0 where the format has no such mode.
    """

    project_id: int
    title: Texts
    starts_at: datetime
    ends_at: datetime
    timezone: str
    format: Format
    seats_in_person: int = 0
    seats_online: int = 0
    venue: str = ""
    city: Texts = NO_TEXT
    country_code: str = ""
    address: str = ""
    join_link: str = ""
    rationale: Texts = NO_TEXT
    objectives: tuple[Texts, ...] = ()
    outlook: Texts = NO_TEXT
    sessions: tuple[SessionDraft, ...] = ()
    teams: tuple[TeamDraft, ...] = ()
    groups: tuple[GroupDraft, ...] = ()
    languages: tuple[str, ...] = ("en",)
    topics: tuple[int, ...] = ()
    venues: tuple[VenueDraft, ...] = ()
    is_demonstration: bool = False
    version: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Presenting:
    """Somebody who presents a session, by their ids, and how they join for it."""

    session_id: int
    member_id: int
    mode: Mode
