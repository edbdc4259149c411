"""Approval, decline with a reason, and the undoing of a cancellation."""

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import queries, service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules.setup import HoursOutOfRange
from eventsapp.attendance.types import Approved, Message, Setup
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.edge.jobs import Job
from eventsapp.workshops.models import Workshop
from tests.factories.attendance import register, registration_draft
from tests.factories.workshops import NOW, make_actor, make_workshop


def make_asking(by: Actor, seats: int = 2) -> Workshop:
    """A workshop whose organiser decides about each registration."""
    workshop = make_workshop(by=by, seats_in_person=seats)
    service.change_setup(workshop.id, Setup(needs_approval=True), by=by, now=NOW)
    return workshop


def told() -> list[tuple[int, str]]:
    jobs = db.session().scalars(
        sa.select(Job).where(Job.name == "attendance.send_message").order_by(Job.id)
    )
    return [(job.payload["registration"], job.payload["message"]) for job in jobs]


def statuses(workshop: Workshop) -> list[str]:
    return list(
        db.session().scalars(
            sa.select(Registration.status)
            .where(Registration.workshop_id == workshop.id)
            .order_by(Registration.id)
        )
    )


def test_where_the_organiser_decides_a_registration_is_a_request(app: Flask) -> None:
    workshop = make_asking(make_actor(Role.ORGANISER))

    registration = register(workshop)

    assert (registration.status, workshop.taken_in_person) == ("requested", 0)
    assert told() == [(registration.id, Message.REQUESTED)]


def test_approving_gives_seats_in_the_order_of_the_requests_then_places_in_the_line(
    app: Flask,
) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_asking(by, seats=2)
    ids = [register(workshop).id for _ in range(4)]

    done = service.approve_requests(workshop.id, reversed(ids[:3]), by=by, now=NOW)

    assert done == Approved(confirmed=2, waitlisted=1)
    assert statuses(workshop) == ["confirmed", "confirmed", "waitlisted", "requested"]
    assert told()[4:] == [
        (ids[0], Message.CONFIRMED),
        (ids[1], Message.CONFIRMED),
        (ids[2], Message.WAITLISTED),
    ]
    assert audit.find_break() is None


def test_declining_keeps_the_reason_for_the_mail_and_says_how_many(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_asking(by)
    ids = [register(workshop).id for _ in range(2)]

    count = service.decline_requests(workshop.id, ids, reason=" For Libya only. ", by=by, now=NOW)

    rows = [queries.get_registration(number) for number in ids]
    assert count == 2
    assert [(row.status, row.reason) for row in rows] == [("declined", "For Libya only.")] * 2
    assert told()[2:] == [(ids[0], Message.DECLINED), (ids[1], Message.DECLINED)]


def test_who_was_turned_down_cannot_come_back_without_the_organiser(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    first = register(workshop, email="salma@ministry.example")
    service.cancel_registration(first.id, reason="Twice absent.", by=by, now=NOW)

    with pytest.raises(rules.ChangeNotPossible):
        service.undo_cancellation(first.id, by=rules.participant(first), now=NOW)
    again = register(workshop, email="salma@ministry.example")

    assert (again.id, again.status, workshop.taken_in_person) == (first.id, "requested", 0)


def test_approving_somebody_decided_about_meanwhile_changes_nothing(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_asking(by)
    registration = register(workshop)
    service.decline_registration(registration.id, by=by, now=NOW)

    done = service.approve_requests(workshop.id, [registration.id], by=by, now=NOW)

    assert (done, statuses(workshop)) == (Approved(0, 0), ["declined"])


def test_deciding_refuses_nobody_chosen_and_the_organiser_of_another_workshop(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_asking(by)

    with pytest.raises(rules.NobodyChosen):
        service.approve_requests(workshop.id, [], by=by, now=NOW)
    with pytest.raises(Forbidden):
        service.decline_requests(workshop.id, [1], by=make_actor(Role.ORGANISER), now=NOW)


def test_somebody_invited_has_a_place_without_a_second_yes(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_asking(by)
    invited = service.add_participant(
        workshop.id, registration_draft(), invite=True, by=by, now=NOW
    )

    service.accept_invitation(invited.id, by=rules.participant(invited), now=NOW)

    assert statuses(workshop) == ["confirmed"]


def test_undoing_a_cancellation_gives_the_seat_back_while_one_is_free(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1)
    registration = register(workshop)
    me = rules.participant(registration)
    service.cancel_registration(registration.id, by=me, now=NOW)

    service.undo_cancellation(registration.id, by=me, now=NOW)

    assert (statuses(workshop), workshop.taken_in_person) == (["confirmed"], 1)
    assert [message for _, message in told()] == ["confirmed", "cancelled", "confirmed"]


def test_undoing_a_cancellation_overtakes_nobody_who_waits(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1)
    first, second = register(workshop), register(workshop)
    me = rules.participant(first)
    service.cancel_registration(first.id, by=me, now=NOW)

    service.undo_cancellation(first.id, by=me, now=NOW)

    assert (statuses(workshop), workshop.taken_in_person) == (["waitlisted", "confirmed"], 1)
    assert second.status == "confirmed"


def test_undoing_the_cancellation_of_a_request_leads_back_to_a_request(app: Flask) -> None:
    workshop = make_asking(make_actor(Role.ORGANISER))
    registration = register(workshop)
    me = rules.participant(registration)
    service.cancel_registration(registration.id, by=me, now=NOW)

    service.undo_cancellation(registration.id, by=me, now=NOW)

    assert statuses(workshop) == ["requested"]


def test_ones_own_no_to_an_invitation_may_become_a_yes(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    invited = service.add_participant(
        workshop.id, registration_draft(), invite=True, by=by, now=NOW
    )
    me = rules.participant(invited)
    service.decline_registration(invited.id, by=me, now=NOW)

    service.accept_invitation(invited.id, by=me, now=NOW)

    assert statuses(workshop) == ["confirmed"]


@pytest.mark.parametrize("setup", [Setup(reminder_hours=-1), Setup(joining_hours=9_999)])
def test_change_setup_refuses_hours_that_make_no_sense(sqlite_app: Flask, setup: Setup) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)

    with pytest.raises(HoursOutOfRange):
        service.change_setup(workshop.id, setup, by=by, now=NOW)


def test_change_setup_refuses_what_somebody_else_changed_first(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    service.change_setup(workshop.id, Setup(reminder_hours=48), by=by, now=NOW)

    with pytest.raises(Stale):
        service.change_setup(workshop.id, Setup(reminder_hours=12), by=by, now=NOW)
    assert queries.setup_of(workshop.id).reminder_hours == 48
