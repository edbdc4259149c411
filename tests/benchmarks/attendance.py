"""Attendance: reading an export beside the bare reader, and lists of a hundred beside ten thousand.

``compare`` takes turns in one run; what it prints are ratios.
"""

import csv
import gc
import io
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from eventsapp.attendance.queries import PeopleFilter, list_people
from eventsapp.attendance.queries.imports import preview_file
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.workshops.models import Workshop
from tests.benchmarks.comparing import Act, compare
from tests.conftest import DATABASES, build_home, drop_postgres_databases
from tests.factories.calls import call_file, fill_roster, name_of
from tests.factories.workshops import make_actor, make_workshop, sign_in

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


def compare_lists(kind: str, client: FlaskClient) -> None:
    """Pages of the list of people with 10,000 on it, beside the same with 100."""
    organiser = make_actor(Role.ORGANISER)
    few, many = make_workshop(by=organiser).id, make_workshop(by=organiser).id
    fill_roster(few, 100)
    fill_roster(many, 10_000)
    # Each search finds few people.
    wanted = {few: name_of(42).split()[1], many: name_of(4242).split()[1]}
    for what, query in (
        ("first page", ""),
        ("second page", "page=2"),
        ("a filter", "status=confirmed&mode=online"),
        ("a search", "q={word}"),
    ):
        compare(
            f"People, {what}: 10,000 on the list beside 100, on {kind}",
            _look(client, many, query.format(word=wanted[many])),
            _look(client, few, query.format(word=wanted[few])),
            5,
        )
    compare(
        f"People, what a search reads: 10,000 on the list beside 100, on {kind}",
        _search(many, wanted[many]),
        _search(few, wanted[few]),
        5,
    )


def _look(client: FlaskClient, workshop_id: int, query: str) -> Act:
    url = f"/manage/workshops/{workshop_id}/people?{query}"

    def act() -> None:
        if client.get(url).status_code != 200:
            raise SystemExit(f"{url} was refused")

    return act


def _search(workshop_id: int, word: str) -> Act:
    def act() -> None:
        db.session().rollback()
        list_people(workshop_id, PeopleFilter(words=word), page=1)

    return act


def main() -> None:
    try:
        for kind in DATABASES:
            with tempfile.TemporaryDirectory() as folder:
                home = build_home(kind, Path(folder), "bench_people")
                with home.app.app_context():
                    client = home.app.test_client()
                    sign_in(client, Role.ADMIN)
                    compare_lists(kind, client)
                    db.db.session.remove()
                    db.db.engine.dispose()
    finally:
        drop_postgres_databases()


if __name__ == "__main__":
    main()
