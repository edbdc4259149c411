"""Registering: who gets a seat, who waits, and who is told what."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.types import Message
from eventsapp.core import audit, db
from eventsapp.core.actor import VISITOR, Role
from eventsapp.core.errors import Forbidden
from eventsapp.core.idempotency import CreationKey
from eventsapp.edge.jobs import Job
from eventsapp.people.models import Consent, Person
from eventsapp.people.types import ConsentChoice, Purpose
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Format, Mode, Status
from tests.factories.attendance import register, registration_draft
from tests.factories.workshops import NOW, make_actor, make_workshop


def mails() -> list[tuple[int, str]]:
    """Registration and message of every mail that was recorded, in order."""
    jobs = db.session().scalars(
        sa.select(Job).where(Job.name == "attendance.send_message").order_by(Job.id)
    )
    return [(job.payload["registration"], job.payload["message"]) for job in jobs]


def taken(workshop: Workshop) -> tuple[int, int]:
    db.session().refresh(workshop)
    return workshop.taken_in_person, workshop.taken_online


def statuses(workshop: Workshop) -> list[str]:
    statement = (
        sa.select(Registration.status)
        .where(Registration.workshop_id == workshop.id)
        .order_by(Registration.id)
    )
    return list(db.session().scalars(statement))


def test_register_participant_confirms_while_there_are_seats(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1)

    registration = register(workshop, Mode.IN_PERSON)

    assert (registration.status, registration.mode, taken(workshop)) == (
        "confirmed",
        "in_person",
        (1, 0),
    )
    assert mails() == [(registration.id, Message.CONFIRMED)]
    assert audit.find_break() is None


def test_register_participant_puts_on_the_waiting_list_of_the_mode_that_is_full(
    app: Flask,
) -> None:
    workshop = make_workshop(seats_in_person=1, seats_online=1)
    register(workshop, Mode.IN_PERSON)

    waiting = register(workshop, Mode.IN_PERSON)
    online = register(workshop, Mode.ONLINE)

    assert (waiting.status, online.status, taken(workshop)) == ("waitlisted", "confirmed", (1, 1))
    assert mails()[1:] == [(waiting.id, Message.WAITLISTED), (online.id, Message.CONFIRMED)]


def test_register_participant_again_changes_nothing_and_says_so_by_mail(app: Flask) -> None:
    workshop = make_workshop()
    first = register(workshop, Mode.IN_PERSON, email="salma@ministry.example", name="Salma H")

    again = register(workshop, Mode.ONLINE, email="SALMA@ministry.example", name="Evil Name")

    assert (again.id, again.mode, again.person.name) == (first.id, "in_person", "Salma H")
    assert taken(workshop) == (1, 0)
    assert mails() == [(first.id, Message.CONFIRMED), (first.id, Message.KNOWN_ALREADY)]


def test_register_participant_after_cancelling_gives_a_place_again(app: Flask) -> None:
    workshop = make_workshop()
    first = register(workshop, email="salma@ministry.example")
    service.cancel_registration(first.id, by=rules.participant(first), now=NOW)

    again = register(workshop, Mode.ONLINE, email="salma@ministry.example")

    assert (again.id, again.status, again.mode, taken(workshop)) == (
        first.id,
        "confirmed",
        "online",
        (0, 1),
    )


def test_register_participant_with_the_same_key_registers_once(app: Flask) -> None:
    workshop = make_workshop()
    draft = registration_draft()
    key = CreationKey.of("k", principal="visitor:", path="/", body=b"x")

    one, other = (
        service.register_participant(workshop.id, draft, by=VISITOR, now=NOW, key=key)
        for _ in range(2)
    )

    assert one.id == other.id
    assert mails() == [(one.id, Message.CONFIRMED)]


def test_register_participant_notes_what_was_agreed_to(app: Flask) -> None:
    workshop = make_workshop()
    draft = registration_draft()
    choices = (
        ConsentChoice(Purpose.CONTACT, granted=True),
        ConsentChoice(Purpose.PHOTO, granted=False),
    )

    service.register_participant(
        workshop.id,
        type(draft)(person=draft.person, mode=draft.mode, consents=choices),
        by=VISITOR,
        now=NOW,
    )

    rows = db.session().scalars(sa.select(Consent).order_by(Consent.id)).all()
    assert [(row.purpose, row.granted) for row in rows] == [("contact", True), ("photo", False)]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ANNOUNCED, Status.CLOSED, Status.HELD])
def test_register_participant_refuses_what_is_not_open(app: Flask, status: Status) -> None:
    workshop = make_workshop(status=status)

    with pytest.raises(rules.RegistrationClosed):
        register(workshop)

    assert (statuses(workshop), count_persons()) == ([], 0)


def count_persons() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(Person)) or 0


def test_register_participant_refuses_a_workshop_that_is_over(app: Flask) -> None:
    workshop = make_workshop()

    with pytest.raises(rules.WorkshopOver):
        register(workshop, now=workshop.ends_at)


def test_register_participant_refuses_a_mode_that_the_format_has_not(app: Flask) -> None:
    workshop = make_workshop(format=Format.ONLINE, seats_online=5)

    with pytest.raises(rules.ModeNotOffered):
        register(workshop, Mode.IN_PERSON)


def test_register_participant_refuses_a_group_of_another_workshop(app: Flask) -> None:
    workshop, other = make_workshop(), make_workshop()

    with pytest.raises(rules.UnknownGroup):
        register(workshop, group_id=other.groups[0].id)


def test_register_participant_refuses_to_go_without_an_address(app: Flask) -> None:
    with pytest.raises(rules.AddressMissing):
        register(make_workshop(), email="  ")


def test_codes_of_a_workshop_differ_and_hold_no_letter_that_is_misread(app: Flask) -> None:
    workshop = make_workshop()

    codes = [register(workshop).code for _ in range(5)]

    assert len(set(codes)) == 5
    assert not set("".join(codes)) & set("ILOU01")


def test_add_participant_invites_without_taking_a_seat(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, status=Status.ANNOUNCED)

    invited = service.add_participant(
        workshop.id, registration_draft(), invite=True, by=organiser, now=NOW
    )

    assert (invited.status, invited.invited_at, taken(workshop)) == ("invited", NOW, (0, 0))
    assert mails() == [(invited.id, Message.INVITED)]


def test_accept_invitation_takes_a_seat_or_waits(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=1)
    one, other = (
        service.add_participant(
            workshop.id, registration_draft(), invite=True, by=organiser, now=NOW
        )
        for _ in range(2)
    )

    for registration in (one, other):
        service.accept_invitation(registration.id, by=rules.participant(registration), now=NOW)

    assert (statuses(workshop), taken(workshop)) == (["confirmed", "waitlisted"], (1, 0))


def test_add_participant_takes_a_walk_in_without_address(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, status=Status.HELD)

    registration = service.add_participant(
        workshop.id,
        registration_draft(email="", name="Omar Ali"),
        invite=False,
        by=organiser,
        now=workshop.ends_at + timedelta(days=1),
    )

    assert (registration.status, registration.person.email, mails()) == ("confirmed", None, [])


def test_add_participant_refuses_somebody_who_is_on_the_list(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    register(workshop, email="salma@ministry.example")

    with pytest.raises(rules.AlreadyRegistered):
        service.add_participant(
            workshop.id,
            registration_draft(email="Salma@ministry.example"),
            invite=False,
            by=organiser,
            now=NOW,
        )


def test_add_participant_refuses_the_organiser_of_another_workshop(app: Flask) -> None:
    workshop = make_workshop()

    with pytest.raises(Forbidden):
        service.add_participant(
            workshop.id,
            registration_draft(),
            invite=False,
            by=make_actor(Role.ORGANISER),
            now=NOW,
        )
