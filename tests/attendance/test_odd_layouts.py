"""Odd files are read by what stands in them, or refused with a reason; never with a crash."""

import random
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from eventsapp.attendance.import_format import ImportRow, RowProblem
from eventsapp.attendance.queries.imports import read_entries
from eventsapp.attendance.queries.imports.layouts import find_layout
from eventsapp.attendance.reading.entries import NO_START, TOTAL, Entry
from eventsapp.attendance.reading.ranges import parts_of
from eventsapp.core.errors import Refused
from eventsapp.edge.tables import open_table
from tests.attendance import odd_exports
from tests.attendance.test_unknown_layouts import READING
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.usefixtures("sqlite_app")


def entries_of(data: bytes) -> list[Entry]:
    """What is read with nobody's help."""
    opened = open_table(data)
    layout = find_layout(opened, READING, frozenset)
    if layout.columns is not None and not layout.columns.is_complete:
        return []
    return list(read_entries(opened, layout, READING))


def words(name: str) -> frozenset[str]:
    """A name, whichever part of it comes first."""
    return frozenset(name.casefold().replace(",", " ").replace("'", " ").split())


def stays(entries: list[Entry]) -> dict[frozenset[str], tuple[str, str] | float | None]:
    found: dict[frozenset[str], tuple[str, str] | float | None] = {}
    for row in entries:
        if isinstance(row, ImportRow):
            assert words(row.name) not in found
            found[words(row.name)] = (
                row.minutes and round(row.minutes)
                if row.start is None or row.end is None
                else (local(row.start), local(row.end))
            )
    return found


def local(moment: object) -> str:
    return f"{moment.astimezone(READING.zone):%H:%M}"  # type: ignore[attr-defined]


def expected(people: dict[str, tuple[str, str]] | dict[str, float]) -> dict[frozenset[str], object]:
    return {words(name): stay for name, stay in people.items()}


@pytest.mark.parametrize("name", odd_exports.TABLES)
def test_a_table_is_read_whatever_is_around_it(name: str) -> None:
    data, people = odd_exports.TABLES[name]
    assert stays(entries_of(data)) == expected(people)


@pytest.mark.parametrize("name", odd_exports.CLOCKS)
def test_times_are_read_however_they_are_written(name: str) -> None:
    text = odd_exports.table(odd_exports.CLOCKS[name], mark=";")
    assert stays(entries_of(text.encode())) == expected(odd_exports.STAYS)


@pytest.mark.parametrize("name", odd_exports.ONLY_LENGTHS)
def test_lengths_are_read_however_they_are_written(name: str) -> None:
    text = odd_exports.ONLY_LENGTHS[name]
    assert stays(entries_of(text.encode())) == expected(odd_exports.MINUTES)


def test_a_decimal_comma_in_days_of_a_spreadsheet_is_no_delimiter() -> None:
    text = odd_exports.table(lambda when: odd_exports.serial(when).replace(".", ","), mark=";")
    assert stays(entries_of(text.encode())) == expected(odd_exports.STAYS)


def test_a_row_that_adds_up_is_nobody_and_said() -> None:
    data, _people = odd_exports.TABLES["Arabic, Windows-1256"]
    problems = [entry for entry in entries_of(data) if isinstance(entry, RowProblem)]
    assert problems == [RowProblem(5, TOTAL)]


def test_somebody_who_is_called_like_a_total_is_somebody_where_there_is_a_time() -> None:
    text = "Name,In,Out\nSalma Haddad,09:01,10:31\nTotal,09:05,09:45\n"
    assert words("Total") in stays(entries_of(text.encode()))


def test_who_registered_and_did_not_come_is_no_attendee() -> None:
    problems = [
        entry
        for entry in entries_of(odd_exports.GO_TO_WEBINAR.encode())
        if isinstance(entry, RowProblem)
    ]
    assert problems == [RowProblem(13, NO_START)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("09:01 - 10:31", ("09:01", "10:31")),
        ("9h01–10h31", ("9h01", "10h31")),
        ("2022-02-08 09:01 – 2022-02-08 10:31", ("2022-02-08 09:01", "2022-02-08 10:31")),
        ("2022-02-08", None),
        ("A - B", None),
        ("9:01-" * 20_000, None),
    ],
)
def test_two_times_in_a_cell(text: str, parts: tuple[str, str] | None) -> None:
    assert parts_of(text) == parts


RUBBISH: dict[str, bytes] = {
    "nothing": b"",
    "only a mark": b"\xef\xbb\xbf",
    "only spaces": b"  \r\n\t\r\n",
    "noise": random.Random(7).randbytes(5_000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a broken workbook": b"PK\x03\x04" + bytes(200),
    "an old workbook": b"\xd0\xcf\x11\xe0" + bytes(200),
    "a line of a million columns": b",".join([b"x"] * 1_000_000) + b"\n",
    "a million columns below a head": b"Name,Join\n" + b"a," * 1_000_000,
    "a quote that never closes": b'Name,Join\n"' + b"x" * 200_000,
    "a web page": b"<html><body><table><tr><td>Name</td></tr></table></body></html>",
}


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_is_a_clear_problem_at_the_terminal(
    sqlite_app: Flask, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(RUBBISH[name])
    workshop = make_workshop()

    done = sqlite_app.test_cli_runner().invoke(
        args=["attendance", "preview", workshop.ref, str(file), "--json"]
    )

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "Error: " in done.output


@pytest.mark.parametrize("cell", ["9" * 90_000, "1 h " * 20_000, " -" * 20_000, "(" * 50_000])
def test_an_endless_cell_is_passed_over_at_once(cell: str) -> None:
    text = f"Name,Join,Leave\nOmar Ali,09:05,09:45\nSalma Haddad,{cell},10:31\n"
    assert words("Omar Ali") in stays(entries_of(text.encode()))


@pytest.mark.parametrize("name", odd_exports.TABLES)
def test_a_file_that_is_cut_off_anywhere_is_read_as_far_as_it_goes_or_refused(name: str) -> None:
    data, _people = odd_exports.TABLES[name]
    for length in range(0, len(data), max(len(data) // 25, 1)):
        try:
            entries = entries_of(data[:length])
        except Refused:
            continue
        assert all(isinstance(entry, ImportRow | RowProblem) for entry in entries)


def test_the_zone_that_a_person_names_is_that_of_words_which_name_none() -> None:
    """IST is India, Israel and Ireland: such a word says nothing."""
    text = odd_exports.table(lambda when: f"{when:%Y-%m-%d %H:%M} IST")
    assert READING.zone == ZoneInfo("Africa/Tripoli")
    assert stays(entries_of(text.encode())) == expected(odd_exports.STAYS)
