"""Counts crossed by sex, institution, country and mode: persons, and what they add up to."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.queries import attendance_facts
from eventsapp.attendance.queries.statistics import statistics_of
from eventsapp.attendance.rules.days import count_days
from eventsapp.attendance.rules.presence import sessions_attended
from eventsapp.attendance.rules.statistics import Dimension, Measure, combined, cross
from eventsapp.attendance.types import Evidence, Interval, Source
from eventsapp.attendance.views.by_day import days_of
from eventsapp.core.actor import Actor, Role
from eventsapp.people.types import Sex
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.attendance.test_presence import SESSIONS, TRIPOLI, at, online
from tests.factories.attendance import register
from tests.factories.workshops import NOW, make_actor, make_workshop, sign_in

LATER = {**SESSIONS, 8: Interval(at(200), at(260)), 9: Interval(at(1500), at(1560))}


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(Role.ORGANISER)


@pytest.fixture
def workshop(organiser: Actor) -> Workshop:
    """Three came, one of them both ways; one only registered."""
    workshop = make_workshop(by=organiser)
    both = register(workshop, Mode.IN_PERSON, sex=Sex.FEMALE, institution="Plan")
    room = register(workshop, Mode.IN_PERSON, sex=Sex.MALE, institution="Plan")
    online = register(workshop, Mode.ONLINE, sex=Sex.MALE, institution="Trade", country_code="TN")
    register(workshop, Mode.ONLINE, sex=Sex.FEMALE, institution="Trade")
    for one in (both, room):
        service.check_in_registration(one.id, by=organiser, now=workshop.starts_at)
    for one in (both, online):
        service.record_attendance(
            one.id,
            mode=Mode.ONLINE,
            source=Source.MANUAL,
            started_at=workshop.starts_at,
            ended_at=workshop.starts_at + timedelta(minutes=30),
            reason="joined the call",
            by=organiser,
            now=NOW,
        )
    return workshop


def test_a_crossing_counts_each_person_once_and_agrees_with_the_facts(workshop: Workshop) -> None:
    counted = statistics_of(workshop)
    table = cross(counted.rows, Dimension.INSTITUTION, Dimension.MODE, Measure.ATTENDED)
    facts = attendance_facts(workshop)

    assert (table.rows, table.columns) == (("Plan", "Trade"), ("both", "in_person", "online"))
    assert [table.of_row(row) for row in table.rows] == [2, 1]
    assert {column: table.of_column(column) for column in table.columns} == facts.by_mode
    assert table.total == facts.attended == 3


def test_days_are_the_attendances_of_the_facts(workshop: Workshop) -> None:
    table = cross(statistics_of(workshop).rows, Dimension.SEX, Dimension.COUNTRY, Measure.DAYS)

    assert table.total == attendance_facts(workshop).attendances


def test_registered_are_counted_whether_they_came_or_not(workshop: Workshop) -> None:
    rows = statistics_of(workshop).rows
    table = cross(rows, Dimension.SEX, Dimension.COUNTRY, Measure.REGISTERED)

    assert (table.cell("female", "LY"), table.cell("male", "TN"), table.total) == (2, 1, 4)


def test_all_combinations_add_up_to_the_whole(workshop: Workshop) -> None:
    rows = statistics_of(workshop).rows
    sums = [sum(counts) for counts in zip(*(c for _, c in combined(rows, Dimension)), strict=True)]

    facts = attendance_facts(workshop)
    assert sums[1:4] == [facts.registered, facts.attended, facts.attendances]


def test_a_stay_counts_for_each_session_it_touches_and_is_cut_to_it() -> None:
    assert sessions_attended([online(100, 230)], LATER, TRIPOLI) == {7: 20, 8: 30}


def test_who_came_to_the_room_was_in_the_sessions_of_that_day_that_were_not_over() -> None:
    came = Evidence(Mode.IN_PERSON, at(130))

    assert sessions_attended([came], LATER, TRIPOLI) == {8: None}


def test_a_record_about_one_session_is_about_no_other() -> None:
    about = Evidence(Mode.IN_PERSON, at(70), session_id=7)

    assert sessions_attended([about], LATER, TRIPOLI) == {7: None}


def test_room_and_call_at_once_are_one_attendance_of_a_session() -> None:
    both = [Evidence(Mode.IN_PERSON, at(50)), online(60, 90), online(80, 100)]

    assert sessions_attended(both, SESSIONS, TRIPOLI) == {7: 40}


def test_each_day_has_its_people_its_minutes_and_the_heads_counted_beside_them(
    workshop: Workshop, organiser: Actor
) -> None:
    for persons in (4, 6):
        service.count_heads(
            workshop.id, "2022-02-08", persons, mode=Mode.IN_PERSON, by=organiser, now=NOW
        )
    found = [
        (one.counted.day.day, *one.figures()) for one in days_of(workshop, statistics_of(workshop))
    ]
    assert found == [(8, 2, 6, 2, None, 60), (9, 0, None, 0, None, 0)]


def test_a_call_over_midnight_is_parted_and_evidence_without_time_needs_its_day() -> None:
    whole, days = Interval(at(-60), at(40 * 60)), [at(0).date(), at(24 * 60).date()]
    known = {1: [Evidence(Mode.ONLINE, at(14 * 60), at(16 * 60))]}
    known[2] = [Evidence(Mode.ONLINE, minutes=30)]
    found = count_days(known, days, sessions={}, whole=whole, zone=TRIPOLI)
    assert [(one.online, one.minutes) for one in found] == [(1, 60), (1, 60)]
    alone = count_days(known, days[:1], sessions={}, whole=whole, zone=TRIPOLI)
    assert [(one.online, one.minutes) for one in alone] == [(2, 90)]


def test_the_page_draws_the_crossing_and_exports_the_days(app: Flask, workshop: Workshop) -> None:
    client = app.test_client()
    sign_in(client, Role.STAFF)
    address = f"/manage/workshops/{workshop.id}/people"
    page = client.get(f"{address}/statistics?rows=institution&columns=mode").text
    sheet = client.get(f"{address}/days.csv").text
    assert "Institution × How they took part" in page
    assert "Persons by name beside counted heads" in page
    assert sheet.splitlines()[1].count("2") >= 2
    assert client.get(f"{address}/days.pdf").status_code == 404
