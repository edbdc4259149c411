"""The parts of a workshop: each keeps its row, for registrations and evidence point at it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.texts import Texts
from eventsapp.workshops import rules
from eventsapp.workshops.follower import Reference, references_to
from eventsapp.workshops.models import (
    Objective,
    ParticipantGroup,
    PresentingTeam,
    TeamMember,
    Venue,
    Workshop,
    WorkshopSession,
)
from eventsapp.workshops.types import TeamDraft, WorkshopDraft

# Positions are unique: rows that change places first step aside, beyond any that is in use.
ASIDE = 10_000


class Placed(Protocol):
    id: int
    position: int


class Described(Protocol):
    @property
    def id(self) -> int | None: ...


Part = TypeVar("Part", bound=Placed)


def describe_parts(workshop: Workshop, draft: WorkshopDraft, zone: ZoneInfo) -> None:
    """Replace what the workshop consists of. Raises the refusal of whoever points at a part that
    is not among them any more."""
    _check_removed(workshop.sessions, draft.sessions, "sessions")
    _check_removed(workshop.groups, draft.groups, "groups")
    _align(workshop.objectives, len(draft.objectives))
    for row, text in zip(workshop.objectives, draft.objectives, strict=True):
        row.text = text
    _match(workshop.venues, draft.venues, Venue)
    for venue, named in zip(workshop.venues, draft.venues, strict=True):
        venue.name, venue.address = named.name, named.address
    _match(workshop.sessions, draft.sessions, WorkshopSession)
    for item, wanted in zip(workshop.sessions, draft.sessions, strict=True):
        item.title, item.room = wanted.title, wanted.room
        item.venue = None if wanted.venue is None else workshop.venues[wanted.venue]
        item.join_link = wanted.join_link or None
        item.starts_at = rules.to_utc(wanted.starts_at, zone)
        item.ends_at = rules.to_utc(wanted.ends_at, zone)
    _match(workshop.groups, draft.groups, ParticipantGroup)
    for group, called in zip(workshop.groups, draft.groups, strict=True):
        group.name = called.name
    _match(workshop.teams, draft.teams, PresentingTeam)
    for team, described in zip(workshop.teams, draft.teams, strict=True):
        _describe_team(team, described)


def _describe_team(team: PresentingTeam, draft: TeamDraft) -> None:
    team.name = draft.name
    _match(team.members, draft.members, TeamMember)
    for row, wanted in zip(team.members, draft.members, strict=True):
        row.name, row.mode, row.function = wanted.name, wanted.mode, wanted.function
        if row.email != wanted.email:
            # Another mailbox has not been written to yet.
            row.email, row.told_at = wanted.email, None
        row.language = wanted.language


def _align(rows: list[Objective], wanted: int) -> None:
    """Nothing points at objectives: the first rows keep their places."""
    del rows[wanted:]
    rows.extend(Objective(position=position) for position in range(len(rows), wanted))


def _match(rows: list[Part], drafts: Sequence[Described], make: Callable[..., Part]) -> None:
    """Bring the rows into the order of the drafts: known ones by their id, new ones made."""
    known = {row.id: row for row in rows}
    matched = [known.pop(draft.id or 0, None) for draft in drafts]
    if known or [row for row in matched if row is not None] != rows[: len(matched)]:
        _step_aside(rows, keep=[row for row in matched if row is not None])
    rows[:] = [row if row is not None else make() for row in matched]
    for position, row in enumerate(rows):
        row.position = position


def _step_aside(rows: list[Part], *, keep: list[Part]) -> None:
    for number, row in enumerate(rows):
        row.position = ASIDE + number
    rows[:] = keep
    db.session().flush()


def _check_removed(
    rows: Iterable[WorkshopSession] | Iterable[ParticipantGroup],
    drafts: Sequence[Described],
    field: str,
) -> None:
    kept = {draft.id for draft in drafts}
    for row in rows:
        if row.id not in kept:
            for reference in references_to(row.__tablename__):
                _check_unused(row.id, _name_of(row), reference, field)


def _name_of(row: WorkshopSession | ParticipantGroup) -> Texts:
    return row.title if isinstance(row, WorkshopSession) else row.name


def _check_unused(part_id: int, name: Texts, reference: Reference, field: str) -> None:
    counted = sa.select(sa.func.count()).where(reference.column == part_id)
    count = db.session().scalar(counted) or 0
    if count:
        raise reference.refusal(field=field, name=name, count=count)
