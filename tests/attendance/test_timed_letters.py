"""Reminders, joining links and thanks: when their time comes, to the right people, once."""

from datetime import datetime, timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.jobs.mails import write_timed_letters
from eventsapp.attendance.models import TimedLetter
from eventsapp.attendance.rules.letters import Due
from eventsapp.attendance.rules.registering import participant
from eventsapp.attendance.types import Message, Setup
from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.edge.jobs import Job, Run
from eventsapp.feedback.types import Access
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register, registration_draft
from tests.factories.feedback import make_form
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_workshop

HOUR = timedelta(hours=1)


def write(at: datetime) -> None:
    """What the worker does every few minutes, at a given time."""
    with time_machine.travel(at, tick=False):
        write_timed_letters({}, Run(job_id=1, attempt=1, owner="test"))
    db.session().expire_all()


def told(message: Message) -> list[int]:
    """Who was recorded to get the mail, in order."""
    jobs = db.session().scalars(
        sa.select(Job).where(Job.name == "attendance.send_message").order_by(Job.id)
    )
    return [job.payload["registration"] for job in jobs if job.payload["message"] == message]


def test_the_reminder_goes_to_those_with_a_place_when_its_hour_comes_and_once(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=1)
    place = register(workshop).id
    register(workshop)
    start = workshop.starts_at

    write(start - 25 * HOUR)
    early = told(Message.REMINDER)
    for _ in range(3):
        write(start - 23 * HOUR)

    assert (early, told(Message.REMINDER)) == ([], [place])


def test_without_its_row_a_restart_would_remind_again(app: Flask) -> None:
    """Positive control: the row is what keeps a second reminder from going out."""
    workshop = make_workshop()
    place = register(workshop).id
    start = workshop.starts_at
    write(start - 23 * HOUR)
    db.session().execute(sa.delete(TimedLetter))
    db.session().commit()

    write(start - 22 * HOUR)

    assert told(Message.REMINDER) == [place, place]


def test_a_workshop_that_is_moved_is_a_new_occasion(app: Flask) -> None:
    workshop = make_workshop()
    place = register(workshop).id
    write(workshop.starts_at - 23 * HOUR)
    workshop.starts_at += timedelta(hours=20)
    db.session().commit()

    write(workshop.starts_at - 23 * HOUR)

    assert told(Message.REMINDER) == [place, place]


def test_who_was_confirmed_after_the_reminders_is_not_reminded_of_it(app: Flask) -> None:
    workshop = make_workshop()
    register(workshop, now=workshop.starts_at - 12 * HOUR)

    write(workshop.starts_at - 11 * HOUR)

    assert told(Message.REMINDER) == []


def test_no_reminder_where_the_organiser_wants_none_or_the_workshop_is_off(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    silent, off = make_workshop(by=by), make_workshop(by=by)
    for workshop in (silent, off):
        register(workshop)
    service.change_setup(silent.id, Setup(reminder_hours=0), by=by, now=NOW)
    service.cancel_workshop(off.id, by=by, now=NOW)

    write(silent.starts_at - 2 * HOUR)

    assert told(Message.REMINDER) == []


def test_the_joining_link_goes_to_those_online_once_there_is_one(app: Flask) -> None:
    workshop = make_workshop(join_link="")
    online = register(workshop, Mode.ONLINE).id
    register(workshop, Mode.IN_PERSON)
    write(workshop.starts_at - HOUR)
    without_link = told(Message.JOINING)
    workshop.join_link = "https://video.example/join/secret-room"
    db.session().commit()

    write(workshop.starts_at - HOUR)
    write(workshop.starts_at + HOUR)

    assert (without_link, told(Message.JOINING)) == ([], [online])


def come(workshop: Workshop) -> int:
    registration = register(workshop)
    service.check_in_registration(registration.id, by=SYSTEM, now=workshop.starts_at + HOUR)
    return registration.id


def test_thanks_wait_for_the_feedback_form_and_go_to_those_who_came(app: Flask) -> None:
    workshop = make_workshop()
    came = come(workshop)
    register(workshop)
    end = workshop.ends_at
    write(end + 2 * HOUR)
    before = told(Message.THANKS)
    make_form(workshop, access=Access.OPEN)

    write(end + 3 * HOUR)
    write(end + timedelta(days=3))

    assert (before, told(Message.THANKS)) == ([], [came])


def test_where_nobodys_attendance_was_noted_everybody_expected_is_thanked_in_the_end(
    app: Flask,
) -> None:
    workshop = make_workshop()
    place = register(workshop).id

    write(workshop.ends_at + timedelta(days=1))
    early = told(Message.THANKS)
    write(workshop.ends_at + timedelta(days=2, hours=1))
    write(workshop.ends_at + timedelta(days=30))

    assert (early, told(Message.THANKS)) == ([], [place])


def test_remind_invited_asks_those_who_did_not_answer_once_a_day(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    silent, answered = (
        service.add_participant(workshop.id, registration_draft(), invite=True, by=by, now=NOW)
        for _ in range(2)
    )
    service.decline_registration(answered.id, by=participant(answered), now=NOW)
    today, tomorrow = NOW + HOUR, NOW + timedelta(days=1)

    counts = [
        service.remind_invited(workshop.id, by=by, now=now)
        for now in (today, tomorrow, tomorrow + HOUR, tomorrow + timedelta(days=1))
    ]

    assert (counts, told(Message.INVITED_AGAIN)) == ([0, 1, 0, 1], [silent.id, silent.id])


def test_two_workers_at_once_remind_everybody_once(app: Flask) -> None:
    workshop = make_workshop()
    ids = [register(workshop).id for _ in range(5)]
    workshop_id, at = workshop.id, workshop.starts_at - HOUR
    due = Due(Message.REMINDER, workshop.starts_at.isoformat())

    counts = at_once(
        app, [lambda: service.record_due_letters(workshop_id, due, now=at) for _ in range(4)]
    )

    assert sorted(map(str, counts)) == ["0", "0", "0", "5"]
    assert told(Message.REMINDER) == ids
