"""The last seat, wanted by many at once, and what happens without protection."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import place_in_line
from eventsapp.attendance.rules.registering import participant
from eventsapp.attendance.service import seats
from eventsapp.core import db
from eventsapp.core.actor import VISITOR, Actor, Role
from eventsapp.edge.jobs import Job
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import describe_workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register, registration_draft
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_workshop

CLIENTS = 12
LATER = NOW + timedelta(hours=1)


def registering(workshop_id: int, mode: Mode = Mode.IN_PERSON) -> Callable[[], str]:
    draft = registration_draft(mode)
    return lambda: service.register_participant(workshop_id, draft, by=VISITOR, now=NOW).status


def cancelling_of(registration_id: int, by: Actor) -> Callable[[], object]:
    return lambda: service.cancel_registration(registration_id, by=by, now=LATER)


def counts(workshop_id: int) -> tuple[Counter[str], int]:
    statuses = db.session().scalars(
        sa.select(Registration.status).where(Registration.workshop_id == workshop_id)
    )
    return Counter(statuses), db.get(Workshop, workshop_id).taken_in_person


def race_for_the_last_seat(app: Flask, mode: Mode, clients: int) -> None:
    """One seat of a mode and many clients at once: one has it, the others stand in one line."""
    workshop = make_workshop(seats_in_person=1, seats_online=1)
    workshop_id = workshop.id

    results = at_once(app, [registering(workshop_id, mode) for _ in range(clients)])

    assert Counter(results) == Counter({"confirmed": 1, "waitlisted": clients - 1})
    workshop = db.get(Workshop, workshop_id)
    taken = {Mode.IN_PERSON: workshop.taken_in_person, Mode.ONLINE: workshop.taken_online}
    assert taken == {one: int(one == mode) for one in Mode}
    line = waiting_line(workshop_id)
    assert [place_in_line(registration) for registration in line] == list(range(1, clients))
    holder = db.session().scalars(of_workshop(workshop_id, "confirmed")).one()
    service.cancel_registration(holder.id, by=participant(holder), now=LATER)
    assert db.session().scalars(of_workshop(workshop_id, "confirmed")).one() == line[0]


def of_workshop(workshop_id: int, status: str) -> sa.Select[Registration]:
    return (
        sa.select(Registration)
        .where(Registration.workshop_id == workshop_id, Registration.status == status)
        .order_by(Registration.queued_at, Registration.id)
    )


def waiting_line(workshop_id: int) -> list[Registration]:
    return list(db.session().scalars(of_workshop(workshop_id, "waitlisted")))


@pytest.mark.parametrize("mode", Mode)
def test_the_last_seat_is_given_once_and_the_others_wait_in_order(app: Flask, mode: Mode) -> None:
    for _ in range(2):
        race_for_the_last_seat(app, mode, CLIENTS)


@pytest.mark.faults
@pytest.mark.parametrize("mode", Mode)
def test_fifty_clients_and_one_seat_twenty_times(app: Flask, mode: Mode) -> None:
    for _ in range(20):
        race_for_the_last_seat(app, mode, 50)


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


def race_over_the_seats(app: Flask, mode: Mode, size: int) -> None:
    """Everybody who holds a seat cancels while the seats are cut and others come."""
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=size, seats_online=size)
    workshop_id = workshop.id
    holders = [register(workshop, mode).id for _ in range(size)]
    for _ in range(size):
        register(workshop, mode)

    def lower() -> None:
        draft = draft_of(db.get(Workshop, workshop_id))
        fewer = replace(draft, seats_in_person=size - 1, seats_online=size - 1)
        describe_workshop(workshop_id, fewer, by=organiser, now=LATER)

    at_once(
        app,
        [
            *(cancelling_of(number, organiser) for number in holders),
            lower,
            lower,
            *(registering(workshop_id, mode) for _ in range(size)),
        ],
    )

    found = Counter(db.session().scalars(statuses_of(workshop_id)))
    workshop = db.get(Workshop, workshop_id)
    taken, there = {
        Mode.IN_PERSON: (workshop.taken_in_person, workshop.seats_in_person),
        Mode.ONLINE: (workshop.taken_online, workshop.seats_online),
    }[mode]
    assert found["confirmed"] == taken <= there
    assert found["cancelled"] == size
    assert not (found["waitlisted"] and taken < there), "a seat stays empty while somebody waits"
    told = [
        job.payload["registration"]
        for job in db.session().scalars(
            sa.select(Job).where(Job.subject.startswith("registration:"))
        )
        if job.payload.get("message") == "promoted"
    ]
    assert len(told) == len(set(told))


def statuses_of(workshop_id: int) -> sa.Select[str]:
    return sa.select(Registration.status).where(Registration.workshop_id == workshop_id)


@pytest.mark.parametrize("mode", Mode)
def test_cancelling_promoting_and_lowering_the_seats_together_never_oversells(
    app: Flask, mode: Mode
) -> None:
    race_over_the_seats(app, mode, 3)


@pytest.mark.faults
@pytest.mark.parametrize("mode", Mode)
def test_cancelling_promoting_and_lowering_twenty_times_with_fifty_clients(
    app: Flask, mode: Mode
) -> None:
    for _ in range(20):
        race_over_the_seats(app, mode, 24)


@pytest.mark.parametrize(
    ("protection", "broken"),
    [
        ("free_seat", lambda *_args: None),
        ("take_seat", lambda *_args: True),
    ],
)
def test_without_counting_seats_the_race_is_lost(
    app: Flask, monkeypatch: pytest.MonkeyPatch, protection: str, broken: Callable[..., object]
) -> None:
    """Positive control: the same clients, with one protection switched off, are caught."""
    monkeypatch.setattr(seats, protection, broken)

    with pytest.raises(AssertionError):
        race_over_the_seats(app, Mode.IN_PERSON, 3)
