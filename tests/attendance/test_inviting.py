"""A list of people to invite: what is read of it, what is wrong, and that it is sent once."""

from collections.abc import Iterator
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.attendance import service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules import inviting as rules
from eventsapp.attendance.rules.inviting import Guest, read_guests, rows_of_text
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden
from eventsapp.edge.jobs import Job
from eventsapp.edge.tables import write_xlsx
from eventsapp.web.limits import limiter
from eventsapp.workshops.types import Mode
from tests.attendance.test_views_public import upcoming
from tests.factories.attendance import register
from tests.factories.workshops import NOW, actor_of, make_actor, make_workshop, sign_in
from tests.pages import hidden_fields, text_of

BOTH = (Mode.IN_PERSON, Mode.ONLINE)


@pytest.fixture(autouse=True)
def _no_limits(sqlite_app: Flask) -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


def read(text: str, *known: str) -> list[Guest]:
    return read_guests(rows_of_text(text), known=known, modes=BOTH)


def test_lines_are_read_however_they_are_written() -> None:
    text = """
    Salma Haddad <salma@ministry.example>
    "Toumi, Karim" <karim@ministry.example>,
    Ines Marchetti\tines@office.example\tfr\tonline\tCoast Guard
    nuri@ministry.example; Nuri Ghariani; Ministry of Planning
    """

    assert read(text) == [
        Guest(2, "Salma Haddad", "salma@ministry.example"),
        Guest(3, "Toumi, Karim", "karim@ministry.example"),
        Guest(4, "Ines Marchetti", "ines@office.example", "fr", Mode.ONLINE, "Coast Guard"),
        Guest(5, "Nuri Ghariani", "nuri@ministry.example", institution="Ministry of Planning"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        ["E-mail address", "Name", "Language"],
        ["Courriel", "Nom complet", "Langue"],
        ["البريد الإلكتروني", "الاسم", "اللغة"],
    ],
)
def test_a_table_is_read_by_its_head_in_every_language(head: list[str]) -> None:
    rows = [head, ["salma@ministry.example", "Salma Haddad", "AR"]]

    assert read_guests(rows, known=(), modes=BOTH) == [
        Guest(2, "Salma Haddad", "salma@ministry.example", "ar")
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Salma Haddad", rules.NO_ADDRESS),
        ("Salma Haddad <salma@>", rules.BAD_ADDRESS),
        ("Salma <a@b.example, c@d.example>", rules.BAD_ADDRESS),
        ("salma@ministry.example", rules.NO_NAME),
        ("x" * 201 + " <salma@ministry.example>", rules.TOO_LONG),
        ("Known <KNOWN@ministry.example>", rules.ON_THE_LIST),
        ("First <twice@ministry.example>", ""),
        ("Second <Twice@ministry.example>", ""),
    ],
)
def test_each_row_says_what_is_wrong_with_it(line: str, problem: str) -> None:
    (guest,) = read(line, "known@ministry.example")

    assert guest.problem == problem


def test_the_same_address_twice_is_invited_once() -> None:
    guests = read("A B <twice@ministry.example>\nC D <TWICE@ministry.example>")

    assert [guest.problem for guest in guests] == ["", rules.TWICE]


def test_what_is_shown_again_is_read_to_the_same_rows() -> None:
    guests = read("Salma Haddad <salma@ministry.example>\nInes\tines@office.example\tfr\tonline\tX")

    again = read("\n".join(guest.line for guest in guests))

    assert [(g.name, g.email, g.language, g.mode, g.institution) for g in again] == [
        (g.name, g.email, g.language, g.mode, g.institution) for g in guests
    ]


def test_marks_that_turn_the_direction_and_control_characters_are_cut_out() -> None:
    (guest,) = read("Sal\u202ema\x07 Haddad <salma@ministry.example>")

    assert guest.name == "Sal ma Haddad"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", rules.ListEmpty), ("\n".join(["a@b.example"] * 501), rules.ListTooLong)],
)
def test_a_list_may_be_neither_empty_nor_endless(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read(text)


def test_invite_people_writes_to_each_once_and_leaves_out_who_is_there(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    register(workshop, email="there@ministry.example")
    rows = rows_of_text(
        "There <there@ministry.example>\nSalma H <salma@ministry.example>\nNo address"
    )

    counts = [service.invite_people(workshop.id, rows, lang="ar", by=by, now=NOW) for _ in "12"]

    invited = (
        db.session().scalars(sa.select(Registration).where(Registration.status == "invited")).all()
    )
    assert counts == [1, 0]
    assert [(row.person.name, row.person.language) for row in invited] == [("Salma H", "ar")]
    told = db.session().scalars(sa.select(Job).where(Job.name == "attendance.send_message"))
    assert [job.payload["message"] for job in told] == ["confirmed", "invited"]


def test_invite_people_refuses_the_organiser_of_another_workshop(sqlite_app: Flask) -> None:
    workshop = make_workshop()

    with pytest.raises(Forbidden):
        service.invite_people(
            workshop.id,
            [["Salma", "s@ministry.example"]],
            lang="en",
            by=make_actor(Role.ORGANISER),
            now=NOW,
        )


def page_of(client: FlaskClient) -> str:
    user = sign_in(client, Role.ORGANISER)
    workshop = upcoming(by=actor_of(user))
    return f"/manage/workshops/{workshop.id}/people/invite"


def send(client: FlaskClient, path: str, page: str, **fields: object) -> str:
    hidden = hidden_fields(page)
    answer = client.post(
        path,
        data=hidden | {"language": "en"} | fields,
        content_type="multipart/form-data",
    )
    return answer.text if answer.status_code == 200 else str(answer.location)


def count_invited() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(Registration)) or 0


def test_a_pasted_list_is_shown_first_and_invited_only_as_it_was_seen(
    sqlite_app: Flask,
) -> None:
    client = sqlite_app.test_client()
    path = page_of(client)
    people = "Salma Haddad <salma@ministry.example>\nnobody"

    unseen = send(client, path, client.get(path).text, people=people, do="invite")
    seen = send(client, path, unseen, people="Karim <k@ministry.example>", do="invite")
    before = count_invited()
    done = send(client, path, seen, people="Karim\tk@ministry.example", do="invite")

    assert "1 person can be invited." in text_of(unseen)
    assert "There is no e-mail address in this row." in text_of(unseen)
    assert (before, count_invited()) == (0, 1)
    assert done.endswith("/people")


def test_a_workbook_is_read_into_the_list(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    path = page_of(client)
    book = write_xlsx([["Name", "E-mail address"], ["سلمى حداد", "salma@ministry.example"]])

    page = send(client, path, client.get(path).text, file=(BytesIO(book), "guests.xlsx"), do="look")

    assert "سلمى حداد\tsalma@ministry.example" in page
    assert count_invited() == 0


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 400, b"PK\x03\x04 broken"])
def test_a_file_that_is_no_table_is_refused_beside_its_field(
    sqlite_app: Flask, data: bytes
) -> None:
    client = sqlite_app.test_client()
    path = page_of(client)

    page = send(client, path, client.get(path).text, file=(BytesIO(data), "x.csv"), do="look")

    assert 'id="file-error"' in page
