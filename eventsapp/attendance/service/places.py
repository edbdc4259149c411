"""What becomes of a registration: answered, confirmed, moved, given up."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime

import sqlalchemy as sa

from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules.roster import roster_keys
from eventsapp.attendance.service.notices import notify, send_links_to
from eventsapp.attendance.service.seats import (
    become,
    free_seat,
    leave_seat,
    lock_registration,
    place,
    promote_waiting,
    take_seat,
    turn_down,
)
from eventsapp.attendance.types import EXPECTED, Message
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.people.models import Person
from eventsapp.people.service import change_address, describe_person, record_consents
from eventsapp.people.types import ConsentChoice, PersonDraft, Sex
from eventsapp.questions.types import Answer
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop
from eventsapp.workshops.types import Mode


@transaction
def confirm_registration(registration_id: int, *, by: Actor, now: datetime) -> Registration:
    """The organiser gives somebody a seat, out of turn if need be; raises NoFreeSeat."""
    registration = lock_registration(registration_id)
    workshop = registration.workshop
    check_may_manage(workshop, by=by)
    if registration.status == Status.CONFIRMED:
        return registration
    rules.check_not_cancelled(workshop)
    rules.check_change(registration, Status.CONFIRMED)
    if not take_seat(workshop, Mode(registration.mode)):
        raise rules.NoFreeSeat
    become(registration, Status.CONFIRMED, by=by, now=now)
    notify(registration, Message.CONFIRMED, now=now)
    return registration


@transaction
def accept_invitation(registration_id: int, *, by: Actor, now: datetime) -> Registration:
    """Somebody invited says yes: a seat, or a place in the waiting list."""
    registration = lock_registration(registration_id)
    rules.check_may_act(registration, by=by)
    if registration.status in {Status.CONFIRMED, Status.WAITLISTED}:
        return registration
    rules.check_is_invited(registration)
    rules.check_not_cancelled(registration.workshop)
    rules.check_not_over(registration.workshop, now=now)
    place(registration, registration.workshop, needs_approval=False, by=by, now=now)
    return registration


@transaction
def decline_registration(
    registration_id: int, *, reason: str = "", by: Actor, now: datetime
) -> Registration:
    """Somebody invited says no, or the organiser says no to somebody, with a reason in the mail."""
    registration = lock_registration(registration_id)
    rules.check_may_act(registration, by=by)
    if registration.status == Status.DECLINED:
        return registration
    if rules.is_participant(by):
        rules.check_is_invited(registration)
        leave_seat(registration, registration.workshop, Status.DECLINED, by=by, now=now)
    else:
        turn_down(registration, Status.DECLINED, reason=reason, by=by, now=now)
        notify(registration, Message.DECLINED, now=now)
    return registration


@transaction
def cancel_registration(
    registration_id: int, *, reason: str = "", by: Actor, now: datetime
) -> Registration:
    """Give up a place or a wish; whoever waits gets the seat, and one mail."""
    registration = lock_registration(registration_id)
    rules.check_may_act(registration, by=by)
    if registration.status == Status.CANCELLED:
        return registration
    if rules.is_participant(by):
        rules.check_not_over(registration.workshop, now=now)
        leave_seat(registration, registration.workshop, Status.CANCELLED, by=by, now=now)
    else:
        turn_down(registration, Status.CANCELLED, reason=reason, by=by, now=now)
    notify(registration, Message.CANCELLED, now=now)
    return registration


@transaction
def undo_cancellation(registration_id: int, *, by: Actor, now: datetime) -> Registration:
    """Back to where it was: to a seat while one is free, else to the end of the waiting list."""
    registration = lock_registration(registration_id)
    rules.check_may_act(registration, by=by)
    if registration.status in EXPECTED:
        return registration
    rules.check_may_undo(registration, by=by, now=now)
    was = registration.status_before
    if was == Status.INVITED:
        become(registration, Status.INVITED, by=by, now=now, calendar=False)
    else:
        asks = was == Status.REQUESTED
        place(registration, registration.workshop, needs_approval=asks, by=by, now=now)
    return registration


@transaction
def change_mode(registration_id: int, mode: Mode, *, by: Actor, now: datetime) -> Registration:
    """Take part the other way. Raises ModeFull, and then the present place is kept.

    Somebody who waits changes to the other line, at its end, or gets a seat there at once.
    """
    registration = lock_registration(registration_id)
    rules.check_may_act(registration, by=by)
    if registration.mode == mode:
        return registration
    rules.check_may_change_mode(registration, mode, now=now)
    if registration.status == Status.CONFIRMED:
        _move_seat(registration, mode, by=by, now=now)
        notify(registration, Message.MODE_CHANGED, now=now)
    else:
        _move_wish(registration, mode, by=by, now=now)
    return registration


def _move_seat(registration: Registration, mode: Mode, *, by: Actor, now: datetime) -> None:
    workshop, was = registration.workshop, Mode(registration.mode)
    promote_waiting(workshop, mode, by=by, now=now)
    if not take_seat(workshop, mode):
        raise rules.ModeFull
    registration.mode = mode
    registration.calendar_sequence += 1
    _note_mode(registration, was, by=by, now=now)
    free_seat(workshop, was)
    promote_waiting(workshop, was, by=by, now=now)


def _move_wish(registration: Registration, mode: Mode, *, by: Actor, now: datetime) -> None:
    was = Mode(registration.mode)
    registration.mode, registration.queued_at = mode, now
    _note_mode(registration, was, by=by, now=now)
    db.session().flush()
    if registration.status != Status.WAITLISTED:
        return
    # At the end of the other line; where that is short, this is the one who gets the seat.
    promote_waiting(registration.workshop, mode, by=by, now=now)
    if registration.status == Status.WAITLISTED:
        notify(registration, Message.MODE_CHANGED, now=now)


def _note_mode(registration: Registration, was: Mode, *, by: Actor, now: datetime) -> None:
    registration.changed_at = now
    audit.record(
        "registration.mode_changed",
        f"registration:{registration.id}",
        by=by,
        now=now,
        detail={"from": was, "to": registration.mode},
    )


@transaction
def fill_free_seats(workshop_id: int, *, by: Actor, now: datetime) -> int:
    """Give free seats to those who wait, as after seats were added; how many got one."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    return sum(promote_waiting(workshop, mode, by=by, now=now) for mode in Mode)


