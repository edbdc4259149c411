"""Files of layouts that nobody described: guessed by content, corrected, kept, recognised."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.import_format import ImportRow, Reading, RowProblem, find_format
from eventsapp.attendance.models import ImportBatch, ImportMapping
from eventsapp.attendance.queries import presences_of
from eventsapp.attendance.queries.imports import read_entries
from eventsapp.attendance.queries.imports.layouts import BY_COLUMNS, Layout
from eventsapp.attendance.reading.columns import Columns, Role
from eventsapp.attendance.reading.entries import Entry
from eventsapp.attendance.reading.guess import Hints, guess_columns
from eventsapp.attendance.reading.how import ColumnsDraft, HowToRead
from eventsapp.attendance.reading.stays import body_of, read_stays
from eventsapp.attendance.reading.times import AmbiguousDates, DayMissing
from eventsapp.attendance.rules import importing as rules
from eventsapp.attendance.types import BatchStage, Interval
from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.actor import Role as UserRole
from eventsapp.edge.tables import open_table, write_xlsx
from eventsapp.workshops.types import Mode
from tests.attendance import exports
from tests.factories.attendance import register
from tests.factories.workshops import NOW, make_actor, make_workshop

READING = Reading(
    zone=ZoneInfo("Africa/Tripoli"),
    around=Interval(
        datetime(2022, 2, 8, 7, 0, tzinfo=UTC), datetime(2022, 2, 8, 14, 0, tzinfo=UTC)
    ),
)
SALMA, OMAR, LEILA = ("09:01", "10:31"), ("09:05", "09:45"), ("09:02", "10:30")
LATIN = {"Salma Haddad": SALMA, "Omar Ali": OMAR, "Leila Ben Youssef": LEILA}
ARABIC = {"سلمى حداد": SALMA, "عمر علي": OMAR, "ليلى بن يوسف": LEILA}


def guess(text: str) -> Columns:
    sample = open_table(text.encode()).first(200)
    assert find_format(sample) is None
    return guess_columns(sample, Hints.of(READING))


def read(text: str) -> list[Entry]:
    layout = Layout(BY_COLUMNS, guess(text))
    return list(read_entries(open_table(text.encode()), layout, READING))


def told(entries: list[Entry]) -> dict[str, tuple[str, str] | float]:
    """By name the local times, or the minutes where there are no times."""
    rows = [entry for entry in entries if isinstance(entry, ImportRow)]
    assert len(rows) == len(entries)
    return {row.name: _times(row) for row in rows}


def _times(row: ImportRow) -> tuple[str, str] | float:
    if row.start is None or row.end is None:
        return row.minutes or 0.0
    start, end = (f"{moment.astimezone(READING.zone):%H:%M}" for moment in (row.start, row.end))
    return start, end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An hour and twenty minutes of an hour and a half: only the length is true.
        (exports.MEET, {**LATIN, "Salma Haddad": 80.0}),
        (exports.WEBEX, LATIN),
        (exports.BIG_BLUE_BUTTON, LATIN),
        (exports.MOODLE, {"Salma Haddad": SALMA, "Omar Ali": OMAR}),
        (
            exports.FRENCH_SHEET,
            {"HADDAD Salma": SALMA, "ALI Omar": OMAR, "BEN YOUSSEF Leila": LEILA},
        ),
        (exports.ARABIC_SHEET, ARABIC),
        (exports.GERMAN_SHEET, {"Salma Haddad": SALMA, "Omar Ali": OMAR}),
        (exports.WITHOUT_HEAD, LATIN),
        (exports.WITH_NOTES, {"Salma Haddad": SALMA, "Omar Ali": OMAR}),
        (exports.ONLY_MINUTES, {"Salma Haddad": 80.0, "Omar Ali": 40.0, "Leila Ben Youssef": 88.0}),
        (
            exports.ONLY_MINUTES_ARABIC,
            {"سلمى حداد": 80.0, "عمر علي": 40.0, "ليلى بن يوسف": 88.0},
        ),
        (exports.IN_SECONDS, {"Salma Haddad": 80.0, "Omar Ali": 40.0}),
    ],
)
def test_columns_are_guessed_from_what_stands_in_them(
    text: str, expected: dict[str, tuple[str, str] | float]
) -> None:
    assert told(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        exports.MEET,
        exports.WEBEX,
        exports.BIG_BLUE_BUTTON,
        exports.FRENCH_SHEET,
        exports.ARABIC_SHEET,
    ],
)
def test_the_guess_does_not_read_the_heads(text: str) -> None:
    columns = guess(text)
    lines = text.split("\r\n")
    mark = next(mark for mark in "\t;," if mark in lines[columns.head])
    width = lines[columns.head].count(mark) + 1
    lines[columns.head] = mark.join(f"Head{'abcdefghijkl'[n]}" for n in range(width))

    assert guess("\r\n".join(lines)) == columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Phones and accounts are numbers that are no minutes.
        ("Name,Phone,Min\r\nSalma Haddad,218912345678,80\r\nOmar Ali,218923456789,40\r\n", 2),
        ("ID,Who,Min\r\n1001,Salma Haddad,80\r\n1002,Omar Ali,40\r\n1009,Leila Ben,88\r\n", 2),
        ("No,Who,Min\r\n1,Salma Haddad,2\r\n2,Omar Ali,1\r\n3,Leila Ben,2\r\n", 2),
        ("Structure,Qui,Durée\r\nPlan,Salma Haddad,1h20\r\nPlan,Omar Ali,0h40\r\n", 2),
    ],
)
def test_the_guess_tells_minutes_from_other_numbers(text: str, expected: int) -> None:
    assert guess(text).at[Role.MINUTES] == expected


def test_the_guess_prefers_names_that_are_on_the_roster() -> None:
    rows = "Plan A,Salma,80\r\nPlan B,Omar,40\r\n"
    sample = open_table(rows.encode()).first(200)

    known = guess_columns(sample, Hints.of(READING, frozenset({"salma", "omar"})))

    assert known.at[Role.NAME] == 1


def test_a_table_of_nothing_we_know_is_no_complete_guess() -> None:
    assert not guess("a,b\r\n1,2\r\n").is_complete


def test_times_without_dates_are_of_the_only_day_and_otherwise_asked_about() -> None:
    columns = guess(exports.WITHOUT_HEAD)
    two_days = Reading(
        zone=READING.zone,
        around=Interval(READING.around.start, datetime(2022, 2, 9, 14, 0, tzinfo=UTC)),
    )

    with pytest.raises(DayMissing):
        read_stays(body_of(open_table(exports.WITHOUT_HEAD.encode()), -1), columns, two_days)


def test_a_call_past_midnight_ends_on_the_next_day() -> None:
    text = "Salma Haddad,23:40,00:10\r\n"
    columns = Columns(-1, {Role.NAME: 0, Role.JOIN: 1, Role.LEAVE: 2})

    (row,) = read_stays(body_of(open_table(text.encode()), -1), columns, READING)

    assert isinstance(row, ImportRow)
    assert row.start
    assert row.end
    assert (row.end - row.start).total_seconds() == 1800


def test_a_row_without_a_usable_time_is_a_problem() -> None:
    text = exports.FRENCH_SHEET.replace("08/02/2022 09h05", "plus tard")

    problems = [entry for entry in read(text) if isinstance(entry, RowProblem)]

    assert problems == [RowProblem(6, "The time of joining is missing or cannot be read.")]


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(UserRole.ORGANISER)


def keep(workshop_id: int, data: bytes, by: Actor) -> ImportBatch:
    return service.keep_file(
        workshop_id, data, name="sheet.csv", timezone="Africa/Tripoli", by=by, now=NOW
    )


def test_an_unknown_layout_waits_for_a_word_and_is_then_read(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    salma = register(workshop, Mode.ONLINE, name="Salma Haddad")

    batch = keep(workshop.id, exports.WEBEX.encode(), organiser)
    waiting = (batch.stage, HowToRead.from_json(batch.columns))
    with pytest.raises(rules.NotReadYet):
        service.confirm_import(workshop.id, batch.id, by=organiser, now=NOW)
    draft = ColumnsDraft(how=waiting[1], timezone="Africa/Tripoli")
    service.choose_columns(workshop.id, batch.id, draft, by=organiser, now=NOW)
    people = service.confirm_import(workshop.id, batch.id, by=organiser, now=NOW)

    assert (waiting[0], people) == (BatchStage.COLUMNS, 1)
    assert presences_of(workshop)[salma.id].online_minutes == 90


def test_columns_that_were_kept_are_recognised_by_the_shape_of_the_head(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    register(workshop, Mode.ONLINE, name="Salma Haddad")
    first = keep(workshop.id, exports.GERMAN_SHEET.encode(), organiser)
    how = HowToRead.from_json(first.columns)
    draft = ColumnsDraft(how=how, timezone="Africa/Tripoli", keep_as="Our own sheet")
    service.choose_columns(workshop.id, first.id, draft, by=organiser, now=NOW)

    # Other rows, another letter case, and a title above.
    later = exports.GERMAN_SHEET.replace("Teilnehmer", "TEILNEHMER ").replace("Omar", "Amr")
    second = keep(workshop.id, f"Liste\r\n\r\n{later}".encode(), organiser)
    other = keep(workshop.id, exports.FRENCH_SHEET.encode(), organiser)

    assert (second.stage, second.layout_name) == (BatchStage.READY, "Our own sheet")
    assert (other.stage, other.layout_name) == (BatchStage.COLUMNS, "")


def test_keeping_columns_for_a_head_again_replaces_what_was_kept(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    batch = keep(workshop.id, exports.GERMAN_SHEET.encode(), organiser)
    how = HowToRead.from_json(batch.columns)

    for name in ("One name", "Another name"):
        draft = ColumnsDraft(how=how, timezone="Africa/Tripoli", keep_as=name)
        service.choose_columns(workshop.id, batch.id, draft, by=organiser, now=NOW)

    assert list(db.session().scalars(sa.select(ImportMapping.name))) == ["Another name"]


def test_columns_without_names_or_times_are_refused(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    batch = keep(workshop.id, exports.GERMAN_SHEET.encode(), organiser)
    nameless = HowToRead(Columns(0, {Role.JOIN: 1}))

    with pytest.raises(rules.ColumnsMissing):
        service.choose_columns(
            workshop.id, batch.id, ColumnsDraft(nameless, "UTC"), by=organiser, now=NOW
        )


def test_a_known_layout_with_ambiguous_dates_asks_for_their_order(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    head = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\r\n"
    # In neither order near the workshop's days.
    data = f"{head}Salma,,05/06/2022 09:00:00,05/06/2022 10:00:00,60,No\r\n".encode()

    batch = keep(workshop.id, data, organiser)
    how = HowToRead.from_json(batch.columns)
    undecided = ColumnsDraft(how=how, timezone="UTC")
    with pytest.raises(AmbiguousDates):
        service.choose_columns(workshop.id, batch.id, undecided, by=organiser, now=NOW)
    said = ColumnsDraft(how=HowToRead(how.columns, "day"), timezone="UTC")
    service.choose_columns(workshop.id, batch.id, said, by=organiser, now=NOW)

    assert (batch.stage, batch.problem_count) == (BatchStage.READY, 1)


def test_spreadsheets_are_read_as_well(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    rows = [line.split(";") for line in exports.FRENCH_SHEET.strip().split("\r\n")]
    register(workshop, Mode.ONLINE, name="Salma Haddad")

    batch = keep(workshop.id, write_xlsx(rows), organiser)

    assert HowToRead.from_json(batch.columns).columns == guess(exports.FRENCH_SHEET)


def test_the_command_line_uses_the_guess_and_says_so_or_takes_columns(
    app: Flask, organiser: Actor, tmp_path: Path
) -> None:
    workshop = make_workshop(by=organiser)
    register(workshop, Mode.ONLINE, name="Salma Haddad")
    file = tmp_path / "sheet.csv"
    file.write_text(exports.GERMAN_SHEET, encoding="utf-8")
    run, ref = app.test_cli_runner().invoke, workshop.ref
    db.session().rollback()

    guessed = run(args=["attendance", "preview", ref, str(file)])
    wrong = run(args=["attendance", "preview", ref, str(file), "--map", "nom=1"])
    imported = run(
        args=["attendance", "import", ref, str(file), "--map", "head=1,name=1,join=2,leave=3"]
    )

    assert (guessed.exit_code, wrong.exit_code, imported.exit_code) == (0, 2, 0)
    assert "the columns are guessed" in guessed.output
    assert "head=1,join=2,leave=3,minutes=4,name=1" in guessed.output
    assert "'nom' is none of" in wrong.output
