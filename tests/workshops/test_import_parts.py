"""The agenda and the presenting teams in a sheet of workshops: by hand, and round trip."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.texts import Texts
from eventsapp.edge.tables import read_table, write_csv, write_xlsx
from eventsapp.workshops import queries, service
from eventsapp.workshops.importing import Line, preview_sheet
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import WorkshopFilter
from eventsapp.workshops.rules.reading_parts import Presents
from eventsapp.workshops.sheet import rows_of
from eventsapp.workshops.sheet.template import template_rows
from eventsapp.workshops.types import (
    GroupDraft,
    MemberDraft,
    Mode,
    Presenting,
    SessionDraft,
    TeamDraft,
    VenueDraft,
    WorkshopDraft,
)
from tests.factories.workshops import (
    NOW,
    make_actor,
    make_project,
    make_workshop,
    sign_in,
    workshop_draft,
)
from tests.workshops.test_imports import GOOD, forget

WRITERS = pytest.mark.parametrize("write", [write_csv, write_xlsx], ids=["csv", "xlsx"])
FIRST = {
    **{name: text for name, text in GOOD.items() if name != "notes of ours"},
    "session_title_en": "Opening",
    "session_starts_at": "2027-03-01 09:00",
    "session_ends_at": "2027-03-01 10:00",
    "session_venue": "Harbour",
    "session_venue_address": "Quay 3",
    "session_presenters": "Karim Toumi (online); Salma Haddad",
    "team_en": "Academy",
    "member": "Salma Haddad",
    "member_mode": "in_person",
}
SECOND = {
    "session_title_en": "Practice",
    "session_starts_at": "2027-03-02 09:00",
    "session_ends_at": "2027-03-02 10:00",
    "session_venue": "Harbour",
    "session_room": "Hall 2",
    "member": "Karim Toumi",
}


@pytest.fixture
def organiser(app: Flask) -> Actor:
    make_project("ALPHA")
    return make_actor(Role.ORGANISER)


def sheet(rows: Iterable[dict[str, str]], write: Callable[[Any], bytes] = write_csv) -> bytes:
    rows = list(rows)
    head = list(dict.fromkeys(name for row in rows for name in row))
    return write([head, *([row.get(name, "") for name in head] for row in rows)])


def only(data: bytes) -> Line:
    (line,) = preview_sheet(data).lines
    return line


def read(*rows: dict[str, str]) -> WorkshopDraft:
    line = only(sheet(rows))
    assert line.draft is not None, line.problem
    return line.draft


@WRITERS
def test_rows_below_a_workshop_go_on_with_its_agenda_and_teams(
    organiser: Actor, write: Callable[[Any], bytes]
) -> None:
    line = only(sheet([FIRST, SECOND, {"team_en": "Ministry", "member": "Nuri Ghariani"}], write))

    draft = line.draft
    assert draft is not None
    assert draft.venues == (VenueDraft("Harbour", "Quay 3"),)
    assert [(str(one.title), one.room, one.venue) for one in draft.sessions] == [
        ("Opening", "", 0),
        ("Practice", "Hall 2", 0),
    ]
    assert [(str(team.name), [member.name for member in team.members]) for team in draft.teams] == [
        ("Academy", ["Salma Haddad", "Karim Toumi"]),
        ("Ministry", ["Nuri Ghariani"]),
    ]
    assert line.presents == (
        Presents(0, 0, 1, Mode.ONLINE),
        Presents(0, 0, 0, Mode.IN_PERSON),
    )


def test_the_workshop_may_be_repeated_in_its_rows(organiser: Actor) -> None:
    assert read(FIRST, {**FIRST, **SECOND}).sessions == read(FIRST, SECOND).sessions


BAD: dict[str, tuple[dict[str, str], str]] = {
    "no time": ({"session_starts_at": ""}, "session_starts_at"),
    "no title": ({"session_title_en": ""}, "session_title_en"),
    "an end before its start": ({"session_ends_at": "2027-03-02 08:00"}, "session_ends_at"),
    "a day after the workshop": (
        {"session_starts_at": "2027-03-04 09:00", "session_ends_at": "2027-03-04 10:00"},
        "session_starts_at",
    ),
    "a presenter of no team": ({"session_presenters": "Nobody"}, "session_presenters"),
    "a mode in words": ({"member_mode": "by train"}, "member_mode"),
    "a link that is none": ({"session_join_link": "javascript:alert(1)"}, "session_join_link"),
    "an endless room": ({"session_room": "x" * 300}, "session_room"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_of_an_agenda_is_said_with_its_number_and_column(
    organiser: Actor, name: str
) -> None:
    changes, column = BAD[name]
    other = {**FIRST, "title_en": "Another one"}
    found = preview_sheet(sheet([FIRST, {**SECOND, **changes}, other, SECOND]))

    assert [(line.number, line.problem.field) for line in found.bad if line.problem] == [
        (3, column)
    ]
    assert [line.title for line in found.good] == ["Another one"]


def test_a_member_without_a_team_is_refused(organiser: Actor) -> None:
    line = only(sheet([{**FIRST, "team_en": "", "session_presenters": ""}]))
    assert line.problem is not None
    assert line.problem.field == "team_en"


def whole_workshop(by: Actor) -> Workshop:
    """With everything that a sheet can say, and texts that a spreadsheet would run."""
    start = workshop_draft(1).starts_at
    workshop = make_workshop(
        by=by,
        topics=(service.add_topic(Texts.of(en="Borders"), by=by, now=NOW).id,),
        venue="=1+1",
        objectives=(Texts.of(en="One"), Texts.of(en="Two", ar="اثنان"), Texts.of(fr="Trois")),
        outlook=Texts.of(en="More.\nYes."),
        groups=(GroupDraft(Texts.of(en="Officials", fr="Agents")), GroupDraft(Texts.of(en="+1"))),
        venues=(VenueDraft("Harbour", "Quay 3"), VenueDraft("Unused")),
        sessions=(
            SessionDraft(
                Texts.of(en="@Opening", fr="Ouverture"), start, start + timedelta(hours=1), "Hall"
            ),
            SessionDraft(
                Texts.of(ar="زيارة"),
                start + timedelta(hours=1),
                start + timedelta(hours=2),
                venue=0,
                join_link="https://call.example/2",
            ),
        ),
        teams=(
            TeamDraft(Texts.of(en="Empty")),
            TeamDraft(
                Texts.of(en="Academy"),
                (
                    MemberDraft("Salma Haddad", Mode.IN_PERSON, "Trainer"),
                    MemberDraft("Karim Toumi", Mode.ONLINE),
                    MemberDraft("-Nuri", Mode.ONLINE),
                ),
            ),
        ),
    )
    members = workshop.teams[1].members
    presenting = [
        Presenting(workshop.sessions[0].id, members[1].id, Mode.ONLINE),
        Presenting(workshop.sessions[0].id, members[0].id, Mode.ONLINE),
        Presenting(workshop.sessions[1].id, members[2].id, Mode.IN_PERSON),
    ]
    service.assign_presenters(workshop.id, presenting, by=by, now=NOW)
    return workshop


def exported(write: Callable[[Any], bytes]) -> bytes:
    found = queries.workshops_for_export(WorkshopFilter(public=False), parts=True, now=NOW)
    return write(rows_of(found, private=True))


def without(names: set[str], data: bytes) -> list[dict[str, str]]:
    """The filled cells of each row, but for these columns."""
    head, *rows = read_table(data)
    return [
        {name: text for name, text in zip(head, row, strict=False) if text and name not in names}
        for row in rows
    ]


@WRITERS
def test_what_is_exported_and_taken_in_elsewhere_is_exported_alike(
    organiser: Actor, write: Callable[[Any], bytes]
) -> None:
    workshop = whole_workshop(organiser)
    before = exported(write)
    forget(workshop)
    db.session().expire_all()

    kept = service.keep_sheet(before, name="workshops", by=organiser, now=NOW)
    service.confirm_sheet(kept.id, by=organiser, now=NOW)

    # What is taken in is a draft, and gets the next reference.
    given_anew = {"ref", "status"}
    assert without(given_anew, exported(write)) == without(given_anew, before)
    assert len(without(set(), before)) == 4


def test_agenda_and_teams_go_with_an_import_that_is_undone(organiser: Actor) -> None:
    kept = service.keep_sheet(sheet([FIRST, SECOND]), name="a.csv", by=organiser, now=NOW)
    service.confirm_sheet(kept.id, by=organiser, now=NOW)

    service.undo_sheet(kept.id, by=organiser, now=NOW)

    assert db.session().query(Workshop).count() == 0


@WRITERS
def test_the_template_can_be_read_and_registers_nothing_by_mistake(
    organiser: Actor, write: Callable[[Any], bytes]
) -> None:
    line = only(write(template_rows()))
    assert line.problem is not None
    assert line.problem.field == "project"

    make_project("EXAMPLE")
    draft = only(write(template_rows())).draft
    assert draft is not None
    assert (len(draft.sessions), len(draft.teams[0].members), len(draft.objectives)) == (2, 2, 2)


def test_the_public_list_stays_a_row_a_workshop(organiser: Actor) -> None:
    assert len(rows_of([whole_workshop(organiser)], private=False)) == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_downloaded(client: FlaskClient, kind: str) -> None:
    sign_in(client, Role.ORGANISER)
    page = client.get("/manage/workshops/import").text
    answer = client.get(f"/manage/workshops/import/template.{kind}")
    assert f"/manage/workshops/import/template.{kind}" in page
    assert read_table(answer.data)[0][0] == "project"
    assert client.get("/manage/workshops/import/template.exe").status_code == 404
