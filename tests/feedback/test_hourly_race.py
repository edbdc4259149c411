"""Workers that do the hourly work at the same time: all of it happens once, and none fails."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.audit import AuditEvent
from eventsapp.edge.jobs import Job
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm, FeedbackReminder
from eventsapp.feedback.rules.reminders import due_reminder
from eventsapp.feedback.types import Access, OpeningPlan, ReminderKind, ReminderPlan
from tests.factories.attendance import register
from tests.factories.feedback import DURING, answer, attended, make_cards, make_form
from tests.factories.races import at_once
from tests.factories.workshops import make_workshop

WORKERS = 4
IN_SPRING = DURING + timedelta(days=90)


def together(app: Flask, now: datetime) -> list[object]:
    """What each worker gave or raised."""
    return at_once(app, [lambda: service.see_to_forms(by=SYSTEM, now=now)] * WORKERS)


def happened(prefix: str = "feedback.") -> Counter[str]:
    db.session().rollback()
    actions = db.session().scalars(
        sa.select(AuditEvent.action).where(AuditEvent.action.startswith(prefix))
    )
    return Counter(actions)


def jobs(name: str) -> int:
    return db.session().scalar(sa.select(sa.func.count()).where(Job.name == name)) or 0


@pytest.fixture
def planned(app: Flask) -> FeedbackForm:
    """A follow-up form whose day is in spring, and somebody to mail it to."""
    workshop = make_workshop()
    attended(register(workshop, email="a@x.example"))
    form = service.create_form(
        workshop.id, "follow_up", access=Access.PERSONAL, by=SYSTEM, now=DURING
    )
    service.plan_opening(form.id, OpeningPlan(on=IN_SPRING.date()), by=SYSTEM, now=DURING)
    return form


def test_a_form_is_opened_once_and_mailed_once(app: Flask, planned: FeedbackForm) -> None:
    assert together(app, IN_SPRING) == [None] * WORKERS
    found = happened()
    assert (found["feedback.opened"], found["feedback.invited"]) == (1, 1)
    assert found["feedback.opening_cancelled"] == 0
    assert jobs("feedback.send_invitation") == 1


def test_a_worker_that_does_not_look_again_under_the_lock_meets_an_open_form(
    app: Flask, planned: FeedbackForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(service.opening, "is_due_to_open", lambda *_args, **_more: True)
    monkeypatch.setattr(service.hourly, "is_due_to_open", lambda *_args, **_more: True)
    service.see_to_forms(by=SYSTEM, now=IN_SPRING)
    with pytest.raises(rules.NotADraft):
        service.opening.open_if_due(planned.id, by=SYSTEM, now=IN_SPRING)


def test_a_form_without_questions_is_given_up_once(app: Flask, planned: FeedbackForm) -> None:
    queries.current_version(planned).questions = []
    db.session().commit()
    assert together(app, IN_SPRING) == [None] * WORKERS
    assert happened()["feedback.opening_cancelled"] == 1


@pytest.fixture
def invited(app: Flask) -> FeedbackForm:
    """A form whose links were mailed, to be reminded of after three days."""
    workshop = make_workshop()
    attended(register(workshop, email="a@x.example"))
    form = make_form(workshop, access=Access.PERSONAL)
    service.invite_participants(form.id, by=SYSTEM, now=DURING)
    service.plan_reminders(form.id, ReminderPlan(after=3, most=5), by=SYSTEM, now=DURING)
    return form


def rounds() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(FeedbackReminder)) or 0


def test_a_round_of_reminders_begins_once(app: Flask, invited: FeedbackForm) -> None:
    assert together(app, DURING + timedelta(days=3)) == [None] * WORKERS
    assert (rounds(), jobs("feedback.remind")) == (1, 1)


def test_a_worker_that_decides_before_it_holds_the_form_begins_another_round(
    app: Flask, invited: FeedbackForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    form = queries.get_form(invited.id)
    decided = due_reminder(form, [], now=DURING + timedelta(days=3))
    assert decided == ReminderKind.AFTER
    monkeypatch.setattr(service.reminders, "due_reminder", lambda *_args, **_more: decided)
    together(app, DURING + timedelta(days=3))
    assert rounds() > 1


def test_a_form_is_closed_once_and_no_worker_fails_over_it(app: Flask) -> None:
    form = make_form()
    codes = make_cards(form, 12)
    for code in codes:
        answer(form, code)
    db.session().execute(sa.update(FeedbackForm).values(closes_on=DURING.date()))
    db.session().commit()
    assert together(app, DURING + timedelta(days=2)) == [None] * WORKERS
    assert happened("feedback.closed")["feedback.closed"] == 1
    assert queries.count_answers(queries.get_form(form.id)).mixed == 12


def test_answers_that_wait_are_mixed_once_and_no_worker_fails_over_them(app: Flask) -> None:
    form = make_form()
    for code in make_cards(form, 12):
        answer(form, code)
    assert together(app, DURING) == [None] * WORKERS
    assert happened("feedback.mixed")["feedback.mixed"] == 1
    assert queries.count_answers(queries.get_form(form.id)).mixed == 12
