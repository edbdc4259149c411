"""Delegations: each colleague a mail and a page, the head sees and may withdraw them."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import queries, service
from eventsapp.attendance.links import private_link
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules import delegations as rules
from eventsapp.attendance.rules.registering import participant
from eventsapp.attendance.types import DelegationNote, RegistrationDraft
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden, NotFound
from eventsapp.edge.jobs import Job
from eventsapp.web.limits import limiter
from eventsapp.workshops.models import Workshop
from tests.attendance.test_views_public import open_page, upcoming
from tests.factories.attendance import register, registration_draft
from tests.factories.workshops import NOW, make_actor, make_workshop
from tests.pages import hidden_fields, text_of


@pytest.fixture(autouse=True)
def _no_limits(sqlite_app: Flask) -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


def lead(head: Registration, *members: RegistrationDraft) -> list[int]:
    """Register colleagues; the ids of the delegation's members."""
    delegation = service.register_delegation(
        head.id, "Coast Guard", members, by=participant(head), now=NOW
    )
    return [member.id for member in delegation.members]


def states(workshop: Workshop) -> list[str]:
    return list(
        db.session().scalars(
            sa.select(Registration.status)
            .where(Registration.workshop_id == workshop.id)
            .order_by(Registration.id)
        )
    )


def told() -> list[tuple[int, str]]:
    jobs = db.session().scalars(
        sa.select(Job).where(Job.name == "attendance.send_message").order_by(Job.id)
    )
    return [(job.payload["registration"], job.payload["message"]) for job in jobs]


def test_colleagues_get_seats_in_order_each_with_a_mail_and_a_page(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=2)
    head = register(workshop, name="Amal Sherif")

    lead(head, registration_draft(), registration_draft())

    assert states(workshop) == ["confirmed", "confirmed", "waitlisted"]
    assert [message for _, message in told()] == ["confirmed", "confirmed", "waitlisted"]
    colleague = queries.get_registration(head.id + 1)
    assert private_link(colleague) != private_link(head)
    assert queries.delegation_of(colleague.id) == DelegationNote("Amal Sherif", "Coast Guard")
    assert queries.delegation_of(head.id) is None


def test_withdrawing_a_colleague_frees_the_seat_for_whoever_waits(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=2)
    head = register(workshop)
    (member,) = lead(head, registration_draft())
    waiting = register(workshop)

    for _ in range(2):
        service.withdraw_member(head.id, member, by=participant(head), now=NOW)

    assert states(workshop) == ["confirmed", "cancelled", "confirmed"]
    assert told()[3:] == [(waiting.id, "promoted"), (head.id + 1, "cancelled")]


def test_whoever_is_on_the_list_already_stays_and_the_head_does_not_learn_of_it(
    app: Flask,
) -> None:
    workshop = make_workshop()
    known = register(workshop, email="salma@ministry.example", name="Salma Haddad")
    head = register(workshop)

    members = lead(head, registration_draft(email="salma@ministry.example", name="Salma"))
    service.withdraw_member(head.id, members[0], by=participant(head), now=NOW)

    assert (known.status, known.person.name) == ("confirmed", "Salma Haddad")
    assert told()[2:] == [(known.id, "known_already")]


def test_a_row_at_fault_is_named_and_nobody_is_registered(app: Flask) -> None:
    workshop = make_workshop()
    head = register(workshop)

    with pytest.raises(rules.NamedTwice) as refused:
        lead(head, registration_draft(), registration_draft(email=str(head.person.email)))

    assert (refused.value.field, states(workshop)) == ("members-1-email", ["confirmed"])


def test_only_somebody_registered_may_name_colleagues_and_not_endlessly(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=50)
    head = register(workshop)
    with pytest.raises(rules.TooManyMembers):
        lead(head, *(registration_draft() for _ in range(31)))
    service.cancel_registration(head.id, by=participant(head), now=NOW)

    with pytest.raises(rules.NotRegistered):
        lead(head, registration_draft())


def test_a_head_who_does_not_come_holds_no_seat_and_goes_on_leading(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=2)
    head = register(workshop)
    (first,) = lead(head, registration_draft())

    service.cancel_registration(head.id, by=participant(head), now=NOW)
    lead(head, registration_draft())
    service.withdraw_member(head.id, first, by=participant(head), now=NOW)

    assert states(workshop) == ["cancelled", "cancelled", "confirmed"]


def test_a_head_whom_the_organiser_turned_down_names_nobody_more(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    head = register(workshop)
    lead(head, registration_draft())
    service.cancel_registration(head.id, by=organiser, now=NOW)

    with pytest.raises(rules.NotRegistered):
        lead(head, registration_draft())


def test_nobody_touches_the_delegation_of_another_head(app: Flask) -> None:
    workshop = make_workshop()
    head, other = register(workshop), register(workshop)
    (member,) = lead(head, registration_draft())

    with pytest.raises(NotFound):
        service.withdraw_member(other.id, member, by=participant(other), now=NOW)
    with pytest.raises(Forbidden):
        service.withdraw_member(head.id, member, by=participant(other), now=NOW)


def test_register_and_withdraw_a_colleague_on_ones_own_page(sqlite_app: Flask) -> None:
    from eventsapp.core import clock

    client = sqlite_app.test_client()
    workshop = upcoming()
    head = register(workshop, now=clock.now())
    open_page(client, head)
    page = client.get("/r/colleagues").text
    filled = {
        "institution": "Coast Guard",
        "members-0-name": "Nuri Ghariani",
        "members-0-email": "nuri@ministry.example",
        "members-0-mode": "in_person",
        "members-0-language": "ar",
    }

    half = client.post(
        "/r/colleagues", data=hidden_fields(page) | filled | {"members-1-name": "Amal"}
    )
    client.post("/r/colleagues", data=hidden_fields(page) | filled)
    shown = client.get("/r/colleagues").text
    member = queries.delegations_led_by(head.id)[0].members[0].id
    token = hidden_fields(client.get(f"/r/colleagues/{member}/withdraw").text)
    client.post(f"/r/colleagues/{member}/withdraw", data=token)

    assert 'id="members-1-email-error"' in half.text
    assert "Nuri Ghariani registered" in text_of(shown).replace("Nuri Ghariani  ", "Nuri Ghariani ")
    assert states(workshop) == ["confirmed", "cancelled"]
