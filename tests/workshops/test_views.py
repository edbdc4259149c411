"""Pages of workshops, and what becomes of bad input."""

import html
import re
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.attendance.service import cancel_workshop
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.projects.models import Project
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode, Status
from tests.factories.attendance import register
from tests.factories.workshops import (
    NOW,
    actor_of,
    make_project,
    make_user,
    make_workshop,
    sign_in,
)
from tests.pages import hidden_fields, text_of

BASICS = {
    "title-en": "A new workshop",
    "format": "hybrid",
    "starts_at": "2027-03-01T09:00",
    "ends_at": "2027-03-02T16:00",
    "timezone": "Africa/Tripoli",
    "city-en": "Tripoli",
    "country_code": "LY",
    "seats_in_person": "20",
    "seats_online": "30",
    "languages": ["en"],
}


ROOM = "https://video.example/join/secret-room"
# A workshop that is still to come when these tests run, as BASICS describes it.
COMING: dict[str, Any] = {
    "starts_at": datetime(2027, 3, 1, 9, 0),  # noqa: DTZ001 - wall-clock time by contract
    "ends_at": datetime(2027, 3, 2, 16, 0),  # noqa: DTZ001
    "sessions": (),
}


# Those of the factory's workshop, whose sessions must stay within them.
FIRST_DATES = {"starts_at": "2022-02-08T09:00", "ends_at": "2022-02-09T16:00"}


def count_workshops() -> int:
    return db.session().scalar(sa.select(sa.func.count(Workshop.id))) or 0


def send_new(client: FlaskClient, project: Project, **changes: Any) -> Any:
    page = client.get("/manage/workshops/new")
    data = {**hidden_fields(page.text), "project_id": project.id, **BASICS, **changes}
    return client.post("/manage/workshops/new", data=data)


def test_register_workshop_by_its_form(app: Flask, client: FlaskClient) -> None:
    project = make_project()
    sign_in(client, Role.ORGANISER)
    answer = send_new(client, project)
    workshop = db.session().scalars(sa.select(Workshop)).one()
    assert (answer.status_code, answer.location) == (
        302,
        f"/manage/workshops/{workshop.id}/edit/purpose",
    )
    assert (workshop.ref, str(workshop.title)) == ("LY-2027-001", "A new workshop")


def test_a_form_sent_twice_registers_one_workshop(app: Flask, client: FlaskClient) -> None:
    project = make_project()
    sign_in(client, Role.ORGANISER)
    page = client.get("/manage/workshops/new")
    data = {**hidden_fields(page.text), "project_id": project.id, **BASICS}
    places = {client.post("/manage/workshops/new", data=data).location for _ in range(3)}
    assert (len(places), count_workshops()) == (1, 1)


