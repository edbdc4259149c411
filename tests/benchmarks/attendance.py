"""Attendance: reading an export beside the bare reader, and lists of a hundred beside ten thousand.

``compare`` takes turns in one run; what it prints are ratios.
"""

import csv
import gc
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from eventsapp.attendance.queries import PeopleFilter, list_people
from eventsapp.attendance.queries.imports import preview_file
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.workshops.models import Workshop
from tests.benchmarks.comparing import Act, compare
from tests.factories.calls import call_file, fill_roster, name_of
from tests.factories.workshops import make_actor, make_workshop

ROWS = 5_000
ZOOM_TIME = "%m/%d/%Y %I:%M:%S %p"


def bare_reader(data: bytes) -> Act:
    """What any reader of the file must do: part the rows, read two times, fold the name."""

    def read() -> int:
        count = 0
        rows = csv.reader(io.StringIO(data.decode(), newline=""))
        next(rows)
        for row in rows:
            row[0].casefold()
            datetime.strptime(row[2], ZOOM_TIME)  # noqa: DTZ007 - what is measured has no zone
            datetime.strptime(row[3], ZOOM_TIME)  # noqa: DTZ007
            count += 1
        return count

    return read


def compare_previews() -> None:
    organiser = make_actor(Role.ORGANISER)
    for people in (300, ROWS):
        workshop = make_workshop(by=organiser)
        fill_roster(workshop.id, people)
        data = call_file(workshop, ROWS, people)
        db.session().rollback()
        compare(
            f"Preview of {ROWS:,} rows about {people:,} people, all on the list, beside "
            "csv.reader, strptime and casefold",
            _preview(workshop, data),
            bare_reader(data),
            1,
        )


def _preview(workshop: Workshop, data: bytes) -> Act:
    def preview() -> object:
        found = preview_file(workshop, data, zone=ZoneInfo(workshop.timezone))
        if found.problems or len(found.matched) != len(found.lines):
            raise SystemExit("the benchmark's own file was not recognised")
        return found

    # The collector walks all objects of the process; whose turn it comes in is chance.
    gc.collect()
    gc.freeze()
    return preview


def compare_lists() -> None:
    """Pages of the list of people with 10,000 on it, beside the same with 100."""
    organiser = make_actor(Role.ORGANISER)
    few, many = make_workshop(by=organiser), make_workshop(by=organiser)
    fill_roster(few.id, 100)
    fill_roster(many.id, 10_000)
    for what, wanted, page in (
        ("first page", PeopleFilter(), 1),
        ("second page", PeopleFilter(), 2),
        ("a filter", PeopleFilter(status="confirmed", mode="online"), 1),
        ("a search", PeopleFilter(words=name_of(42).split()[1]), 1),
    ):
        compare(
            f"People, {what}: 10,000 on the list beside 100",
            _list(many.id, wanted, page),
            _list(few.id, wanted, page),
            5,
        )


def _list(workshop_id: int, wanted: PeopleFilter, page: int) -> Act:
    def act() -> None:
        db.session().rollback()
        list_people(workshop_id, wanted, page=page)

    return act
