"""Lists ask the database as often for three rows as for thousands."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import queries, service
from eventsapp.attendance.queries import PeopleFilter
from eventsapp.attendance.queries.imports import list_batches, list_lines, list_missing, suggested
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.workshops.models import Workshop
from tests.factories.calls import call_file, fill_roster, name_of
from tests.factories.queries import statements
from tests.factories.workshops import NOW, make_actor, make_workshop


def filled(by: Actor, people: int) -> tuple[Workshop, int]:
    """A workshop with as many people, and a file about them all."""
    workshop = make_workshop(by=by)
    fill_roster(workshop.id, people)
    batch = service.keep_file(
        workshop.id,
        call_file(workshop, people, people),
        name="call.csv",
        timezone=workshop.timezone,
        at_once=True,
        by=by,
        now=NOW,
    )
    service.confirm_import(workshop.id, batch.id, by=by, now=NOW, at_once=True)
    return workshop, batch.id


def look_at_people(workshop: Workshop, _batch_id: int) -> None:
    page = queries.list_people(workshop.id, PeopleFilter(), page=1)
    queries.presences_of(workshop, [row.id for row in page.rows])
    assert [row.person.name for row in page.rows]


def look_at_lines(workshop: Workshop, batch_id: int) -> None:
    page = list_lines(batch_id, "matched", page=1)
    suggested(page.rows)
    assert [line.registration.person.name for line in page.rows if line.registration]


def look_at_files(workshop: Workshop, batch_id: int) -> None:
    assert list_batches(workshop.id).total == 1
    assert list_missing(workshop.id, batch_id, page=1).total == 0


def look_at_evidence(workshop: Workshop, _batch_id: int) -> None:
    page = queries.list_people(workshop.id, PeopleFilter(took_part="online"), page=1)
    assert queries.list_ledger(page.rows[0].id)


def look_for_somebody(workshop: Workshop, _batch_id: int) -> None:
    page = queries.list_people(workshop.id, PeopleFilter(words="c00002"), page=1)
    assert [row.person.name for row in page.rows] == [name_of(2)]


def look_for_duplicates(workshop: Workshop, _batch_id: int) -> None:
    assert queries.find_duplicates(workshop.id) == []


@pytest.mark.parametrize(
    "look",
    [
        look_at_people,
        look_for_somebody,
        look_for_duplicates,
        look_at_lines,
        look_at_files,
        look_at_evidence,
    ],
    ids=lambda f: f.__name__,
)
def test_a_list_of_three_thousand_takes_no_more_queries_than_one_of_three(
    sqlite_app: Flask, look: Callable[[Workshop, int], None]
) -> None:
    organiser = make_actor(Role.ORGANISER)
    counts = []
    for people in (3, 3_000):
        workshop, batch_id = filled(organiser, people)
        db.session().rollback()
        db.session().execute(sa.select(1))
        with statements() as seen:
            look(workshop, batch_id)
        counts.append(len(seen))

    assert counts[0] == counts[1]
    # The counting counts: a positive control.
    assert counts[0] > 1
