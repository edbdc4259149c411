"""Importing a file: nothing before it is confirmed, once however often, undone exactly."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import (
    AttendanceRecord,
    ImportBatch,
    ImportLine,
    Registration,
)
from eventsapp.attendance.queries import attendance_facts
from eventsapp.attendance.queries.imports import ImportPreview, preview_file
from eventsapp.attendance.rules import importing as rules
from eventsapp.attendance.rules.matching import (
    IGNORE,
    Attendee,
    Match,
    MatchKind,
    Roster,
    RosterEntry,
    match,
    match_all,
)
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden, NotFound
from eventsapp.edge.tables import UnreadableFile
from eventsapp.people.rules import name_key
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_workshop

HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest"


def csv_of(*rows: tuple[str, str, str, str]) -> bytes:
    """Name, address, joining and leaving time of 8 February in the workshop's zone."""
    lines = [f"{n},{e},02/08/2022 {a}:00 AM,02/08/2022 {b}:00 AM,1,No" for n, e, a, b in rows]
    return "\r\n".join([HEAD, *lines, ""]).encode()


def keep(workshop: Workshop, data: bytes, by: Actor) -> ImportBatch:
    return service.keep_file(
        workshop.id, data, name="report.csv", timezone=workshop.timezone, by=by, now=NOW
    )


def look(workshop: Workshop, data: bytes) -> ImportPreview:
    return preview_file(workshop, data, zone=ZoneInfo(workshop.timezone))


def lines_of(batch: ImportBatch) -> list[tuple[str, int | None]]:
    """How each line was recognised, and as whom."""
    found = db.session().scalars(
        sa.select(ImportLine).where(ImportLine.batch_id == batch.id).order_by(ImportLine.number)
    )
    return [(line.kind, line.registration_id) for line in found]


def count_records() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(AttendanceRecord)) or 0


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(Role.ORGANISER)


@pytest.fixture
def workshop(organiser: Actor) -> Workshop:
    return make_workshop(by=organiser)


def entry(number: int, name: str, *addresses: str, code: str = "") -> RosterEntry:
    return RosterEntry(number, name, name_key(name), code or f"CODE{number}9", frozenset(addresses))


ROSTER = Roster.of(
    [
        entry(1, "Salma Haddad", "salma@ministry.example", "s.haddad@old.example", code="K7QHMX"),
        entry(2, "Omar Ali", "omar@ministry.example"),
        entry(3, "Omar Ali", "o.ali@other.example"),
        entry(4, "سلمى الزنتاني"),
        entry(5, "Sami Tobruk"),
    ]
)


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Anybody", "S.HADDAD@old.example", Match(MatchKind.ADDRESS, 1)),
        ("haddad, SALMA (External)", "", Match(MatchKind.NAME, 1)),
        ("Whoever (K7QHMX)", "omar@ministry.example", Match(MatchKind.CODE, 1)),
        ("الزنتاني سلمى", "", Match(MatchKind.NAME, 4)),
        ("S. (Salma Haddad)", "", Match(MatchKind.NAME, 1)),
        # Two people share the name: an address still tells them apart, a name does not.
        ("Omar Ali", "o.ali@other.example", Match(MatchKind.ADDRESS, 3)),
        ("Omar Ali", "", Match(MatchKind.SUGGESTED, suggestions=(2, 3))),
        # Other spellings, in either script and with both side by side.
        ("Sami Tobrouk", "", Match(MatchKind.SPELLING, 5)),
        ("Selma Zentani", "", Match(MatchKind.SPELLING, 4)),
        ("سامي طبرق", "", Match(MatchKind.SPELLING, 5)),
        ("Salma Haddad سلمى حداد", "", Match(MatchKind.NAME, 1)),
        # Salem is another one, and of two Omars nobody knows which.
        ("Salem Haddad", "", Match(MatchKind.SUGGESTED, suggestions=(1,))),
        ("عمر علي", "", Match(MatchKind.SUGGESTED, suggestions=(2, 3))),
        ("Sami Tobruk Hassan", "", Match(MatchKind.SUGGESTED, suggestions=(5,))),
        ("iPhone", "", Match(MatchKind.NONE)),
        ("", "", Match(MatchKind.NONE)),
    ],
)
def test_match_goes_from_code_to_address_to_name_and_only_suggests_what_is_similar(
    name: str, email: str, expected: Match
) -> None:
    attendee = Attendee(name, email, 1)

    assert match_all([attendee], ROSTER) == [expected]


def test_a_code_that_is_not_of_this_roster_matches_nobody() -> None:
    attendee = Attendee("ABC234", "", 1)

    assert match(attendee, ROSTER).registration_id is None


