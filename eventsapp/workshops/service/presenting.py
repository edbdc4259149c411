"""Who presents which session, and what they are told of it."""

from collections.abc import Iterable
from datetime import datetime

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import amend_waiting, enqueue
from eventsapp.workshops import rules
from eventsapp.workshops.models import SessionPresenter, TeamMember, Workshop
from eventsapp.workshops.rules import presenters
from eventsapp.workshops.rules.changes import can_be_news, change_goes_out
from eventsapp.workshops.service.describing import new_revision
from eventsapp.workshops.service.locking import lock_workshop
from eventsapp.workshops.types import Aspect, Mode, Presenting

WRITE_TO_PRESENTER = "workshops.write_to_presenter"


@transaction
def assign_presenters(
    workshop_id: int, presenting: Iterable[Presenting], *, by: Actor, now: datetime
) -> None:
    """Replace who presents what; what does not belong to this workshop is left out."""
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    members = {row.id for team in workshop.teams for row in team.members}
    wanted = [one for one in presenting if one.member_id in members]
    before = _presented(workshop)
    for item in workshop.sessions:
        item.presenters.clear()
    # The new rows may have the keys of old ones.
    db.session().flush()
    for item in workshop.sessions:
        chosen = {one.member_id: one.mode for one in wanted if one.session_id == item.id}
        item.presenters = [
            SessionPresenter(member_id=member, mode=mode, position=position)
            for position, (member, mode) in enumerate(chosen.items())
        ]
    workshop.changed_at, workshop.revision = now, new_revision()
    audit.record("workshop.presenters_assigned", f"workshop:{workshop.id}", by=by, now=now)
    db.session().flush()
    after = _presented(workshop)
    if can_be_news(workshop, now=now):
        for member in presenters.concerned(workshop, Aspect):
            if before.get(member.id) != after.get(member.id):
                _tell(workshop, member, {Aspect.AGENDA}, now=now)


def _presented(workshop: Workshop) -> dict[int, set[tuple[int, str]]]:
    """The sessions of everybody who presents any, and how they join for each."""
    found: dict[int, set[tuple[int, str]]] = {}
    for item in workshop.sessions:
        for row in item.presenters:
            found.setdefault(row.member_id, set()).add((item.id, row.mode))
    return found


@transaction
def write_to_presenters(workshop_id: int, *, by: Actor, now: datetime) -> int:
    """Tell everybody who presents, as far as they have an address, what is theirs; how many.

    From then on they are told of changes. Raises NotToBeTold and NobodyToTell.
    """
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    presenters.check_may_tell(workshop, now=now)
    members = presenters.addressed(workshop)
    for member in members:
        member.told_at = now
        # Pressed twice, or while a change waits to be told: one mail.
        _tell(workshop, member, (), due=now, now=now)
    audit.record(
        "workshop.presenters_written_to",
        f"workshop:{workshop.id}",
        by=by,
        now=now,
        detail={"count": len(members)},
    )
    return len(members)


def tell_presenters(workshop: Workshop, changed: Iterable[Aspect], *, now: datetime) -> int:
    """Tell those of them who know an earlier state what changed for them; how many."""
    members = presenters.concerned(workshop, changed)
    for member in members:
        _tell(workshop, member, changed, now=now)
    return len(members)


def tell_presenters_at_once(workshop: Workshop, *, now: datetime) -> None:
    """The workshop is cancelled, or takes place after all: those who knew of it learn that."""
    for member in presenters.concerned(workshop, Aspect):
        _tell(workshop, member, (), due=now, now=now)


def presenters_reached(workshop: Workshop) -> dict[Mode, int]:
    """How many of them a change could be told to, by how they join."""
    told = presenters.concerned(workshop, Aspect)
    return {
        mode: sum(mode in presenters.modes_of_presenter(workshop, member) for member in told)
        for mode in Mode
    }


def _tell(
    workshop: Workshop,
    member: TeamMember,
    about: Iterable[Aspect],
    *,
    due: datetime | None = None,
    now: datetime,
) -> None:
    """While an earlier mail to them waits, it says this too."""
    subject = f"presenter:{member.id}"
    joined = amend_waiting(
        WRITE_TO_PRESENTER,
        subject,
        lambda payload: payload | {"about": sorted({*payload["about"], *about})},
        due=lambda job: due or change_goes_out(workshop, first=job.created_at, now=now),
    )
    if joined is None:
        enqueue(
            WRITE_TO_PRESENTER,
            {"member": member.id, "about": sorted(about)},
            now=now,
            subject=subject,
            not_before=due or change_goes_out(workshop, first=now, now=now),
        )
