"""Hostile input in every field that a stranger can send: a message, or kept safely; never a 500."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.attendance import service
from eventsapp.attendance.models import Registration
from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.people.models import Person
from eventsapp.web.limits import limiter
from tests.attendance.test_own_fields import DIET
from tests.attendance.test_views_public import open_page, upcoming
from tests.factories.attendance import register
from tests.factories.queries import statements
from tests.factories.workshops import make_actor, make_workshop
from tests.pages import hidden_fields

FILLED = {
    "name": "Salma Haddad",
    "email": "salma@ministry.example",
    "mode": "in_person",
    "institution": "Ministry of Planning",
    "function": "Adviser",
    "country_code": "LY",
    "sex": "female",
    "language": "ar",
}
HOSTILE = {
    "300 characters": "x" * 300,
    "a mark that turns the direction": "Salma \u202egnorw",
    "an isolate": "\u2066Salma\u2069",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template syntax": "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "another header": "Salma\r\nBcc: all@x.example",
    "NUL": "Sal\x00ma",
    "emoji": "Salma 👩\u200d👩\u200d👧 Ω",
    "a megabyte": "x" * 1_000_000,
}
# What is no text of a person: it is only compared, never kept.
MACHINERY = ("mode", "country_code", "sex", "language", "group_id", "creation_key", "contact")
SAFE = {"markup", "template syntax", "emoji"}


@pytest.fixture(autouse=True)
def _no_limits(app: Flask) -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


def path_of_form() -> str:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(tzinfo=None, microsecond=0)
    workshop = make_workshop(
        starts_at=tomorrow, ends_at=tomorrow + timedelta(days=1), timezone="UTC", sessions=()
    )
    return f"/workshops/{workshop.ref}/register"


def persons() -> list[Person]:
    return list(db.session().scalars(sa.select(Person)))


@pytest.mark.parametrize("field", ["name", "institution", "function"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_refused_beside_its_field_or_kept_to_the_letter(
    client: FlaskClient, field: str, kind: str
) -> None:
    path = path_of_form()

    answer = client.post(
        path,
        data=hidden_fields(client.get(path).text) | FILLED | {field: HOSTILE[kind]},
    )

    if kind in SAFE:
        assert answer.status_code == 302
        assert [getattr(person, field) for person in persons()] == [HOSTILE[kind]]
    else:
        assert (answer.status_code, persons()) == (200, [])
        assert f'id="{field}-error"' in answer.text


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_address_is_refused_beside_its_field(client: FlaskClient, kind: str) -> None:
    path = path_of_form()
    spoilt = f"{HOSTILE[kind]}@ministry.example"

    answer = client.post(
        path, data=hidden_fields(client.get(path).text) | FILLED | {"email": spoilt}
    )

    assert (answer.status_code, persons()) == (200, [])
    assert 'id="email-error"' in answer.text


@pytest.mark.parametrize("field", MACHINERY)
def test_hostile_machinery_breaks_nothing(client: FlaskClient, field: str) -> None:
    path = path_of_form()

    for spoilt in HOSTILE.values():
        page = hidden_fields(client.get(path).text)
        answer = client.post(path, data=page | FILLED | {field: spoilt})
        assert answer.status_code in {200, 302}


def test_half_a_character_stays_as_it_was_sent(client: FlaskClient) -> None:
    path = path_of_form()
    fields = hidden_fields(client.get(path).text) | FILLED
    body = urlencode({**fields, "name": ""}).replace("name=", "name=Sal%ED%A0%80ma", 1)

    answer = client.post(path, data=body.encode(), content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 302
    (person,) = persons()
    assert person.name == "Sal%ED%A0%80ma"


@pytest.mark.parametrize(
    ("path", "field"), [("/r/lost", "email"), ("/r/find", "email"), ("/r/find", "code")]
)
def test_hostile_ways_to_ones_own_page_open_nothing(
    client: FlaskClient, path: str, field: str
) -> None:
    for spoilt in HOSTILE.values():
        given = {"email": "salma@ministry.example", "code": "K7Q4MX"} | {field: spoilt}
        answer = client.post(path, data=hidden_fields(client.get("/r/").text) | given)
        assert answer.status_code == 200


def test_asking_for_links_does_the_same_work_whether_anybody_is_registered(
    app: Flask, client: FlaskClient
) -> None:
    path = path_of_form()
    client.post(path, data=hidden_fields(client.get(path).text) | FILLED)
    works = []
    for address in (FILLED["email"], "nobody@ministry.example"):
        token = hidden_fields(client.get("/r/lost").text)
        with statements() as sent:
            client.post("/r/lost", data=token | {"email": address})
        works.append([statement.split(maxsplit=3)[:3] for statement in sent])

    assert works[0] == works[1]
    assert ["INSERT", "INTO", "job"] in works[0]


@pytest.fixture
def opened(app: Flask, client: FlaskClient) -> FlaskClient:
    """A client on a participant's own page, of a workshop with a question of its own."""
    by = make_actor(Role.ORGANISER)
    workshop = upcoming(by=by)
    service.keep_field(workshop.id, DIET, version=0, by=by, now=clock.now())
    open_page(client, register(workshop, now=clock.now()))
    return client


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_answer_is_refused_beside_its_question_or_kept_harmless(
    opened: FlaskClient, kind: str
) -> None:
    filled = {"name": "Salma", "language": "en", "sex": "female", "country_code": ""}
    token = hidden_fields(opened.get("/r/details").text)

    answer = opened.post("/r/details", data=token | filled | {"own_diet": HOSTILE[kind]})

    db.session().expire_all()
    kept = [row.answers for row in db.session().scalars(sa.select(Registration))]
    if answer.status_code == 302:
        # Question types make one clean line of what was typed.
        harmless = " ".join(HOSTILE[kind].replace("\x00", "").split())
        assert [" ".join(row["diet"].split()) for row in kept] == [harmless]
        assert not any(ord(char) < 32 for char in kept[0]["diet"])
    else:
        assert (answer.status_code, kept) == (200, [{}])
        assert 'id="own_diet-error"' in answer.text


@pytest.mark.parametrize(
    "field", ["institution", "members-0-name", "members-0-email", "members-0-mode"]
)
def test_hostile_colleagues_break_nothing(opened: FlaskClient, field: str) -> None:
    for spoilt in HOSTILE.values():
        token = hidden_fields(opened.get("/r/colleagues").text)
        given = {
            "institution": "Coast Guard",
            "members-0-name": "Nuri",
            "members-0-email": "nuri@ministry.example",
            "members-0-mode": "in_person",
            "members-0-language": "en",
        }
        answer = opened.post("/r/colleagues", data=token | given | {field: spoilt})
        assert answer.status_code in {200, 302}