def test_a_file_of_twenty_thousand_strangers_is_looked_at_within_seconds(
    workshop: Workshop, organiser: Actor
) -> None:
    rows = [(f"Stranger{n} Person{n}", "", "09:00", "10:00") for n in range(19_990)]
    roster = Roster.of(entry(n, f"Somebody{n} Else{n}") for n in range(3_000))
    started = time.monotonic()

    preview = look(workshop, csv_of(*rows))
    attendees = [line.attendee for line in preview.lines]
    match_all(attendees, roster)

    assert len(attendees) == 19_990
    assert time.monotonic() - started < 20


def test_keeping_a_file_changes_no_figure(workshop: Workshop, organiser: Actor) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example")
    before = attendance_facts(workshop)

    batch = keep(workshop, csv_of(("S", "salma@ministry.example", "09:00", "10:00")), organiser)

    assert (batch.status, batch.layout_key, count_records()) == ("preview", "zoom_meeting", 0)
    assert attendance_facts(workshop) == before


def test_confirming_writes_a_record_for_each_stay_and_undoing_restores_every_figure(
    workshop: Workshop, organiser: Actor
) -> None:
    salma = register(workshop, Mode.ONLINE, email="salma@ministry.example")
    omar = register(workshop, Mode.IN_PERSON, name="Omar Ali")
    service.check_in_registration(omar.id, by=organiser, now=workshop.starts_at)
    before = attendance_facts(workshop)
    data = csv_of(
        ("Salma", "salma@ministry.example", "09:00", "09:30"),
        ("Salma", "salma@ministry.example", "09:20", "10:00"),
        ("ALI Omar", "", "09:00", "09:10"),
        ("Unknown", "", "09:00", "09:10"),
    )
    batch = keep(workshop, data, organiser)

    service.confirm_import(workshop.id, batch.id, by=organiser, now=NOW)
    during = attendance_facts(workshop)
    service.undo_import(workshop.id, batch.id, by=organiser, now=NOW)

    assert (during.attended, during.by_mode) == (2, {"both": 1, "online": 1})
    assert during.evidence["by_mode.online"] == (salma.id,)
    assert attendance_facts(workshop) == before
    # Head of the room, three stays, and three records that take them back.
    assert count_records() == 7
    assert audit.find_break() is None


def test_the_same_file_again_changes_nothing(workshop: Workshop, organiser: Actor) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example")
    data = csv_of(("S", "salma@ministry.example", "09:00", "10:00"))
    service.confirm_import(workshop.id, keep(workshop, data, organiser).id, by=organiser, now=NOW)
    facts, count = attendance_facts(workshop), count_records()

    again = keep(workshop, data, organiser)
    with pytest.raises(rules.AlreadyImported):
        service.confirm_import(workshop.id, again.id, by=organiser, now=NOW)

    assert (attendance_facts(workshop), count_records()) == (facts, count)


