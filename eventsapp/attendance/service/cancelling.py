"""Calling a workshop off, and calling it on again."""

from datetime import datetime

from eventsapp.attendance.service.notices import announce
from eventsapp.attendance.types import Message
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import call_off, call_on, lock_workshop
from eventsapp.workshops.types import Status


@transaction
def cancel_workshop(workshop_id: int, *, by: Actor, now: datetime) -> Workshop:
    """Call it off and tell everybody who is expected; registrations stay, for it can be undone."""
    workshop = lock_workshop(workshop_id)
    if workshop.status == Status.CANCELLED:
        return workshop
    call_off(workshop_id, by=by, now=now)
    announce(workshop, Message.WORKSHOP_CANCELLED, now=now)
    return workshop


@transaction
def restore_workshop(workshop_id: int, *, by: Actor, now: datetime) -> Workshop:
    """It takes place after all, with every place as it was, and everybody expected is told."""
    workshop = call_on(workshop_id, by=by, now=now)
    announce(workshop, Message.WORKSHOP_RESTORED, now=now)
    return workshop
