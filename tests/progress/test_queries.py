"""The roll-up of a project: equal to a plain recomputation, in a number of queries that stays."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.queries import attendance_facts
from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.outcomes import service as outcomes
from eventsapp.outcomes.types import IndicatorDraft, Measure
from eventsapp.people.models import Person
from eventsapp.progress import queries
from eventsapp.projects.models import Project
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Status
from tests.factories.queries import statements
from tests.factories.workshops import NOW, make_project, make_workshop, sign_in

START = datetime(2022, 2, 8, 22, 30, tzinfo=UTC)


def fill(project: Project, workshops: int, people: int) -> None:
    """Held workshops with overlapping people, straight into the tables: it is their sum that
    matters, and thousands through the services would take minutes."""
    session = db.session()
    first = make_workshop(project=project)
    names = [column.name for column in Workshop.__table__.columns if column.name != "id"]
    shared = {name: getattr(first, name) for name in names}
    rows = [
        {**shared, "ref": f"LY-{project.id}-{number:04d}", "status": Status.HELD}
        for number in range(workshops)
    ]
    ids = list(session.scalars(sa.insert(Workshop).returning(Workshop.id), rows))
    persons = list(
        session.scalars(
            sa.insert(Person).returning(Person.id),
            [_person(number) for number in range(people * 2)],
        )
    )
    _come(ids, persons, people)
    session.commit()


def _person(number: int) -> dict[str, object]:
    return {
        "name": f"Person {number}",
        "name_key": f"person {number}",
        "sex": ("female", "male", "undisclosed")[number % 3],
        "country_code": ("LY", "TN", "")[number % 3],
        "language": "en",
        "institution": "",
        "function": "",
        "created_at": NOW,
        "version": 1,
    }


def _come(ids: list[int], persons: list[int], people: int) -> None:
    session = db.session()
    came = [
        (workshop_id, persons[(at * 7 + number) % len(persons)], number)
        for at, workshop_id in enumerate(ids)
        for number in range(people)
    ]
    registrations = list(
        session.scalars(
            sa.insert(Registration).returning(Registration.id, sort_by_parameter_order=True),
            [
                {
                    "workshop_id": workshop_id,
                    "person_id": person_id,
                    "mode": "online",
                    "status": "confirmed",
                    "code": f"C{number}",
                    "queued_at": NOW,
                    "created_at": NOW,
                    "changed_at": NOW,
                    "calendar_sequence": 0,
                    "version": 1,
                }
                for workshop_id, person_id, number in came
            ],
        )
    )
    records = [
        {
            "workshop_id": workshop_id,
            "registration_id": registration_id,
            "mode": ("in_person", "online")[(number + workshop_id) % 2],
            "source": "manual",
            "started_at": START + timedelta(days=number % 2),
            "reason": "",
            "recorded_at": NOW,
        }
        for registration_id, (workshop_id, _person_id, number) in zip(
            registrations, came, strict=True
        )
        if number % 5
    ]
    session.execute(sa.insert(AttendanceRecord), records)
    again = [{**row, "started_at": START + timedelta(days=2)} for row in records[::3]]
    session.execute(sa.insert(AttendanceRecord), again)


def test_the_sums_are_those_of_the_workshops_with_each_person_once(app: Flask) -> None:
    project = make_project()
    fill(project, workshops=6, people=9)
    rolled = queries.roll_up(project)
    facts = {row.workshop.id: attendance_facts(row.workshop) for row in rolled.rows}
    assert [
        (row.totals.persons, row.totals.attendances, row.totals.by_sex, row.totals.by_mode)
        for row in rolled.rows
    ] == [(fact.attended, fact.attendances, fact.by_sex, fact.by_mode) for fact in facts.values()]
    records = db.session().scalars(sa.select(AttendanceRecord)).all()
    person_of = {row.id: row.person for row in db.session().scalars(sa.select(Registration))}
    modes: dict[int, set[str]] = {}
    days = set()
    zone = ZoneInfo("Africa/Tripoli")
    for record in records:
        person = person_of[record.registration_id]
        modes.setdefault(person.id, set()).add(record.mode)
        assert record.started_at is not None
        day = record.started_at.astimezone(zone).date()
        days.add((record.workshop_id, person.id, day))
    people = {person.id: person for person in person_of.values() if person.id in modes}
    totals = rolled.totals
    assert (totals.workshops, totals.persons, totals.attendances) == (6, len(people), len(days))
    assert totals.participations == sum(fact.attended for fact in facts.values())
    for name, of in (("by_sex", "sex"), ("by_country", "country_code")):
        counts = getattr(totals, name)
        assert counts == {
            key: sum(getattr(one, of) == key for one in people.values()) for key in counts
        }
    assert totals.by_mode.get("both", 0) == sum(len(found) == 2 for found in modes.values())


def test_the_page_costs_the_same_queries_however_many_workshops_there_are(
    app: Flask, client: FlaskClient
) -> None:
    counts = []
    for size in (1, 40):
        project = make_project()
        drafts = [IndicatorDraft(Texts.of(en="Officials"), Measure.PERSONS, target=100)]
        outcomes.set_indicators(project.id, drafts, version=0, by=SYSTEM, now=NOW)
        fill(project, workshops=size, people=5)
        sign_in(client, Role.STAFF)
        db.session().rollback()
        db.session().expire_all()
        with statements() as sent:
            assert client.get(f"/manage/projects/{project.slug}/progress").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]