def test_the_same_file_confirmed_by_many_at_once_is_imported_once(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example")
    data = csv_of(("S", "salma@ministry.example", "09:00", "10:00"))
    workshop_id = workshop.id
    batches = [keep(workshop, data, organiser).id for _ in range(5)]

    def confirming(batch_id: int) -> Callable[[], object]:
        return lambda: service.confirm_import(workshop_id, batch_id, by=organiser, now=NOW)

    results = at_once(app, [confirming(number) for number in batches])

    assert [result for result in results if result == 1] == [1]
    assert count_records() == 1


def test_a_file_that_was_undone_can_be_imported_again(workshop: Workshop, organiser: Actor) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example")
    batch = keep(workshop, csv_of(("S", "salma@ministry.example", "09:00", "10:00")), organiser)
    service.confirm_import(workshop.id, batch.id, by=organiser, now=NOW)
    service.undo_import(workshop.id, batch.id, by=organiser, now=NOW)

    service.confirm_import(workshop.id, batch.id, by=organiser, now=NOW)

    assert attendance_facts(workshop).attended == 1


def test_what_a_person_decides_about_a_row_counts(workshop: Workshop, organiser: Actor) -> None:
    salma = register(workshop, Mode.ONLINE, name="Salma Haddad")
    register(workshop, Mode.ONLINE, name="Omar Ali")
    data = csv_of(("iPhone", "", "09:00", "10:00"), ("Omar Ali", "", "09:00", "10:00"))
    batch = keep(workshop, data, organiser)

    service.decide_rows(workshop.id, batch.id, {2: salma.id, 3: IGNORE}, by=organiser, now=NOW)
    service.confirm_import(workshop.id, batch.id, by=organiser, now=NOW)

    assert lines_of(batch) == [(MatchKind.DECIDED, salma.id), (MatchKind.IGNORED, None)]
    assert attendance_facts(workshop).evidence["attended"] == (salma.id,)


def test_a_decision_for_somebody_of_another_workshop_is_not_followed(
    workshop: Workshop, organiser: Actor
) -> None:
    register(workshop, Mode.ONLINE)
    stranger: Registration = register(make_workshop(by=organiser), Mode.ONLINE)
    batch = keep(workshop, csv_of(("iPhone", "", "09:00", "10:00")), organiser)

    service.decide_rows(workshop.id, batch.id, {2: stranger.id}, by=organiser, now=NOW)

    assert lines_of(batch) == [(MatchKind.NONE, None)]
    with pytest.raises(rules.NothingToImport):
        service.confirm_import(workshop.id, batch.id, by=organiser, now=NOW)


def test_a_call_of_another_day_is_a_problem_and_no_evidence(
    workshop: Workshop, organiser: Actor
) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example")
    data = csv_of(("S", "salma@ministry.example", "09:00", "10:00")).replace(
        b"02/08/2022", b"03/18/2022"
    )

    preview = look(workshop, data)

    assert (preview.lines, [problem.number for problem in preview.problems]) == ((), [2])


def test_the_preview_names_those_who_are_missing(workshop: Workshop, organiser: Actor) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example")
    register(workshop, Mode.ONLINE, name="Omar Ali")
    register(workshop, Mode.IN_PERSON, name="In The Room")

    preview = look(workshop, csv_of(("S", "salma@ministry.example", "09:00", "10:00")))

    assert [one.name for one in preview.missing] == ["Omar Ali"]


def test_two_devices_at_once_count_their_minutes_once(workshop: Workshop, organiser: Actor) -> None:
    salma = register(workshop, Mode.ONLINE, email="salma@ministry.example")
    data = csv_of(
        ("S", "salma@ministry.example", "08:30", "10:00"),
        ("S", "salma@ministry.example", "09:30", "10:30"),
    )

    (line,) = look(workshop, data).lines

    # The workshop begins at nine.
    assert (line.match.registration_id, line.minutes) == (salma.id, 90)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", UnreadableFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, UnreadableFile),
        (b"\xd0\xcf\x11\xe0 an old spreadsheet", UnreadableFile),
    ],
)
def test_a_file_that_cannot_be_read_is_not_kept(
    workshop: Workshop, organiser: Actor, data: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        keep(workshop, data, organiser)

    assert db.session().scalar(sa.select(sa.func.count()).select_from(ImportBatch)) == 0


def test_files_of_another_organisers_workshop_are_refused(
    workshop: Workshop, organiser: Actor
) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example")
    data = csv_of(("S", "salma@ministry.example", "09:00", "10:00"))
    batch = keep(workshop, data, organiser)
    stranger = make_actor(Role.ORGANISER)
    strangers = make_workshop(by=stranger)

    with pytest.raises(Forbidden):
        keep(workshop, data, stranger)
    with pytest.raises(Forbidden):
        service.confirm_import(workshop.id, batch.id, by=stranger, now=NOW)
    # Nor through a workshop of their own.
    with pytest.raises(NotFound):
        service.confirm_import(strangers.id, batch.id, by=stranger, now=NOW)

    assert count_records() == 0


def test_the_command_line_previews_without_writing_and_imports_once(
    app: Flask, workshop: Workshop, tmp_path: Path
) -> None:
    register(workshop, Mode.ONLINE, email="salma@ministry.example", name="Salma Haddad")
    file = tmp_path / "report.csv"
    file.write_bytes(
        csv_of(("S", "salma@ministry.example", "09:00", "10:00"), ("X", "", "09:00", "09:05"))
    )
    run = app.test_cli_runner().invoke
    ref = workshop.ref
    db.session().rollback()

    preview = run(args=["attendance", "preview", ref, str(file), "--json"])
    written = count_records()
    first = run(args=["attendance", "import", ref, str(file)])
    second = run(args=["attendance", "import", ref, str(file)])

    found = json.loads(preview.output)
    assert (preview.exit_code, written) == (0, 0)
    assert [(row["name"], row["person"], row["match"]) for row in found["rows"]] == [
        ("S", "Salma Haddad", "address"),
        ("X", None, "none"),
    ]
    assert (first.exit_code, second.exit_code, count_records()) == (0, 1, 1)
    assert "imported already" in second.output


def test_the_command_line_says_what_is_wrong(
    app: Flask, workshop: Workshop, tmp_path: Path
) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"nothing")
    run = app.test_cli_runner().invoke

    results = [
        run(args=["attendance", "preview", workshop.ref, str(file)]),
        run(args=["attendance", "preview", "XX-1999-001", str(file)]),
        run(args=["attendance", "preview", workshop.ref, str(file), "--zone", "Mars/Crater"]),
    ]

    assert [result.exit_code for result in results] == [1, 1, 1]
    assert "Use --map" in results[0].output
    assert "Mars/Crater" in results[2].output
