"""Use cases of workshops: the only place that writes them."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.projects.models import Project
from eventsapp.workshops import rules
from eventsapp.workshops.models import (
    Objective,
    ParticipantGroup,
    PresentingTeam,
    RefCounter,
    TeamMember,
    Workshop,
    WorkshopSession,
)
from eventsapp.workshops.types import Mode, Status, TeamDraft, WorkshopDraft

Part = TypeVar("Part")

# Online workshops without a country count under this prefix.
NOWHERE = "ON"


@transaction
def register_workshop(
    draft: WorkshopDraft, *, by: Actor, now: datetime, key: CreationKey | None = None
) -> Workshop:
    """Register a new workshop as a draft; its organiser is the one who registers it."""
    rules.check_draft(draft)
    db.get(Project, draft.project_id)

    def create() -> Workshop:
        workshop = Workshop(
            ref=_next_ref(draft),
            project_id=draft.project_id,
            owner_id=by.id,
            status=Status.DRAFT,
            is_demonstration=draft.is_demonstration,
            created_at=now,
            changed_at=now,
        )
        _describe(workshop, draft)
        session = db.session()
        session.add(workshop)
        session.flush()
        audit.record(
            "workshop.registered",
            f"workshop:{workshop.id}",
            by=by,
            now=now,
            detail={"ref": workshop.ref},
        )
        return workshop

    return once(key, create, Workshop, now=now)


@transaction
def describe_workshop(
    workshop_id: int, draft: WorkshopDraft, *, by: Actor, now: datetime
) -> Workshop:
    """Replace a workshop's description; raises Stale when somebody else saved first."""
    workshop = db.get(Workshop, workshop_id)
    rules.check_may_manage(workshop, by=by)
    if workshop.version != draft.version:
        raise Stale
    rules.check_draft(draft, taken=taken_of(workshop))
    was = _what_calendars_show(workshop)
    _describe(workshop, draft)
    if _what_calendars_show(workshop) != was:
        workshop.calendar_sequence += 1
    workshop.changed_at = now
    audit.record("workshop.described", f"workshop:{workshop.id}", by=by, now=now)
    return workshop


@transaction
def change_status(workshop_id: int, to: Status, *, by: Actor, now: datetime) -> Workshop:
    """Bring a workshop a step on; cancelling, which mails people, is attendance's."""
    workshop = db.get(Workshop, workshop_id)
    rules.check_may_manage(workshop, by=by)
    rules.check_status_change(workshop, to, now=now)
    _set_status(workshop, to, by=by, now=now)
    return workshop


@transaction
def note_reported(workshop_id: int, *, by: Actor, now: datetime) -> None:
    """Note that the first edition of its report was issued."""
    workshop = db.get(Workshop, workshop_id)
    if workshop.status in {Status.HELD, Status.CLOSED, Status.OPEN}:
        _set_status(workshop, Status.REPORTED, by=by, now=now)


def _set_status(workshop: Workshop, to: Status, *, by: Actor, now: datetime) -> None:
    was, workshop.status = workshop.status, to
    workshop.changed_at = now
    audit.record(
        "workshop.status_changed",
        f"workshop:{workshop.id}",
        by=by,
        now=now,
        detail={"from": was, "to": to},
    )


def taken_of(workshop: Workshop) -> dict[Mode, int]:
    return {Mode.IN_PERSON: workshop.taken_in_person, Mode.ONLINE: workshop.taken_online}


def _describe(workshop: Workshop, draft: WorkshopDraft) -> None:
    zone = ZoneInfo(draft.timezone)
    seats = rules.seats_of(draft)
    workshop.project_id = draft.project_id
    workshop.title = draft.title
    workshop.search_key = "\n".join(draft.title.by_lang.values()).casefold()
    workshop.starts_at = rules.to_utc(draft.starts_at, zone)
    workshop.ends_at = rules.to_utc(draft.ends_at, zone)
    workshop.timezone = draft.timezone
    workshop.format = draft.format
    workshop.seats_in_person = seats[Mode.IN_PERSON]
    workshop.seats_online = seats[Mode.ONLINE]
    workshop.venue = draft.venue
    workshop.city = draft.city
    workshop.country_code = draft.country_code
    workshop.address = draft.address
    workshop.join_link = draft.join_link
    workshop.rationale = draft.rationale
    workshop.outlook = draft.outlook
    workshop.languages = list(draft.languages)
    _replace_parts(workshop, draft, zone)


def _replace_parts(workshop: Workshop, draft: WorkshopDraft, zone: ZoneInfo) -> None:
    """Lists keep their rows where they can: evidence points at sessions and groups."""
    _align(workshop.objectives, len(draft.objectives), Objective)
    for row, text in zip(workshop.objectives, draft.objectives, strict=True):
        row.text = text
    _align(workshop.sessions, len(draft.sessions), WorkshopSession)
    for item, wanted in zip(workshop.sessions, draft.sessions, strict=True):
        item.title, item.room = wanted.title, wanted.room
        item.starts_at = rules.to_utc(wanted.starts_at, zone)
        item.ends_at = rules.to_utc(wanted.ends_at, zone)
    _align(workshop.groups, len(draft.groups), ParticipantGroup)
    for group, named in zip(workshop.groups, draft.groups, strict=True):
        group.name = named.name
    _align(workshop.teams, len(draft.teams), PresentingTeam)
    for team, described in zip(workshop.teams, draft.teams, strict=True):
        _describe_team(team, described)


def _describe_team(team: PresentingTeam, draft: TeamDraft) -> None:
    team.name = draft.name
    _align(team.members, len(draft.members), TeamMember)
    for row, wanted in zip(team.members, draft.members, strict=True):
        row.name, row.mode, row.function = wanted.name, wanted.mode, wanted.function


def _align(rows: list[Part], wanted: int, make: Callable[..., Part]) -> None:
    del rows[wanted:]
    rows.extend(make(position=position) for position in range(len(rows), wanted))


def _what_calendars_show(workshop: Workshop) -> tuple[object, ...]:
    return (
        workshop.starts_at,
        workshop.ends_at,
        workshop.title,
        workshop.venue,
        workshop.city,
        workshop.address,
        workshop.join_link,
    )


def _next_ref(draft: WorkshopDraft) -> str:
    """``LY-2022-001``: country, year and a number that is never given twice."""
    prefix = f"{draft.country_code or NOWHERE}-{draft.starts_at.year:04d}"
    statement = (
        db.insert_for(RefCounter)
        .values(prefix=prefix, last=1)
        .on_conflict_do_update(index_elements=["prefix"], set_={"last": RefCounter.last + 1})
        .returning(RefCounter.last)
    )
    number = db.session().execute(statement).scalar_one()
    return f"{prefix}-{number:03d}"
