"""The lists of workshops: filters, sheets, calendars to subscribe to, and what they cost."""

import io
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from eventsapp.attendance.service import cancel_workshop
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.texts import Texts
from eventsapp.workshops import queries, service
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import WorkshopFilter
from eventsapp.workshops.types import Format, Status
from tests.factories.queries import statements
from tests.factories.workshops import NOW, make_actor, make_project, make_workshop, sign_in


@pytest.fixture
def three(app: Flask) -> dict[str, Workshop]:
    """Three workshops that differ in everything that a list can be narrowed to."""
    by = make_actor(Role.ORGANISER)
    topics = [
        service.add_topic(Texts.of(en=name), by=by, now=NOW).id for name in ("Borders", "Data")
    ]
    first = make_workshop(by=by, project=make_project("ALPHA"), topics=(topics[0],))
    second = make_workshop(
        by=by,
        project=make_project("BETA"),
        country_code="TN",
        format=Format.IN_PERSON,
        title=Texts.of(en="Data protection"),
        languages=("fr",),
        topics=tuple(topics),
        starts_at=first.starts_at.replace(tzinfo=None) + timedelta(days=30),
        ends_at=first.ends_at.replace(tzinfo=None) + timedelta(days=30),
        sessions=(),
    )
    third = make_workshop(
        by=by, project=make_project("GAMMA"), format=Format.ONLINE, country_code="", city=Texts({})
    )
    return {"first": first, "second": second, "third": third}


FILTERS = {
    "": {"first", "second", "third"},
    "country=TN": {"second"},
    "project=alpha": {"first"},
    "format=online": {"third"},
    "topic=borders": {"first", "second"},
    "topic=data": {"second"},
    "topic=unknown": set(),
    "language=fr": {"first", "second", "third"},
    "language=ar": {"first", "third"},
    "language=xx": {"first", "second", "third"},
    "q=protection": {"second"},
    "since=2022-02-20": {"second"},
    "until=2022-02-20": {"first", "third"},
    "since=2022-02-09&until=2022-02-09": {"first", "third"},
    "since=soon": {"first", "second", "third"},
    "series=99999999999999999999": {"first", "second", "third"},
    "country=TN&topic=borders&format=in_person": {"second"},
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_list_is_narrowed_by_its_address(
    client: FlaskClient, three: dict[str, Workshop], query: str
) -> None:
    page = client.get(f"/workshops/?{query}").text
    shown = {name for name, workshop in three.items() if f">{workshop.ref}<" in page}
    assert shown == FILTERS[query]


def test_a_sheet_holds_what_is_shown_and_no_joining_link(
    client: FlaskClient, three: dict[str, Workshop]
) -> None:
    answer = client.get("/workshops/list.xlsx?country=TN")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    head, *rows = list(sheet.iter_rows(values_only=True))
    row = dict(zip(head, rows[0], strict=True))
    assert (len(rows), row["title_en"], row["starts_at"], row["topics"]) == (
        1,
        "Data protection",
        "2022-03-10 07:00",
        "borders; data",
    )
    assert "join_link" not in head
    assert "secret-room" not in client.get("/workshops/list.csv").text


def test_the_managed_sheet_holds_drafts_and_the_public_one_does_not(
    client: FlaskClient, three: dict[str, Workshop]
) -> None:
    make_workshop(status=Status.DRAFT, title=Texts.of(en="Not yet told"))
    sign_in(client, Role.ORGANISER)
    managed = client.get("/manage/workshops/list.csv")
    assert managed.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert ("Not yet told" in managed.text, "secret-room" in managed.text) == (True, True)
    assert "Not yet told" not in client.get("/workshops/list.csv").text
    assert client.get("/workshops/list.pdf").status_code == 404


def events_of(data: bytes) -> dict[str, str]:
    return {
        str(event["summary"]): str(event["status"])
        for event in Calendar.from_ical(data).walk("VEVENT")
    }


def test_a_calendar_of_a_country_or_project_holds_its_public_workshops(
    client: FlaskClient, three: dict[str, Workshop]
) -> None:
    by = make_actor(Role.ADMIN)
    make_workshop(status=Status.DRAFT, title=Texts.of(en="Not yet told"))
    # Long past ones are not in it, so these move to where the clock is.
    move_to_now()
    cancel_workshop(three["first"].id, by=by, now=NOW)
    found = {
        query: events_of(client.get(f"/workshops/feed.ics?{query}").data)
        for query in ("country=LY", "project=beta", "country=XX")
    }
    assert found == {
        "country=LY": {"Introductory workshop": "CANCELLED"},
        "project=beta": {"Data protection": "CONFIRMED"},
        "country=XX": {},
    }
    assert "secret-room" not in client.get("/workshops/feed.ics").text


@db.transaction
def move_to_now() -> None:
    db.session().execute(
        sa.update(Workshop).values(starts_at=COMING, ends_at=COMING + timedelta(hours=8))
    )


COMING = NOW.replace(year=2027)


def test_a_calendar_that_has_not_changed_is_not_sent_again(
    client: FlaskClient, three: dict[str, Workshop]
) -> None:
    first = client.get("/workshops/feed.ics")
    again = client.get("/workshops/feed.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


@db.transaction
def add_many(workshop: Workshop, count: int) -> None:
    columns = [column for column in Workshop.__table__.columns if column.name != "id"]
    values = {column.name: getattr(workshop, column.name) for column in columns}
    db.session().execute(
        sa.insert(Workshop), [{**values, "ref": f"LY-2022-{n + 500}"} for n in range(count)]
    )


@pytest.mark.parametrize(
    "address", ["/workshops/", "/workshops/list.csv", "/workshops/feed.ics", "/manage/workshops/"]
)
def test_a_list_costs_as_many_queries_for_three_as_for_three_thousand(
    sqlite_app: Flask, address: str
) -> None:
    client = sqlite_app.test_client()
    sign_in(client, Role.ORGANISER)
    workshop = make_workshop()
    found = []
    for more in (2, 2_997):
        add_many(workshop, more)
        client.get(address)
        with statements() as sent:
            assert client.get(address).status_code == 200
        found.append(len(sent))
        rename()
    assert found[0] == found[1]


@db.transaction
def rename() -> None:
    """References must stay unique when more are added."""
    db.session().execute(
        sa.update(Workshop).values(ref=sa.literal("X") + sa.cast(Workshop.id, sa.Text))
    )


def test_pages_follow_one_another_with_their_filter(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    add_many(make_workshop(), 120)
    page = client.get("/workshops/?country=LY&page=2").text
    assert "country=LY&amp;page=3" in page
    found = queries.list_workshops(WorkshopFilter(country="LY"), page=3, now=NOW)
    assert (found.total, found.pages, len(found.rows)) == (121, 3, 21)
