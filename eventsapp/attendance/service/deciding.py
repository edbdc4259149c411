"""The organiser's decisions about those who asked for a place, one by one or many at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from eventsapp.attendance.models import Registration, RegistrationSetup
from eventsapp.attendance.queries import list_undecided, setup_of
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules import setup as setup_rules
from eventsapp.attendance.service.notices import notify
from eventsapp.attendance.service.seats import place, turn_down
from eventsapp.attendance.types import Approved, Message, Setup
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop


@transaction
def approve_requests(
    workshop_id: int, registration_ids: Iterable[int], *, by: Actor, now: datetime
) -> Approved:
    """Say yes to those who asked, in their order: seats as far as they go, then the waiting list.

    Who was decided about meanwhile is left as they are.
    """
    workshop, chosen = _undecided(workshop_id, registration_ids, by=by)
    rules.check_not_cancelled(workshop)
    for registration in chosen:
        place(registration, workshop, needs_approval=False, by=by, now=now)
        db.session().flush()
    confirmed = sum(one.status == Status.CONFIRMED for one in chosen)
    return Approved(confirmed=confirmed, waitlisted=len(chosen) - confirmed)


@transaction
def decline_requests(
    workshop_id: int,
    registration_ids: Iterable[int],
    *,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> int:
    """Say no to those who asked, with the same reason in each mail; how many were told."""
    _workshop, chosen = _undecided(workshop_id, registration_ids, by=by)
    for registration in chosen:
        turn_down(registration, Status.DECLINED, reason=reason, by=by, now=now)
        notify(registration, Message.DECLINED, now=now)
    return len(chosen)


def _undecided(
    workshop_id: int, registration_ids: Iterable[int], *, by: Actor
) -> tuple[Workshop, Sequence[Registration]]:
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    wanted = frozenset(registration_ids)
    if not wanted:
        raise rules.NobodyChosen
    return workshop, [one for one in list_undecided(workshop_id) if one.id in wanted]


@transaction
def change_setup(workshop_id: int, setup: Setup, *, by: Actor, now: datetime) -> Setup:
    """Change how a workshop takes registrations; raises Stale when somebody else saved first."""
    check_may_manage(lock_workshop(workshop_id), by=by)
    was = setup_of(workshop_id)
    if was.version != setup.version:
        raise Stale
    setup_rules.check_setup(setup, was=was)
    row = db.session().get(RegistrationSetup, workshop_id)
    if row is None:
        row = RegistrationSetup(workshop_id=workshop_id)
        db.session().add(row)
    row.needs_approval = setup.needs_approval
    row.reminder_hours = setup.reminder_hours
    row.joining_hours = setup.joining_hours
    row.sends_thanks = setup.sends_thanks
    row.fields = [field.to_json() for field in setup.fields]
    audit.record("registration.set_up", f"workshop:{workshop_id}", by=by, now=now)
    db.session().flush()
    return setup_of(workshop_id)
