"""The public page and a participant's own pages, over HTTP."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventsapp.attendance import service
from eventsapp.attendance.links import private_link
from eventsapp.attendance.models import Registration
from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import Job
from eventsapp.people.models import Person
from eventsapp.people.queries import consents_of
from eventsapp.people.types import Purpose
from eventsapp.web.limits import limiter
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Format, Mode, Status
from tests.factories.attendance import register, registration_draft
from tests.factories.workshops import make_actor, make_project, make_workshop


@pytest.fixture(autouse=True)
def _no_limits(app: Flask) -> None:
    limiter.reset()


def wall_clock(days: float) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(tzinfo=None, microsecond=0)


def upcoming(**changes: Any) -> Workshop:
    """A workshop three weeks ahead: pages read the real clock."""
    return make_workshop(
        starts_at=wall_clock(21), ends_at=wall_clock(22), timezone="UTC", sessions=(), **changes
    )


def fields(page: TestResponse) -> dict[str, str]:
    """What a browser would send unchanged: hidden fields and tokens."""
    text = page.get_data(as_text=True)
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', text)
    found: dict[str, str] = {}
    for tag in hidden:
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found.setdefault(name[1], value[1])
    return found


FILLED = {
    "name": "Salma Haddad",
    "email": "salma@ministry.example",
    "mode": "in_person",
    "institution": "Ministry of Planning",
    "function": "Adviser",
    "country_code": "LY",
    "sex": "female",
    "language": "ar",
    "contact": "y",
}


def send(client: FlaskClient, path: str, **values: str) -> TestResponse:
    return client.post(path, data=fields(client.get(path)) | values)


def post(client: FlaskClient, path: str, opened: str = "/r/", **values: str) -> TestResponse:
    """Press a button of the page ``opened``."""
    token = fields(client.get(opened))["csrf_token"]
    return client.post(path, data={"csrf_token": token} | values)


def everybody() -> list[tuple[str, str, str]]:
    rows = db.session().scalars(sa.select(Registration).order_by(Registration.id))
    return [(row.person.name, row.mode, row.status) for row in rows]


def errors_of(page: TestResponse) -> dict[str, str]:
    """The message beside each field, by the field's id."""
    text = page.get_data(as_text=True)
    found = re.findall(r'<p class="error" id="([^"]+)-error">(.*?)</p>', text, re.DOTALL)
    return {name: re.sub(r"<[^>]+>|\s+", " ", html).strip() for name, html in found}


def test_register_by_the_form_and_read_that_a_mail_comes(client: FlaskClient) -> None:
    path = f"/workshops/{upcoming().ref}/register"

    answer = send(client, path, **FILLED)
    page = client.get(answer.location)

    assert (answer.status_code, answer.location) == (302, f"{path}/received")
    assert "salma@ministry.example" in page.get_data(as_text=True)
    assert everybody() == [("Salma Haddad", "in_person", "confirmed")]
    person = db.session().scalars(sa.select(Person)).one()
    assert (person.sex, person.country_code, person.language) == ("female", "LY", "ar")
    agreed = consents_of(person.id)
    assert (agreed[Purpose.CONTACT].granted, agreed[Purpose.PHOTO].granted) == (True, False)


def test_the_page_looks_the_same_for_an_address_that_is_registered_already(
    client: FlaskClient,
) -> None:
    path = f"/workshops/{upcoming().ref}/register"
    first = send(client, path, **FILLED)
    again = send(client, path, **FILLED | {"name": "Evil Twin"})

    bodies = [re.sub(r'value="[^"]*"', "", page.get_data(as_text=True)) for page in (first, again)]
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert bodies[0] == bodies[1]
    assert everybody() == [("Salma Haddad", "in_person", "confirmed")]


