"""Places that change hands: cancelling, promoting, moving."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.service import cancel_registration, change_mode
from eventsapp.attendance.types import Message
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.db import transaction
from eventsapp.core.errors import Forbidden
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode, Status
from tests.attendance.test_registering import mails, statuses, taken
from tests.factories.attendance import register, registration_draft
from tests.factories.workshops import NOW, make_actor, make_workshop

LATER = NOW + timedelta(hours=1)


@transaction
def set_seats(workshop: Workshop, in_person: int) -> None:
    db.get(Workshop, workshop.id).seats_in_person = in_person


def test_cancel_registration_gives_the_seat_to_whose_turn_it_is_with_one_mail(
    app: Flask,
) -> None:
    workshop = make_workshop(seats_in_person=1)
    first = register(workshop)
    second, third = register(workshop), register(workshop, now=LATER)

    cancel_registration(first.id, by=rules.participant(first), now=LATER)
    cancel_registration(first.id, by=rules.participant(first), now=LATER)

    assert (statuses(workshop), taken(workshop)) == (
        ["cancelled", "confirmed", "waitlisted"],
        (1, 0),
    )
    assert mails() == [
        (first.id, Message.CONFIRMED),
        (second.id, Message.WAITLISTED),
        (third.id, Message.WAITLISTED),
        (second.id, Message.PROMOTED),
        (first.id, Message.CANCELLED),
    ]


def test_cancel_registration_of_somebody_who_waits_frees_no_seat(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1)
    register(workshop)
    waiting = register(workshop)

    cancel_registration(waiting.id, by=rules.participant(waiting), now=LATER)

    assert (statuses(workshop), taken(workshop)) == (["confirmed", "cancelled"], (1, 0))


def test_a_newcomer_does_not_overtake_those_who_wait_when_seats_are_added(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1)
    register(workshop)
    register(workshop)
    set_seats(workshop, 2)

    register(workshop, now=LATER)

    assert statuses(workshop) == ["confirmed", "confirmed", "waitlisted"]


def test_fill_free_seats_promotes_as_many_as_there_are_seats(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=1)
    for _ in range(4):
        register(workshop)
    set_seats(workshop, 3)

    assert service.fill_free_seats(workshop.id, by=organiser, now=LATER) == 2
    assert (statuses(workshop), taken(workshop)) == (
        ["confirmed", "confirmed", "confirmed", "waitlisted"],
        (3, 0),
    )


def test_change_mode_moves_the_seat_and_promotes_behind_it(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1, seats_online=1)
    first, second = register(workshop), register(workshop)

    change_mode(first.id, Mode.ONLINE, by=rules.participant(first), now=LATER)

    assert (first.mode, statuses(workshop), taken(workshop)) == (
        "online",
        ["confirmed", "confirmed"],
        (1, 1),
    )
    assert mails()[2:] == [(second.id, Message.PROMOTED), (first.id, Message.MODE_CHANGED)]


def test_change_mode_to_a_full_mode_keeps_the_place(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1, seats_online=1)
    first = register(workshop, Mode.IN_PERSON)
    register(workshop, Mode.ONLINE)

    with pytest.raises(rules.ModeFull):
        change_mode(first.id, Mode.ONLINE, by=rules.participant(first), now=LATER)

    db.session().refresh(first)
    assert (first.mode, first.status, taken(workshop)) == ("in_person", "confirmed", (1, 1))


def test_change_mode_of_somebody_who_waits_takes_a_free_seat_of_the_other_mode_once(
    app: Flask,
) -> None:
    workshop = make_workshop(seats_in_person=1, seats_online=5)
    register(workshop)
    waiting = register(workshop)

    change_mode(waiting.id, Mode.ONLINE, by=rules.participant(waiting), now=LATER)

    assert (waiting.status, taken(workshop)) == ("confirmed", (1, 1))
    assert mails()[2:] == [(waiting.id, Message.PROMOTED)]


def test_change_mode_of_somebody_who_waits_goes_to_the_end_of_the_other_line(
    app: Flask,
) -> None:
    workshop = make_workshop(seats_in_person=1, seats_online=1)
    register(workshop)
    early = register(workshop, now=NOW)
    holder = register(workshop, Mode.ONLINE)
    online = register(workshop, Mode.ONLINE, now=NOW + timedelta(minutes=5))

    change_mode(early.id, Mode.ONLINE, by=rules.participant(early), now=LATER)
    cancel_registration(holder.id, by=rules.participant(holder), now=LATER)

    assert (online.status, early.status) == ("confirmed", "waitlisted")


def test_confirm_registration_refuses_when_no_seat_is_left(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=1)
    register(workshop)
    waiting = register(workshop)

    with pytest.raises(rules.NoFreeSeat):
        service.confirm_registration(waiting.id, by=organiser, now=LATER)


def test_confirm_registration_brings_back_somebody_who_cancelled(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    cancel_registration(registration.id, by=organiser, now=LATER)

    service.confirm_registration(registration.id, by=organiser, now=LATER)

    assert (registration.status, taken(workshop)) == ("confirmed", (1, 0))


def test_decline_registration_frees_the_seat_and_tells_the_person(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)

    service.decline_registration(registration.id, by=organiser, now=LATER)

    assert (registration.status, taken(workshop)) == ("declined", (0, 0))
    assert mails()[-1] == (registration.id, Message.DECLINED)


def test_a_participant_acts_for_their_own_registration_only(app: Flask) -> None:
    workshop = make_workshop()
    mine, other = register(workshop), register(workshop)

    for use_case in (cancel_registration, service.decline_registration):
        with pytest.raises(Forbidden):
            use_case(other.id, by=rules.participant(mine), now=LATER)
    with pytest.raises(Forbidden):
        change_mode(other.id, Mode.ONLINE, by=rules.participant(mine), now=LATER)

    assert statuses(workshop) == ["confirmed", "confirmed"]


def test_a_participant_cannot_confirm_themselves(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1)
    register(workshop)
    waiting = register(workshop)

    with pytest.raises(Forbidden):
        service.confirm_registration(waiting.id, by=rules.participant(waiting), now=LATER)


def test_cancel_workshop_keeps_registrations_and_grows_the_sequence(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    register(workshop)
    was = workshop.calendar_sequence

    service.cancel_workshop(workshop.id, by=organiser, now=LATER)

    assert (workshop.status, workshop.calendar_sequence, statuses(workshop)) == (
        "cancelled",
        was + 1,
        ["confirmed"],
    )


def test_restore_workshop_brings_it_back_with_closed_registration(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    register(workshop)
    service.cancel_workshop(workshop.id, by=organiser, now=LATER)

    service.restore_workshop(workshop.id, by=organiser, now=LATER)

    assert (workshop.status, taken(workshop)) == (Status.CLOSED, (1, 0))


def test_add_participant_waits_when_all_seats_are_taken(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=1)
    register(workshop)

    added = service.add_participant(
        workshop.id, registration_draft(), invite=False, by=organiser, now=NOW
    )

    assert added.status == "waitlisted"
