"""The pages of requests, mails, duplicates and addresses, as an organiser uses them."""

from collections.abc import Iterator
from dataclasses import asdict

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.accounts.queries import get_by_email
from eventsapp.attendance import service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules.roster import roster_keys
from eventsapp.attendance.types import Setup
from eventsapp.core import clock, db
from eventsapp.core.actor import Actor, Role
from eventsapp.edge.jobs import Job, run_due_jobs
from eventsapp.people.models import Person
from eventsapp.web.limits import limiter
from eventsapp.workshops.models import Workshop
from tests.attendance.test_own_fields import DIET
from tests.attendance.test_views_public import open_page, upcoming
from tests.factories.attendance import register, registration_draft
from tests.factories.queries import statements
from tests.factories.workshops import NOW, actor_of, make_user, sign_in
from tests.pages import hidden_fields, text_of

NADIA = "nadia@organisation.example"


@pytest.fixture(autouse=True)
def _no_limits(app: Flask) -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.fixture
def workshop(app: Flask) -> Workshop:
    """One whose organiser, Nadia, decides about each registration."""
    by = actor_of(make_user(Role.ORGANISER, email=NADIA))
    workshop = upcoming(by=by, seats_in_person=2)
    service.change_setup(workshop.id, Setup(needs_approval=True), by=by, now=NOW)
    return workshop


@pytest.fixture
def client(app: Flask, workshop: Workshop) -> FlaskClient:
    client = app.test_client()
    sign_in(client, user=get_by_email(NADIA))
    return client


def press(client: FlaskClient, path: str, **fields: object) -> str:
    """Press a button of the page and read what it says then."""
    token = hidden_fields(client.get(path).text)["csrf_token"]
    answer = client.post(path, data={"csrf_token": token} | fields, follow_redirects=True)
    db.session().expire_all()
    return text_of(answer.text)


def statuses() -> list[str]:
    return list(db.session().scalars(sa.select(Registration.status).order_by(Registration.id)))


def test_approving_those_chosen_says_how_many_have_a_place_and_how_many_wait(
    client: FlaskClient, workshop: Workshop
) -> None:
    ids = [register(workshop, now=clock.now()).id for _ in range(4)]

    said = press(
        client,
        f"/manage/workshops/{workshop.id}/people/requests",
        do="approve",
        who=[str(number) for number in ids[:3]],
    )

    assert "2 people have a place now and are told by mail. 1 is on the waiting list" in said
    assert statuses() == ["confirmed", "confirmed", "waitlisted", "requested"]


def test_approving_nobody_is_refused_and_approving_all_needs_no_choice(
    client: FlaskClient, workshop: Workshop
) -> None:
    path = f"/manage/workshops/{workshop.id}/people/requests"
    register(workshop, now=clock.now())

    nobody = press(client, path, do="approve")
    everybody = press(client, path, do="approve_all")

    assert "Choose at least one person of the list." in nobody
    assert "1 person has a place now" in everybody
    assert "Nobody waits for your decision" in everybody


def test_declining_keeps_what_was_typed_until_it_fits(
    client: FlaskClient, workshop: Workshop
) -> None:
    path = f"/manage/workshops/{workshop.id}/people/requests"
    registration = register(workshop, now=clock.now())
    who = [str(registration.id)]

    page = client.post(
        path,
        data=hidden_fields(client.get(path).text)
        | {"do": "decline", "who": who, "reason": "x" * 1_001},
    )
    said = press(client, path, do="decline", who=who, reason="For focal points only.")

    assert 'id="reason-error"' in page.text
    assert "x" * 1_001 in page.text
    assert f'value="{registration.id}"' in page.text.split(" checked")[0]
    assert "1 person was declined" in said
    assert (registration.status, registration.reason) == ("declined", "For focal points only.")


def test_a_cancellation_is_undone_on_ones_own_page(app: Flask, workshop: Workshop) -> None:
    service.change_setup(workshop.id, Setup(version=1), by=owner(), now=NOW)
    registration = register(workshop, now=clock.now())
    client = app.test_client()
    open_page(client, registration)
    token = {"csrf_token": hidden_fields(client.get("/r/").text)["csrf_token"]}
    client.post("/r/cancel", data=token)

    offered = text_of(client.get("/r/").text)
    client.post("/r/undo", data=token)

    assert "Undo the cancellation" in offered
    assert statuses() == ["confirmed"]
    assert "You have your place again." in text_of(client.get("/r/").text)


def owner() -> Actor:
    return actor_of(get_by_email(NADIA))


def test_somebody_invited_is_asked_what_must_be_answered(app: Flask, workshop: Workshop) -> None:
    service.keep_field(workshop.id, DIET, version=1, by=owner(), now=NOW)
    invited = service.add_participant(
        workshop.id, registration_draft(), invite=True, by=owner(), now=clock.now()
    )
    client = app.test_client()
    open_page(client, invited)
    token = {"csrf_token": hidden_fields(client.get("/r/").text)["csrf_token"]}

    client.post("/r/answer", data=token | {"answer": "yes"})

    assert "The organiser asks you something more." in text_of(client.get("/r/").text)


def test_the_address_of_somebody_is_corrected_and_their_links_go_there(
    client: FlaskClient, workshop: Workshop
) -> None:
    other = register(workshop, now=clock.now(), email="taken@ministry.example")
    registration = register(workshop, now=clock.now(), email="mistyped@ministry.example")
    path = f"/manage/workshops/{workshop.id}/people/{registration.id}/address"

    refused = press(client, path, email=str(other.person.email).upper())
    said = press(client, path, email="right@ministry.example")

    assert "Somebody else is known by this address." in refused
    assert "Their links are on their way" in said
    assert registration.person.email == "right@ministry.example"
    jobs = db.session().scalars(sa.select(Job).where(Job.name == "attendance.send_links")).all()
    assert [job.payload for job in jobs] == [{"person": registration.person_id}]


def test_what_was_sent_is_shown_in_counts_without_anybodys_name(
    client: FlaskClient, workshop: Workshop
) -> None:
    for _ in range(3):
        register(workshop, now=clock.now(), name="Salma Haddad")
    run_due_jobs()

    page = text_of(client.get(f"/manage/workshops/{workshop.id}/people/mails").text)

    assert "Request received sent 3" in page.replace("  ", " ")
    assert "Salma" not in page


@pytest.mark.parametrize("part", ["", "/requests", "/duplicates", "/mails", "/registration"])
def test_a_page_takes_as_many_statements_for_many_people_as_for_few(
    client: FlaskClient, workshop: Workshop, part: str
) -> None:
    path = f"/manage/workshops/{workshop.id}/people{part}"
    counts = []
    for more in (3, 40):
        add_requests(workshop.id, more)
        with statements() as sent:
            assert client.get(path).status_code == 200
        counts.append(len(sent))

    assert counts[0] == counts[1]


@db.transaction
def add_requests(workshop_id: int, count: int) -> None:
    """Rows straight into the tables: the pages are measured, not the use case."""
    session, now = db.session(), clock.now()
    last = session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0
    for number in range(last, last + count):
        # Every other one bears a name that stands on the list twice.
        person = Person(
            name=f"Person {number // 2}", name_key=f"{number // 2} person", created_at=now
        )
        session.add(person)
        session.flush()
        session.add(
            Registration(
                workshop_id=workshop_id,
                person_id=person.id,
                mode="in_person",
                status="requested",
                code=f"A2{number:04d}",
                queued_at=now,
                created_at=now,
                changed_at=now,
                **asdict(roster_keys(person)),
            )
        )