def test_a_double_click_registers_once(client: FlaskClient) -> None:
    path = f"/workshops/{upcoming().ref}/register"
    data = fields(client.get(path)) | FILLED

    answers = [client.post(path, data=data).status_code for _ in range(2)]

    assert (answers, len(everybody())) == ([302, 302], 1)
    told = sa.select(sa.func.count()).where(Job.name == "attendance.send_message")
    assert db.session().scalar(told) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 300}, "name"),
        ({"name": "Salma \u202egnorw"}, "name"),
        ({"name": "Salma\r\nBcc: all@x.example"}, "name"),
        ({"name": "!!!"}, "name"),
        ({"email": ""}, "email"),
        ({"email": "salma"}, "email"),
        ({"email": "a@b.example\nBcc: x@y.example"}, "email"),
        ({"email": "x" * 300 + "@ministry.example"}, "email"),
        ({"mode": ""}, "mode"),
        ({"mode": "by_post"}, "mode"),
        ({"country_code": "XX"}, "country_code"),
        ({"sex": "robot"}, "sex"),
        ({"language": "tlh"}, "language"),
        ({"group_id": "999999"}, "group_id"),
        ({"group_id": "1; DROP TABLE person"}, "group_id"),
        ({"institution": "x" * 201}, "institution"),
        ({"function": "a\u0007b"}, "function"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_written(
    client: FlaskClient, changes: dict[str, str], field: str
) -> None:
    path = f"/workshops/{upcoming().ref}/register"

    answer = send(client, path, **FILLED | changes)

    assert (answer.status_code, list(errors_of(answer))) == (200, [field])
    assert everybody() == []
    assert db.session().scalar(sa.select(sa.func.count()).select_from(Person)) == 0
    kept = FILLED["institution"] if field != "institution" else FILLED["name"]
    assert kept in answer.get_data(as_text=True)


def test_hostile_markup_is_taken_as_text_and_stays_text(client: FlaskClient) -> None:
    hostile = "<script>alert(1)</script>{{ 7*7 }}\"'"
    path = f"/workshops/{upcoming(title=Texts.of(en=hostile)).ref}/register"

    form = client.get(path).get_data(as_text=True)
    refused = send(client, path, **FILLED | {"name": hostile, "institution": hostile, "email": ""})
    send(client, path, **FILLED | {"name": hostile, "institution": hostile})

    for text in (form, refused.get_data(as_text=True)):
        assert "<script>alert" not in text
        assert "49" not in re.sub(r'value="[^"]*"', "", text.split("</h1>")[0].split("<h1")[1])
    assert everybody() == [(hostile, "in_person", "confirmed")]


def test_a_machine_that_fills_in_everything_changes_nothing(client: FlaskClient) -> None:
    path = f"/workshops/{upcoming().ref}/register"

    answer = send(client, path, **FILLED, website="https://spam.example")

    assert (answer.status_code, answer.location, everybody()) == (302, f"{path}/received", [])


def test_the_sex_is_not_asked_where_the_project_does_not_report_it(client: FlaskClient) -> None:
    workshop = upcoming(project=make_project(reports_sex=False))
    path = f"/workshops/{workshop.ref}/register"

    page = client.get(path).get_data(as_text=True)
    send(client, path, **FILLED)

    assert 'name="sex"' not in page
    assert db.session().scalars(sa.select(Person.sex)).one() == "undisclosed"


def test_modes_and_groups_are_those_of_the_workshop(client: FlaskClient) -> None:
    online = upcoming(format=Format.ONLINE, groups=())

    page = client.get(f"/workshops/{online.ref}/register").get_data(as_text=True)

    assert re.findall(r'name="mode"[^>]*value="(\w+)"', page) == ["online"]
    assert 'name="group_id"' not in page


@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.CLOSED])
def test_a_workshop_that_is_not_open_offers_no_form_and_takes_no_post(
    client: FlaskClient, status: Status
) -> None:
    workshop = upcoming(status=status)
    path = f"/workshops/{workshop.ref}/register"

    page = client.get(path)
    answer = client.post(path, data={**fields(client.get("/r/")), **FILLED})

    assert 'name="email"' not in page.get_data(as_text=True)
    assert (answer.status_code, everybody()) == (200, [])
    assert "not open" in answer.get_data(as_text=True)


def test_a_draft_is_not_found_by_the_public(client: FlaskClient) -> None:
    draft = upcoming(status=Status.DRAFT)

    assert client.get(f"/workshops/{draft.ref}/register").status_code == 404
    assert client.get(f"/workshops/{draft.ref}/register/received").status_code == 404


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_public_pages_open_in_every_language(client: FlaskClient, lang: str) -> None:
    workshop = upcoming()
    pages = [f"/workshops/{workshop.ref}/register", "/r/", "/r/lost", f"/workshops/{workshop.ref}"]

    answers = [client.get(f"{path}?lang={lang}") for path in pages]

    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert all(f'<html lang="{lang}"' in answer.get_data(as_text=True) for answer in answers)