@transaction
def correct_address(registration_id: int, email: str, *, by: Actor, now: datetime) -> Registration:
    """The organiser writes somebody's address anew; their links go to it at once.

    Raises AddressTaken where it is another person's: then the two may be one.
    """
    registration = lock_registration(registration_id)
    check_may_manage(registration.workshop, by=by)
    person = change_address(registration.person_id, email, by=by, now=now)
    _follow_person(person)
    send_links_to(person, now=now)
    return registration


@transaction
def correct_participant(
    registration_id: int,
    draft: PersonDraft,
    *,
    consents: Iterable[ConsentChoice] = (),
    answers: Mapping[str, Answer] | None = None,
    by: Actor,
    now: datetime,
) -> Registration:
    """Correct how somebody is written, what they agree to and answered; their address stays."""
    registration = lock_registration(registration_id)
    rules.check_may_act(registration, by=by)
    if not registration.workshop.project.reports_sex:
        # It was not asked, so nothing was said about it.
        draft = replace(draft, sex=Sex(registration.person.sex))
    _follow_person(describe_person(registration.person_id, draft, by=by, now=now))
    record_consents(registration.person_id, consents, by=by, now=now)
    if answers is not None:
        registration.answers = dict(answers)
    return registration


def _follow_person(person: Person) -> None:
    """Every list that somebody stands on finds them as they are written now."""
    db.session().execute(
        sa.update(Registration)
        .where(Registration.person_id == person.id)
        .values(asdict(roster_keys(person)))
    )
