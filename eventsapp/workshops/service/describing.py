"""Describing a workshop: a new one, or one that people may already hang on."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.projects.models import Project
from eventsapp.workshops import queries, rules
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.follower import FOLLOWERS
from eventsapp.workshops.models import RefCounter, Workshop
from eventsapp.workshops.rules.changes import changed_aspects, is_shown_in_calendars
from eventsapp.workshops.service.locking import lock_workshop
from eventsapp.workshops.service.parts import describe_parts
from eventsapp.workshops.types import Mode, Status, WorkshopDraft

# Online workshops without a country count under this prefix.
NOWHERE = "ON"


@dataclass(frozen=True, slots=True)
class Described:
    """A workshop as it is described now; ``told`` people are written to about it, soon."""

    workshop: Workshop
    told: int


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
    workshop_id: int, draft: WorkshopDraft, *, tell: bool = True, by: Actor, now: datetime
) -> Described:
    """Replace a workshop's description; raises Stale when somebody else saved first.

    People who wait get the seats that were added; where ``tell``, those who have a place are
    written to if the time, the place, the agenda, a room or the joining link changed for them.
    """
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    if workshop.version != draft.version:
        raise Stale
    rules.check_draft(draft, taken=taken_of(workshop))
    before = draft_of(workshop)
    _describe(workshop, draft)
    if is_shown_in_calendars(before, draft):
        workshop.calendar_sequence += 1
    workshop.changed_at = now
    audit.record("workshop.described", f"workshop:{workshop.id}", by=by, now=now)
    db.session().flush()
    changed = changed_aspects(before, draft)
    follow = [one.follow for one in FOLLOWERS.values() if one.follow is not None]
    return Described(
        workshop, sum(one(workshop, changed, tell=tell, by=by, now=now) for one in follow)
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
    workshop.topics = queries.topics_with(draft.topics)
    workshop.revision = new_revision()
    describe_parts(workshop, draft, zone)


def new_revision() -> str:
    """A mark that no description had before: pages drawn from this one are kept under it."""
    return secrets.token_hex(8)


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
