"""Workshops out of a sheet: what is read, refused, registered once, undone; from the terminal."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden
from eventsapp.core.texts import Texts
from eventsapp.edge.tables import write_csv, write_xlsx
from eventsapp.workshops import queries, service
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.importing import preview_sheet
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules.reading import (
    NoHead,
    NothingToImport,
    SheetDone,
    WorkshopsInUse,
)
from eventsapp.workshops.sheet import rows_of
from eventsapp.workshops.types import Status
from tests.factories.attendance import register
from tests.factories.races import at_once
from tests.factories.workshops import (
    NOW,
    actor_of,
    make_actor,
    make_project,
    make_user,
    make_workshop,
    sign_in,
)
from tests.pages import hidden_fields, text_of

GOOD = {
    "project": "alpha",
    "title_en": "Data protection",
    "title_ar": "حماية البيانات",
    "format": "hybrid",
    "starts_at": "2027-03-01 09:00",
    "ends_at": "2027-03-02 16:00",
    "timezone": "Africa/Tripoli",
    "city_en": "Tripoli",
    "country": "ly",
    "seats_in_person": "20.0",
    "seats_online": "30",
    "languages": "ar; en",
    "notes of ours": "call the hotel",
}


@pytest.fixture
def organiser(app: Flask) -> Actor:
    make_project("ALPHA")
    return make_actor(Role.ORGANISER)


def sheet(*rows: dict[str, str], write: Callable[[Any], bytes] = write_csv) -> bytes:
    head = list(GOOD)
    return write([head, *([{**GOOD, **row}[name] for name in head] for row in rows)])


def keep(data: bytes, by: Actor) -> int:
    return service.keep_sheet(data, name="workshops.csv", by=by, now=NOW).id


def confirming(import_id: int, by: Actor) -> Callable[[], object]:
    return lambda: service.confirm_sheet(import_id, by=by, now=NOW).id


def count() -> int:
    return db.session().scalar(sa.select(sa.func.count(Workshop.id))) or 0


BAD: dict[str, tuple[dict[str, str], str]] = {
    "an unknown project": ({"project": "OMEGA"}, "project"),
    "no title": ({"title_en": "", "title_ar": " "}, "title_en"),
    "an unknown format": ({"format": "levitating"}, "format"),
    "no time": ({"starts_at": "soon"}, "starts_at"),
    "an end before its start": ({"ends_at": "2027-02-01 09:00"}, "ends_at"),
    "an unknown zone": ({"timezone": "Africa/Atlantis"}, "timezone"),
    "an unknown country": ({"country": "XX"}, "country"),
    "seats in words": ({"seats_online": "many"}, "seats_online"),
    "too many seats": ({"seats_online": "9" * 30}, "seats_online"),
    "an unknown language": ({"languages": "en; de"}, "languages"),
    "an endless title": ({"title_en": "x" * 300}, "title_en"),
    "a control character": ({"title_en": "Data\x07"}, "title_en"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_said_with_its_column_and_the_others_are_read(
    organiser: Actor, name: str
) -> None:
    changes, column = BAD[name]
    found = preview_sheet(sheet(changes, {"title_en": "Another one"}))
    assert [(line.number, line.problem.field) for line in found.bad if line.problem] == [
        (2, column)
    ]
    assert [line.title for line in found.good] == ["Another one"]


@pytest.mark.parametrize("write", [write_csv, write_xlsx], ids=["csv", "xlsx"])
def test_a_sheet_is_registered_only_when_confirmed_and_only_once(
    organiser: Actor, write: Callable[[Any], bytes]
) -> None:
    data = sheet({}, {"project": "OMEGA"}, write=write)
    kept = keep(data, organiser)
    before = count()
    done = service.confirm_sheet(kept, by=organiser, now=NOW)
    (workshop,) = queries.workshops_with(done.workshop_ids)
    assert (before, count(), workshop.ref, workshop.owner_id) == (
        0,
        1,
        "LY-2027-001",
        organiser.id,
    )
    assert (workshop.title.by_lang, workshop.seats_in_person, workshop.languages) == (
        {"en": "Data protection", "ar": "حماية البيانات"},
        20,
        ["en", "ar"],
    )
    again = keep(data, organiser)
    with pytest.raises(SheetDone):
        service.confirm_sheet(again, by=organiser, now=NOW)
    assert count() == 1


def test_a_sheet_confirmed_many_times_at_once_is_registered_once(
    app: Flask, organiser: Actor
) -> None:
    data = sheet({}, {"title_en": "Another one"})
    kept = [keep(data, organiser) for _ in range(3)]
    results = at_once(app, [confirming(number, organiser) for number in (*kept, *kept)])
    assert sorted(type(result).__name__ for result in results) == [*["SheetDone"] * 5, "int"]
    assert count() == 2


def test_what_the_list_exports_can_be_read_and_is_there_already(organiser: Actor) -> None:
    topic = service.add_topic(Texts.of(en="Borders"), by=organiser, now=NOW)
    workshop = make_workshop(
        by=organiser, topics=(topic.id,), venue="=HYPERLINK(1)", outlook=Texts.of(en="More.\nYes.")
    )
    data = write_csv(rows_of([workshop], private=True))

    same = preview_sheet(data)
    assert [line.there for line in same.there] == [workshop.ref]

    wanted = draft_of(workshop)
    forget(workshop)
    (line,) = preview_sheet(data).good
    assert line.draft is not None
    for name in ("title", "starts_at", "ends_at", "venue", "outlook", "topics", "join_link"):
        assert getattr(line.draft, name) == getattr(wanted, name), name


@db.transaction
def forget(workshop: Workshop) -> None:
    db.session().delete(db.get(Workshop, workshop.id))


def test_the_same_workshop_twice_in_a_sheet_is_registered_once(organiser: Actor) -> None:
    found = preview_sheet(sheet({}, {}))
    assert ([line.number for line in found.good], [line.there for line in found.there]) == (
        [2],
        ["#2"],
    )


def test_a_sheet_without_its_head_or_without_good_rows_is_refused(organiser: Actor) -> None:
    with pytest.raises(NoHead) as refused:
        preview_sheet(b"name,date\r\nA,B\r\n")
    assert refused.value.values["columns"] == (
        "project, format, starts_at, ends_at, timezone, title_en"
    )
    kept = keep(sheet({"format": "no"}), organiser)
    with pytest.raises(NothingToImport):
        service.confirm_sheet(kept, by=organiser, now=NOW)


def test_an_import_is_undone_unless_somebody_registered(organiser: Actor) -> None:
    kept = keep(sheet({}, {"title_en": "Another one"}), organiser)
    done = service.confirm_sheet(kept, by=organiser, now=NOW)
    first = queries.workshops_with(done.workshop_ids)[0]
    service.change_status(first.id, Status.OPEN, by=organiser, now=NOW)
    register(first)
    with pytest.raises(WorkshopsInUse) as refused:
        service.undo_sheet(kept, by=organiser, now=NOW)
    assert (refused.value.values["refs"], count()) == (first.ref, 2)

    other = keep(sheet({"title_en": "A third"}), organiser)
    service.confirm_sheet(other, by=organiser, now=NOW)
    service.undo_sheet(other, by=organiser, now=NOW)
    assert count() == 2
    # Undone, it can be imported again.
    service.confirm_sheet(keep(sheet({"title_en": "A third"}), organiser), by=organiser, now=NOW)
    assert count() == 3


def test_a_sheet_is_its_uploaders(organiser: Actor) -> None:
    kept = keep(sheet({}), organiser)
    for act in (service.confirm_sheet, service.undo_sheet):
        with pytest.raises(Forbidden):
            act(kept, by=make_actor(Role.ORGANISER), now=NOW)


def test_upload_look_confirm_and_undo_by_the_pages(client: FlaskClient, app: Flask) -> None:
    make_project("ALPHA")
    sign_in(client, Role.ORGANISER)
    page = client.get("/manage/workshops/import")
    token = hidden_fields(page.text)
    data = sheet({}, {"format": "<b>no</b>", "title_en": "<script>x</script>"})
    sent = client.post(
        "/manage/workshops/import", data={**token, "file": (io.BytesIO(data), "a.csv")}
    )
    looked = client.get(sent.location).text
    assert "1 can be registered, 1 cannot, 0 are there already." in text_of(looked)
    assert "format: Write in_person, hybrid or online." in text_of(looked)
    assert "<script>x" not in looked
    done = client.post(f"{sent.location}/confirm", data=token, follow_redirects=True)
    assert "Registered 1 workshop, as a draft." in text_of(done.text)
    again = client.post(f"{sent.location}/confirm", data=token, follow_redirects=True)
    assert "nothing was registered twice" in text_of(again.text)
    undone = client.post(f"{sent.location}/undo", data=token, follow_redirects=True)
    assert ("Undone" in text_of(undone.text), count()) == (True, 0)


UNUSABLE = {
    "no file": (None, "Choose a file."),
    "no table": (b"\x00\x01\x02\xff" * 50, "could not be read as a table"),
    "an empty file": (b"", "This file is empty."),
    "another table": (b"a,b\r\n1,2\r\n", "The first row must name the columns"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field(
    sqlite_app: Flask, name: str
) -> None:
    client = sqlite_app.test_client()
    sign_in(client, Role.ORGANISER)
    token = hidden_fields(client.get("/manage/workshops/import").text)
    data, message = UNUSABLE[name]
    sent = {**token} if data is None else {**token, "file": (io.BytesIO(data), "a.csv")}
    answer = client.post("/manage/workshops/import", data=sent)
    assert (answer.status_code, 'id="file-error"' in answer.text) == (200, True)
    assert message in text_of(answer.text)


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["workshops", *args])
    return result.exit_code, result.output


def test_the_terminal_lists_and_imports(sqlite_app: Flask, tmp_path: Path) -> None:
    make_project("ALPHA")
    owner = make_user(Role.ORGANISER, email="owner@organisation.example")
    file = tmp_path / "workshops.csv"
    file.write_bytes(sheet({}, {"format": "no"}))

    looked = run(sqlite_app, "import", str(file), "--preview", "--json")
    assert (looked[0], json.loads(looked[1])["good"], count()) == (1, 1, 0)
    code, said = run(
        sqlite_app, "import", str(file), "--owner", "owner@organisation.example", "--json"
    )
    assert (code, json.loads(said)) == (
        1,
        {
            "registered": ["LY-2027-001"],
            "good": 1,
            "there": [],
            "problems": [
                {"row": 3, "column": "format", "problem": "Write in_person, hybrid or online."}
            ],
        },
    )
    again = run(sqlite_app, "import", str(file))
    assert (again[0], "imported already" in again[1]) == (1, True)
    db.session().expire_all()
    assert queries.get_by_ref("LY-2027-001").owner_id == actor_of(owner).id
    code, said = run(sqlite_app, "list", "--json", "--country", "LY")
    assert (code, [row["ref"] for row in json.loads(said)]) == (0, ["LY-2027-001"])
    code, said = run(sqlite_app, "list", "--when", "past")
    assert (code, said) == (0, "")
