"""Making further workshops of one that exists: on other dates, with nobody registered yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.workshops import rules
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.follower import FOLLOWERS
from eventsapp.workshops.models import Workshop, WorkshopSeries
from eventsapp.workshops.service.describing import register_workshop
from eventsapp.workshops.service.locking import lock_workshop
from eventsapp.workshops.service.presenting import assign_presenters
from eventsapp.workshops.types import Presenting, WorkshopDraft


@transaction
def copy_workshop(
    workshop_id: int,
    first_days: Sequence[date],
    *,
    in_series: bool,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Workshop:
    """Register the workshop again for each first day, as drafts of whoever copies it.

    Agenda, teams and forms move along, people never. With ``in_series`` all of them, the first
    one too, are listed as one series. Gives the first copy.
    """
    source = lock_workshop(workshop_id)
    rules.check_may_manage(source, by=by)
    rules.check_copies(first_days)

    def create() -> Workshop:
        copies = [_copy(source, day, by=by, now=now) for day in sorted(first_days)]
        if in_series:
            _join(source, copies, now=now)
        return copies[0]

    return once(key, create, Workshop, now=now)


def _copy(source: Workshop, day: date, *, by: Actor, now: datetime) -> Workshop:
    draft = shifted(draft_of(source), day)
    workshop = register_workshop(draft, by=by, now=now)
    workshop.contracts = list(source.contracts)
    assign_presenters(workshop.id, _presenting(source, workshop), by=by, now=now)
    for follower in FOLLOWERS.values():
        if follower.copy is not None:
            follower.copy(source, workshop, by=by, now=now)
    audit.record(
        "workshop.copied",
        f"workshop:{workshop.id}",
        by=by,
        now=now,
        detail={"from": source.ref},
    )
    return workshop


def shifted(draft: WorkshopDraft, day: date) -> WorkshopDraft:
    """The same on other days, at the same times of the day whatever the clocks do between."""
    by_days = timedelta(days=(day - draft.starts_at.date()).days)
    return replace(
        draft,
        starts_at=draft.starts_at + by_days,
        ends_at=draft.ends_at + by_days,
        sessions=tuple(
            replace(item, starts_at=item.starts_at + by_days, ends_at=item.ends_at + by_days)
            for item in draft.sessions
        ),
    )


def _presenting(source: Workshop, copy: Workshop) -> list[Presenting]:
    """Who presents what, said of the copy: its parts stand in the same order."""
    sessions = dict(zip([item.id for item in source.sessions], copy.sessions, strict=True))
    old = [row.id for team in source.teams for row in team.members]
    new = [row for team in copy.teams for row in team.members]
    members = dict(zip(old, new, strict=True))
    return [
        Presenting(sessions[item.id].id, members[row.member_id].id, row.how)
        for item in source.sessions
        for row in item.presenters
    ]


def _join(source: Workshop, copies: Sequence[Workshop], *, now: datetime) -> None:
    series = source.series or WorkshopSeries(created_at=now)
    for workshop in (source, *copies):
        workshop.series = series
    db.session().flush()