def test_the_public_page_of_the_workshop_leads_to_registration_and_says_how_full_it_is(
    client: FlaskClient,
) -> None:
    workshop = upcoming(seats_in_person=1, seats_online=7)
    register(workshop, now=clock.now())

    text = client.get(f"/workshops/{workshop.ref}").get_data(as_text=True)

    assert f'href="/workshops/{workshop.ref}/register"' in text
    assert "In the room: full, with a waiting list" in text
    assert "Online: 7 places left" in text


def open_page(client: FlaskClient, registration: Registration) -> TestResponse:
    token = private_link(registration).split("#")[1]
    return post(client, "/r/open", token=token)


def test_the_private_link_opens_ones_own_page(client: FlaskClient) -> None:
    registration = register(upcoming(), now=clock.now(), name="Salma Haddad")

    answer = open_page(client, registration)
    page = client.get("/r/").get_data(as_text=True)

    assert (answer.status_code, answer.location) == (302, "/r/")
    assert "A place is kept for you, Salma Haddad." in page
    assert f"{registration.code[:3]} {registration.code[3:]}" in page
    assert "secret-room" not in page


def test_no_address_of_a_page_ever_holds_the_token(client: FlaskClient) -> None:
    registration = register(upcoming(), now=clock.now())
    token = private_link(registration).split("#")[1]

    answer = client.get(f"/r/?token={token}")

    assert "Open it with the link of our mail" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "spoil", ["", "x", "-", "1-", "0-" + "A" * 32, "1-" + "A" * 32, "9" * 4000]
)
def test_a_broken_token_opens_nothing(client: FlaskClient, spoil: str) -> None:
    register(upcoming(), now=clock.now())

    answer = post(client, "/r/open", token=spoil)

    assert answer.status_code == 403
    assert "not complete or not valid" in answer.get_data(as_text=True)


def test_the_token_of_one_registration_does_not_open_or_change_another(
    client: FlaskClient,
) -> None:
    workshop = upcoming()
    mine, other = register(workshop, now=clock.now()), register(workshop, now=clock.now())
    proof = private_link(mine).split("#")[1].split("-", 1)[1]

    forged = post(client, "/r/open", token=f"{other.id}-{proof}")
    open_page(client, mine)
    post(client, "/r/cancel", registration=str(other.id), id=str(other.id))

    assert forged.status_code == 403
    db.session().expire_all()
    assert (mine.status, other.status) == ("cancelled", "confirmed")


def test_without_scripts_address_and_code_open_it_and_a_wrong_pair_does_not(
    client: FlaskClient,
) -> None:
    registration = register(upcoming(), now=clock.now(), email="salma@ministry.example")
    other = register(upcoming(), now=clock.now())

    wrong = post(client, "/r/find", email="salma@ministry.example", code=other.code)
    nobody = post(client, "/r/find", email="nobody@ministry.example", code=registration.code)
    right = post(client, "/r/find", email="Salma@ministry.example", code=registration.code.lower())

    message = "No registration fits this address and code."
    assert [message in page.get_data(as_text=True) for page in (wrong, nobody)] == [True, True]
    assert (right.status_code, right.location) == (302, "/r/")


def test_lost_links_get_the_same_answer_whether_anybody_is_registered(
    client: FlaskClient,
) -> None:
    registration = register(upcoming(), now=clock.now(), email="salma@ministry.example")

    pages = [
        post(client, "/r/lost", opened="/r/lost", email=address)
        for address in ("salma@ministry.example", "nobody@ministry.example")
    ]

    texts = [
        page.get_data(as_text=True).replace(address, "…")
        for page, address in zip(
            pages, ("salma@ministry.example", "nobody@ministry.example"), strict=True
        )
    ]
    assert texts[0] == texts[1]
    jobs = db.session().scalars(
        sa.select(Job).where(Job.name == "attendance.send_links").order_by(Job.id)
    )
    # Work is recorded either way: the time that the answer takes tells nothing either.
    assert [job.payload for job in jobs] == [{"person": registration.person_id}, {"person": 0}]


