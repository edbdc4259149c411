"""The last seat, wanted by many at once, and what happens without protection."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.service import seats
from eventsapp.core import db
from eventsapp.core.actor import VISITOR, Actor, Role
from eventsapp.edge.jobs import Job
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register, registration_draft
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_workshop

CLIENTS = 12
LATER = NOW + timedelta(hours=1)


def registering(workshop_id: int) -> Callable[[], str]:
    draft = registration_draft()
    return lambda: service.register_participant(workshop_id, draft, by=VISITOR, now=NOW).status


def cancelling_of(registration_id: int, by: Actor) -> Callable[[], object]:
    return lambda: service.cancel_registration(registration_id, by=by, now=LATER)


def counts(workshop_id: int) -> tuple[Counter[str], int]:
    statuses = db.session().scalars(
        sa.select(Registration.status).where(Registration.workshop_id == workshop_id)
    )
    return Counter(statuses), db.get(Workshop, workshop_id).taken_in_person


def test_the_last_seat_is_given_once_and_the_others_wait(app: Flask) -> None:
    workshop_id = make_workshop(seats_in_person=1).id

    results = at_once(app, [registering(workshop_id) for _ in range(CLIENTS)])

    expected = Counter({"confirmed": 1, "waitlisted": CLIENTS - 1})
    assert Counter(results) == expected
    assert counts(workshop_id) == (expected, 1)


def test_one_person_registering_many_times_at_once_is_registered_once(app: Flask) -> None:
    workshop_id = make_workshop(seats_in_person=5).id
    draft = registration_draft(email="salma@ministry.example")

    at_once(
        app,
        [
            lambda: service.register_participant(workshop_id, draft, by=VISITOR, now=NOW).id
            for _ in range(6)
        ],
    )

    assert counts(workshop_id) == (Counter({"confirmed": 1}), 1)


def test_check_then_insert_sells_one_seat_several_times(app: Flask) -> None:
    """Positive control on both databases: this is what the use case must not do."""
    workshop_id = make_workshop(seats_in_person=1).id
    looked = threading.Barrier(CLIENTS)

    def check_then_insert() -> str:
        is_free = db.get(Workshop, workshop_id).taken_in_person < 1
        db.session().rollback()
        looked.wait()
        return sell() if is_free else "waitlisted"

    @db.transaction
    def sell() -> str:
        db.session().execute(
            sa.update(Workshop).where(Workshop.id == workshop_id).values(taken_in_person=1)
        )
        return "confirmed"

    results = at_once(app, [check_then_insert for _ in range(CLIENTS)])

    assert Counter(results)["confirmed"] > 1


def test_without_lock_and_condition_the_same_clients_oversell(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: looking first and counting afterwards sells the seat several times.

    The table's CHECK is the third protection: with it in place the extra sales fail instead.
    """
    if db.session().get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: the use case's lock cannot be taken away")
    workshop_id = make_workshop(seats_in_person=1).id
    looked = threading.Barrier(CLIENTS)

    def look(workshop_id: int) -> Workshop:
        workshop = db.get(Workshop, workshop_id)
        looked.wait()
        return workshop

    def take_after_looking(workshop: Workshop, mode: Mode) -> bool:
        if workshop.taken_in_person >= workshop.seats_in_person:
            return False
        db.session().execute(
            sa.update(Workshop)
            .where(Workshop.id == workshop.id)
            .values(taken_in_person=1)
            .execution_options(synchronize_session=False)
        )
        return True

    monkeypatch.setattr("eventsapp.attendance.service.registering.lock_workshop", look)
    monkeypatch.setattr(seats, "take_seat", take_after_looking)

    at_once(app, [registering(workshop_id) for _ in range(CLIENTS)])

    assert counts(workshop_id)[0]["confirmed"] > 1


def test_a_seat_that_becomes_free_meets_whoever_arrives_at_that_moment(app: Flask) -> None:
    """Neither is the seat left empty while somebody waits, nor given twice."""
    for _ in range(4):
        workshop = make_workshop(seats_in_person=1)
        holder = register(workshop)
        workshop_id, holder_id = workshop.id, holder.id

        at_once(
            app,
            [
                registering(workshop_id),
                cancelling_of(holder_id, Actor(kind="participant", id=holder_id)),
                registering(workshop_id),
            ],
        )

        assert counts(workshop_id) == (
            Counter({"confirmed": 1, "waitlisted": 1, "cancelled": 1}),
            1,
        )


def test_cancelling_promoting_and_lowering_the_seats_together_never_oversells(
    app: Flask,
) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=3)
    workshop_id = workshop.id
    holders = [register(workshop).id for _ in range(3)]
    for _ in range(3):
        register(workshop)

    @db.transaction
    def lower() -> None:
        db.get(Workshop, workshop_id).seats_in_person = 2

    cancelling = [cancelling_of(number, organiser) for number in holders]
    at_once(app, [*cancelling, lower, registering(workshop_id)])

    found, taken = counts(workshop_id)
    workshop = db.get(Workshop, workshop_id)
    assert found["confirmed"] == taken <= workshop.seats_in_person
    assert found["cancelled"] == 3
    promoted = db.session().scalars(
        sa.select(Job.payload).where(Job.name == "attendance.send_message")
    )
    told = [row["registration"] for row in promoted if row["message"] == "promoted"]
    assert len(told) == len(set(told))