BAD = {
    "an end before its start": ({"ends_at": "2027-02-01T09:00"}, "ends_at"),
    "no title": ({"title-en": "  "}, "title-en"),
    "an unknown zone": ({"timezone": "Africa/Atlantis"}, "timezone"),
    "a skipped hour": (
        {
            "timezone": "Europe/Paris",
            "starts_at": "2027-03-28T02:30",
            "ends_at": "2027-03-28T09:00",
        },
        "starts_at",
    ),
    "300 characters": ({"title-en": "x" * 300}, "title-en"),
    "a direction mark": ({"venue": "Hall \u202egnp.exe"}, "venue"),
    "a control character": ({"venue": "Hall\x00"}, "venue"),
    "no seats": ({"seats_online": ""}, "seats_online"),
    "too many seats": ({"seats_online": "9" * 30}, "seats_online"),
    "a script as a link": ({"join_link": "javascript:alert(1)"}, "join_link"),
    "no date": ({"starts_at": "soon"}, "starts_at"),
    "an unknown country": ({"country_code": "XX"}, "country_code"),
    "an unknown format": ({"format": "levitating"}, "format"),
    "a foreign project": ({"project_id": "999999"}, "project_id"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_beside_its_field(sqlite_app: Flask, name: str) -> None:
    client = sqlite_app.test_client()
    project = make_project()
    sign_in(client, Role.ORGANISER)
    changes, field = BAD[name]
    answer = send_new(client, project, **changes)
    assert answer.status_code == 200
    assert re.search(rf'id="{field}-error"|href="#{field}', answer.text), text_of(answer.text)
    if "title-en" not in changes:
        assert 'value="A new workshop"' in answer.text
    assert count_workshops() == 0


def test_markup_in_every_field_is_shown_as_text(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    hostile = "<script>alert(1)</script>{{ 7*7 }}'\"><img src=x onerror=alert(1)>"
    make_workshop(by=actor_of(user), venue=hostile, address=hostile)
    sign_in(client, user=user)
    for address in (
        "/workshops/LY-2022-001",
        "/manage/workshops/1",
        "/manage/workshops/1/edit/basics",
    ):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert html.escape(hostile, quote=False).split("'", maxsplit=1)[0] in page.replace(
            "&#39;", "'"
        ).replace("&#34;", '"')


def test_a_stale_form_is_refused_and_keeps_what_was_typed(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    sign_in(client, user=user)
    address = f"/manage/workshops/{workshop.id}/edit/basics"
    seen = hidden_fields(client.get(address).text)
    data = {**seen, "project_id": workshop.project_id, **BASICS, **FIRST_DATES}
    client.post(address, data={**data, "venue": "Hall A"})
    answer = client.post(address, data={**data, "venue": "Hall B"})
    db.session().expire_all()
    assert "Somebody else has changed this" in answer.text
    assert 'value="Hall B"' in answer.text
    assert workshop.venue == "Hall A"


def test_seats_below_those_taken_are_refused(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    db.session().execute(sa.update(Workshop).values(taken_in_person=5))
    db.session().commit()
    sign_in(client, user=user)
    address = f"/manage/workshops/{workshop.id}/edit/basics"
    seen = hidden_fields(client.get(address).text)
    data = {**seen, "project_id": workshop.project_id, **BASICS, **FIRST_DATES}
    data["seats_in_person"] = "4"
    answer = client.post(address, data=data)
    assert "5 people already hold these seats" in text_of(answer.text)


def test_another_organiser_may_look_but_not_change(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    workshop = make_workshop()
    sign_in(client, Role.ORGANISER)
    token = hidden_fields(client.get("/manage/workshops/").text)["csrf_token"]
    answers = {
        "look": client.get(f"/manage/workshops/{workshop.id}").status_code,
        "form": client.get(f"/manage/workshops/{workshop.id}/edit/basics").status_code,
        "save": client.post(
            f"/manage/workshops/{workshop.id}/edit/basics", data={"csrf_token": token}
        ).status_code,
        "status": client.post(
            f"/manage/workshops/{workshop.id}/status", data={"to": "closed", "csrf_token": token}
        ).status_code,
    }
    assert answers == {"look": 200, "form": 403, "save": 403, "status": 403}


def test_a_draft_is_hidden_from_the_public(app: Flask, client: FlaskClient) -> None:
    make_workshop(status=Status.DRAFT)
    shown = {
        address: client.get(address).status_code
        for address in ("/workshops/LY-2022-001", "/workshops/LY-2022-001.ics")
    }
    assert shown == {"/workshops/LY-2022-001": 404, "/workshops/LY-2022-001.ics": 404}
    assert "Introductory workshop" not in client.get("/workshops/").text
    assert "Introductory workshop" not in client.get("/").text


def test_the_joining_link_is_never_public(app: Flask, client: FlaskClient) -> None:
    make_workshop()
    for address in ("/workshops/LY-2022-001", "/workshops/LY-2022-001.ics", "/workshops/"):
        assert "secret-room" not in client.get(address).text


def test_an_unknown_address_is_explained_in_the_readers_language(
    app: Flask, client: FlaskClient
) -> None:
    answer = client.get("/workshops/XX-1900-001", headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert 'lang="fr"' in answer.text
    assert 'href="/workshops/"' in answer.text


def test_workshops_are_found_by_words_in_any_script(app: Flask, client: FlaskClient) -> None:
    make_workshop()
    for words in ("INTRODUCTORY", "ÉTÉ"):
        assert (
            "Introductory workshop" in client.get("/workshops/", query_string={"q": words}).text
        ) is (words == "INTRODUCTORY")
    assert "LY-2022-001" in client.get("/workshops/", query_string={"q": "تمهيدية"}).text


def test_every_answer_carries_the_security_headers(app: Flask, client: FlaskClient) -> None:
    for address in ("/", "/nothing", "/healthz"):
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_before_saving_one_sees_who_would_be_told_of_what_and_then_the_mail_itself(
    sqlite_app: Flask,
) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user), **COMING)
    register(workshop, language="ar")
    register(workshop, Mode.ONLINE)
    sign_in(client, user=user)
    address = f"/manage/workshops/{workshop.id}/edit/basics"
    data = {**hidden_fields(client.get(address).text), "project_id": workshop.project_id, **BASICS}
    data |= {"join_link": ROOM, "venue": "Hall A", "tell": "y"}

    look = text_of(client.post(address, data={**data, "look": "1"}).text)
    client.post(address, data=data)
    told = f"/manage/workshops/{workshop.id}/people/change"
    letter = text_of(client.get(told).text)
    quiet = client.post(f"{told}/quiet", data=data, follow_redirects=True)

    assert "1 person who takes part in person is told of: place" in look
    assert "online is told" not in look
    assert ("Hall A" in letter, "ورشة تمهيدية" in letter) == (True, True)
    assert "Nobody is told." in text_of(quiet.text)


def test_the_form_says_how_many_a_change_reaches_and_tells_them_unless_asked_not_to(
    sqlite_app: Flask,
) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user), **COMING)
    register(workshop)
    register(workshop, Mode.ONLINE)
    sign_in(client, user=user)
    address = f"/manage/workshops/{workshop.id}/edit/basics"

    page = client.get(address).text
    assert "1 in the room, 1 online." in text_of(page)
    said = []
    for venue, tell in (("Hall A", {"tell": "y"}), ("Hall B", {})):
        seen = hidden_fields(client.get(address).text)
        data = {**seen, "project_id": workshop.project_id, **BASICS, "join_link": ROOM}
        answer = client.post(address, data={**data, "venue": venue, **tell}, follow_redirects=True)
        said.append("1 person is told by mail" in text_of(answer.text))
    assert (workshop.venue, said) == ("Hall B", [True, False])


def test_a_removed_group_of_somebody_is_refused_beside_the_list(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    register(workshop, group_id=workshop.groups[0].id)
    sign_in(client, user=user)
    address = f"/manage/workshops/{workshop.id}/edit/purpose"
    seen = {
        name: text
        for name, text in hidden_fields(client.get(address).text).items()
        if not name.startswith("groups")
    }
    answer = client.post(address, data={**seen, "rationale-en": "As typed."})
    assert 'id="groups-error"' in answer.text
    assert "people belong to this group (1)" in text_of(answer.text)
    assert "As typed." in answer.text
    assert len(workshop.groups) == 1


def test_a_cancelled_workshop_offers_no_way_around_its_mails(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user), **COMING)
    cancel_workshop(workshop.id, by=actor_of(user), now=NOW)
    sign_in(client, user=user)
    page = client.get(f"/manage/workshops/{workshop.id}").text
    assert f"/manage/workshops/{workshop.id}/status" not in page
    assert f"/manage/workshops/{workshop.id}/call-on" in page
