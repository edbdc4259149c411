"""Seats under their constraint, and the waiting list behind them.

Whoever changes seats or a registration's status holds the workshop's row first, so a seat that
becomes free meets everybody who waits for it. The conditional update and the table's CHECK keep
the number right even without that.
"""

from datetime import datetime

import sqlalchemy as sa

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import first_waiting
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.service.notices import notify
from eventsapp.attendance.types import EXPECTED, Message
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import lock_workshop
from eventsapp.workshops.types import Mode
from eventsapp.workshops.types import Status as WorkshopStatus

TOLD = {
    Status.REQUESTED: Message.REQUESTED,
    Status.CONFIRMED: Message.CONFIRMED,
    Status.WAITLISTED: Message.WAITLISTED,
}
_TAKEN = {Mode.IN_PERSON: Workshop.taken_in_person, Mode.ONLINE: Workshop.taken_online}
_SEATS = {Mode.IN_PERSON: Workshop.seats_in_person, Mode.ONLINE: Workshop.seats_online}


def lock_registration(registration_id: int) -> Registration:
    """The registration as it is now, with its workshop held."""
    registration = db.get(Registration, registration_id)
    lock_workshop(registration.workshop_id)
    db.session().refresh(registration)
    return registration


def take_seat(workshop: Workshop, mode: Mode) -> bool:
    """Take a seat if one is free: one conditional update decides."""
    taken, seats = _TAKEN[mode], _SEATS[mode]
    return _count_seat(workshop, mode, taken < seats, by=1)


def free_seat(workshop: Workshop, mode: Mode) -> None:
    if not _count_seat(workshop, mode, _TAKEN[mode] > 0, by=-1):
        raise RuntimeError("a seat is given back that nobody held")


def _count_seat(
    workshop: Workshop, mode: Mode, condition: sa.ColumnElement[bool], *, by: int
) -> bool:
    taken = _TAKEN[mode]
    counted = db.session().execute(
        sa.update(Workshop)
        .where(Workshop.id == workshop.id, condition)
        .values({taken: taken + by})
        .returning(taken)
        .execution_options(synchronize_session=False)
    )
    is_counted = counted.scalar_one_or_none() is not None
    db.session().refresh(workshop, [taken.key])
    return is_counted


def become(
    registration: Registration, to: Status, *, by: Actor, now: datetime, calendar: bool = True
) -> None:
    """Change the status and say so in the ledger of audits; seats are the caller's concern.

    Raises ChangeNotPossible for a way that no registration goes.
    """
    rules.check_change(registration, to)
    was, registration.status = registration.status, to
    if to in EXPECTED:
        registration.is_turned_down, registration.reason = False, ""
    registration.changed_at = now
    if calendar:
        registration.calendar_sequence += 1
    audit.record(
        f"registration.{to}",
        f"registration:{registration.id}",
        by=by,
        now=now,
        detail={"from": was, "to": to},
    )


def place(
    registration: Registration,
    workshop: Workshop,
    *,
    needs_approval: bool,
    by: Actor,
    now: datetime,
) -> None:
    """Answer a wish to take part: a seat, the waiting list, or the organiser's decision."""
    if needs_approval:
        registration.queued_at = now
        become(registration, Status.REQUESTED, by=by, now=now, calendar=False)
        to = Status.REQUESTED
    else:
        to = give_seat(registration, workshop, by=by, now=now)
    notify(registration, TOLD[to], now=now)


def give_seat(
    registration: Registration, workshop: Workshop, *, by: Actor, now: datetime
) -> Status:
    """A seat of the wished mode, or a place in its waiting list; which of them it was."""
    # Nobody overtakes those who wait, even where seats were added since.
    promote_waiting(workshop, Mode(registration.mode), by=by, now=now)
    has_seat = take_seat(workshop, Mode(registration.mode))
    to = Status.CONFIRMED if has_seat else Status.WAITLISTED
    if not has_seat:
        registration.queued_at = now
    become(registration, to, by=by, now=now, calendar=has_seat)
    return to


def leave_seat(
    registration: Registration, workshop: Workshop, to: Status, *, by: Actor, now: datetime
) -> None:
    """Give up a place or a wish; a seat that becomes free goes to whose turn it is."""
    rules.check_change(registration, to)
    held = registration.status == Status.CONFIRMED
    registration.status_before = registration.status
    become(registration, to, by=by, now=now, calendar=registration.calendar_sequence > 0)
    # The waiting list is read from the database: it must see this change.
    db.session().flush()
    if held:
        free_seat(workshop, Mode(registration.mode))
        promote_waiting(workshop, Mode(registration.mode), by=by, now=now)


def turn_down(
    registration: Registration, to: Status, *, reason: str, by: Actor, now: datetime
) -> None:
    """The organiser's no: the person cannot take it back, and may read why."""
    reason = reason.strip()
    rules.check_reason(reason)
    leave_seat(registration, registration.workshop, to, by=by, now=now)
    registration.is_turned_down, registration.reason = True, reason


def promote_waiting(workshop: Workshop, mode: Mode, *, by: Actor, now: datetime) -> int:
    """Give free seats to those who wait, in their order, with one mail each; how many got one."""
    if workshop.status == WorkshopStatus.CANCELLED or now >= workshop.ends_at:
        return 0
    count = 0
    while (waiting := first_waiting(workshop.id, mode)) and take_seat(workshop, mode):
        become(waiting, Status.CONFIRMED, by=by, now=now)
        db.session().flush()
        notify(waiting, Message.PROMOTED, now=now)
        count += 1
    return count
