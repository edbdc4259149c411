"""Forms that open by themselves, on a day or months after the workshop."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.errors import Refused
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.opening import NoOpeningDay, OpensInThePast, opening_day
from eventsapp.feedback.types import Access, FormStatus, Late, OpeningPlan, ReminderPlan
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import copy_workshop
from tests.factories.attendance import register
from tests.factories.feedback import DURING, attended
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in
from tests.feedback.test_mails_and_commands import empty_outbox, outbox
from tests.pages import hidden_fields, text_of

IN_SPRING = date(2022, 5, 9)


@pytest.fixture(autouse=True)
def during_the_workshop(app: Flask) -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


def follow_up(workshop: Workshop, access: Access = Access.PERSONAL) -> FeedbackForm:
    return service.create_form(workshop.id, "follow_up", access=access, by=SYSTEM, now=DURING)


def plan(form: FeedbackForm, **given: object) -> FeedbackForm:
    wanted = OpeningPlan(**({"months_after": 3} | given))  # type: ignore[arg-type]
    return service.plan_opening(form.id, wanted, by=SYSTEM, now=DURING)


def hourly(day: date, hour: int = 12) -> None:
    now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        service.see_to_forms(by=SYSTEM, now=now)
        run_due_jobs()
    db.session().expire_all()


def test_a_form_opens_months_after_the_workshop_mails_its_links_and_closes() -> None:
    workshop = make_workshop()
    attended(register(workshop, email="a@x.example"))
    form = plan(follow_up(workshop), days=14, late=Late.HOLD)
    day = opening_day(form)
    assert day == IN_SPRING
    empty_outbox()
    hourly(day - timedelta(days=1))
    hourly(day, hour=1)
    assert (form.status, outbox()) == (FormStatus.DRAFT, {})
    hourly(day)
    hourly(day, hour=13)
    assert (form.status, form.closes_on) == (FormStatus.OPEN, day + timedelta(days=13))
    assert list(outbox()) == ["a@x.example"]
    hourly(day + timedelta(days=13))
    assert form.status == FormStatus.OPEN
    hourly(day + timedelta(days=14))
    assert (form.status, form.late) == (FormStatus.CLOSED, Late.HOLD)


def test_an_opening_that_was_cancelled_does_not_come() -> None:
    form = plan(follow_up(make_workshop()))
    service.cancel_opening(form.id, by=SYSTEM, now=DURING)
    hourly(IN_SPRING)
    assert (form.status, opening_day(form)) == (FormStatus.DRAFT, None)
    with pytest.raises(Refused):
        service.cancel_opening(form.id, by=SYSTEM, now=DURING)


def test_a_form_without_questions_is_left_to_people_and_not_tried_for_ever() -> None:
    form, other = plan(follow_up(make_workshop())), plan(follow_up(make_workshop()))
    service.replace_questions(form.id, [], by=SYSTEM, now=DURING)
    hourly(IN_SPRING)
    assert (form.status, opening_day(form)) == (FormStatus.DRAFT, None)
    assert other.status == FormStatus.OPEN


def test_check_opening_refuses_no_day_a_day_that_is_over_and_an_open_form() -> None:
    form = follow_up(make_workshop())
    with pytest.raises(NoOpeningDay):
        plan(form, months_after=None)
    with pytest.raises(OpensInThePast):
        plan(form, on=date(2022, 2, 1))
    service.open_form(form.id, by=SYSTEM, now=DURING)
    with pytest.raises(rules.NotADraft):
        plan(form)


def test_access_of_a_planned_form_is_open_to_change_until_it_opens_and_never_after() -> None:
    form = plan(follow_up(make_workshop()))
    service.choose_access(form.id, Access.OPEN, by=SYSTEM, now=DURING)
    hourly(IN_SPRING)
    with pytest.raises(rules.AccessFixed):
        service.choose_access(form.id, Access.PERSONAL, by=SYSTEM, now=DURING)


def test_a_copied_workshop_plans_its_forms_as_its_source_does() -> None:
    workshop = make_workshop()
    form = plan(follow_up(workshop), days=14)
    service.plan_reminders(form.id, ReminderPlan(3, 1, 4), by=SYSTEM, now=DURING)
    copied = copy_workshop(workshop.id, [date(2022, 3, 26)], in_series=False, by=SYSTEM, now=DURING)
    taken = queries.get_form_of(copied.id, "follow_up")
    day = opening_day(taken)
    assert day is not None
    assert (day.year, day.month) == (2022, 6)
    assert (taken.access, taken.status) == (Access.PERSONAL, FormStatus.DRAFT)
    assert (taken.remind_after, taken.remind_before, taken.most_reminders) == (3, 1, 4)
    assert taken.invited_on is None


def test_an_organiser_plans_an_opening_sees_its_day_and_takes_it_back(client: FlaskClient) -> None:
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    service.create_form(workshop.id, "end", by=SYSTEM, now=DURING)
    sign_in(client, user=user)
    url = f"/manage/workshops/{workshop.id}/feedback"
    hidden = hidden_fields(client.get(url).text)
    late = {"late_answers": "refuse", "open_days": "14"}
    wrong = client.post(f"{url}/opening", data=hidden | late | {"opens_after": ""})
    assert "Choose a day, or how long after the workshop." in text_of(wrong.text)
    client.post(f"{url}/opening", data=hidden | late | {"opens_after": "3"})
    page = text_of(client.get(url).text)
    assert "This form opens by itself on 9 May 2022" in page
    assert "It stays open for 14 days." in page
    assert "opens on 9 May 2022" in page
    client.post(f"{url}/opening/cancel", data=hidden)
    assert "Open it by itself" in text_of(client.get(url).text)