def test_asking_for_links_is_limited(client: FlaskClient) -> None:
    answers = [
        post(client, "/r/lost", opened="/r/lost", email="salma@ministry.example").status_code
        for _ in range(5)
    ]

    assert answers == [200, 200, 200, 429, 429]


def test_change_mode_cancel_and_close_on_ones_own_page(client: FlaskClient) -> None:
    registration = register(upcoming(), now=clock.now())
    open_page(client, registration)

    post(client, "/r/mode", mode="online")
    online = client.get("/r/").get_data(as_text=True)
    asked = client.get("/r/cancel").get_data(as_text=True)
    post(client, "/r/cancel")
    post(client, "/r/close")

    assert "https://video.example/join/secret-room" in online
    assert "Your place goes to whoever waits for one." in asked
    assert everybody()[0][1:] == ("online", "cancelled")
    assert [client.get(path).location for path in ("/r/cancel", "/r/details")] == ["/r/", "/r/"]
    assert "Your page has closed itself." in client.get("/r/").get_data(as_text=True)


def test_a_full_mode_is_refused_and_the_place_kept(client: FlaskClient) -> None:
    workshop = upcoming(seats_online=1)
    registration = register(workshop, now=clock.now())
    register(workshop, Mode.ONLINE, now=clock.now())
    open_page(client, registration)

    post(client, "/r/mode", mode="online")

    assert "Your present place is kept." in client.get("/r/").get_data(as_text=True)
    assert everybody()[0][1:] == ("in_person", "confirmed")


def test_correct_name_language_and_consents(client: FlaskClient) -> None:
    registration = register(upcoming(), now=clock.now(), name="Selma Hadad")
    open_page(client, registration)

    send(
        client,
        "/r/details",
        name="Salma Haddad",
        language="fr",
        sex="undisclosed",
        country_code="",
        photo="y",
        email="other@ministry.example",
    )

    db.session().expire_all()
    person = registration.person
    assert (person.name, person.name_key, person.language) == ("Salma Haddad", "haddad salma", "fr")
    # The address is where links go: it cannot be changed here, whatever is sent.
    assert person.email != "other@ministry.example"
    assert consents_of(person.id)[Purpose.PHOTO].granted is True


def test_a_bad_correction_is_refused_beside_its_field(client: FlaskClient) -> None:
    registration = register(upcoming(), now=clock.now(), name="Salma Haddad")
    open_page(client, registration)

    answer = send(client, "/r/details", name="x" * 300, language="en", sex="female")

    assert list(errors_of(answer)) == ["name"]
    db.session().expire_all()
    assert registration.person.name == "Salma Haddad"


def test_answer_an_invitation(client: FlaskClient) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = upcoming(by=organiser)
    invited = [
        service.add_participant(
            workshop.id, registration_draft(), invite=True, by=organiser, now=clock.now()
        )
        for _ in range(2)
    ]

    for registration, answer in zip(invited, ("yes", "no"), strict=True):
        open_page(client, registration)
        post(client, "/r/answer", answer=answer)

    assert [status for _, _, status in everybody()] == ["confirmed", "declined"]


def test_the_calendar_entry_is_for_download(client: FlaskClient) -> None:
    registration = register(upcoming(), Mode.ONLINE, now=clock.now())
    refused = client.get("/r/workshop.ics")
    open_page(client, registration)

    answer = client.get("/r/workshop.ics")

    assert (refused.status_code, refused.location) == (302, "/r/")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        "text/calendar",
        f'attachment; filename="{registration.workshop.ref}.ics"',
    )
    assert b"secret-room" in answer.data.replace(b"\r\n ", b"")


def test_ones_own_page_closes_itself(client: FlaskClient) -> None:
    registration = register(upcoming(), now=clock.now())
    open_page(client, registration)
    with client.session_transaction() as session:
        session["participant"]["until"] = int(clock.now().timestamp()) - 1
        session.modified = True

    assert "Open it with the link of our mail" in client.get("/r/").get_data(as_text=True)
    post(client, "/r/cancel")
    assert everybody()[0][2] == "confirmed"


def test_a_post_without_the_forms_token_is_refused(app: Flask, client: FlaskClient) -> None:
    registration = register(upcoming(), now=clock.now())
    open_page(client, registration)

    assert client.post("/r/cancel").status_code == 400
    assert everybody()[0][2] == "confirmed"
