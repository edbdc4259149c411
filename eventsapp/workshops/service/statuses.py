"""Which way a workshop goes: announced, open, closed, held, reported, and called off."""

from datetime import datetime

from eventsapp.core import audit
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.workshops import rules
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service.locking import lock_workshop
from eventsapp.workshops.service.presenting import tell_presenters_at_once
from eventsapp.workshops.types import Status


@transaction
def change_status(workshop_id: int, to: Status, *, by: Actor, now: datetime) -> Workshop:
    """Bring a workshop a step on; cancelling and its undoing mail people and are attendance's."""
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    rules.check_status_change(workshop, to, now=now)
    _set_status(workshop, to, by=by, now=now)
    return workshop


@transaction
def note_reported(workshop_id: int, *, by: Actor, now: datetime) -> None:
    """Note that the first edition of its report was issued."""
    workshop = lock_workshop(workshop_id)
    if workshop.status in {Status.HELD, Status.CLOSED, Status.OPEN}:
        _set_status(workshop, Status.REPORTED, by=by, now=now)


@transaction
def call_off(workshop_id: int, *, by: Actor, now: datetime) -> Workshop:
    """Cancel it; those who present are told, the others by who calls this (attendance does)."""
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    rules.check_may_call_off(workshop)
    workshop.cancelled_from = workshop.status
    workshop.calendar_sequence += 1
    _set_status(workshop, Status.CANCELLED, by=by, now=now)
    tell_presenters_at_once(workshop, now=now)
    return workshop


@transaction
def call_on(workshop_id: int, *, by: Actor, now: datetime) -> Workshop:
    """Undo a cancellation; registration that was open stays closed until it is opened again."""
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    rules.check_may_call_on(workshop)
    workshop.calendar_sequence += 1
    _set_status(workshop, rules.status_after_calling_on(workshop), by=by, now=now)
    workshop.cancelled_from = None
    tell_presenters_at_once(workshop, now=now)
    return workshop


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
