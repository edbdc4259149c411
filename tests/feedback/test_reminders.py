"""Reminders of mailed links: to those who have not answered, so often and no oftener."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.db import Base
from eventsapp.edge.jobs import Job, LeaseLost, Run, run_due_jobs
from eventsapp.edge.keys import kept_key
from eventsapp.edge.mail import MailDeferred, MailLog
from eventsapp.feedback import jobs, queries, rules, service
from eventsapp.feedback.models import FeedbackForm, Invitation
from eventsapp.feedback.rules.reminders import (
    EnoughReminders,
    NobodyToRemind,
    RemindedToday,
    next_reminder,
)
from eventsapp.feedback.rules.tokens import make_code
from eventsapp.feedback.service.reminders import TakenMail
from eventsapp.feedback.types import Access, ReminderKind, ReminderPlan
from tests.factories.attendance import register
from tests.factories.feedback import DURING, answer, attended, make_form
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in
from tests.feedback.test_mails_and_commands import empty_outbox, outbox
from tests.pages import hidden_fields, text_of

LANGUAGES = {"a@x.example": "fr", "b@x.example": "ar", "c@x.example": "en"}
CLOSES = date(2022, 2, 20)


@pytest.fixture(autouse=True)
def during_the_workshop(app: Flask) -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


def invited_form(**changes: Any) -> FeedbackForm:
    """Three were mailed a link on 9 February; the last day for answers is the 20th."""
    workshop = make_workshop(**changes)
    for mail, lang in LANGUAGES.items():
        attended(register(workshop, email=mail, language=lang))
    form = make_form(workshop, access=Access.PERSONAL, opened=False)
    service.open_form(form.id, closes_on=CLOSES, by=SYSTEM, now=DURING)
    service.invite_participants(form.id, by=SYSTEM, now=DURING)
    run_due_jobs()
    empty_outbox()
    return form


def codes_of(form: FeedbackForm) -> list[str]:
    ids = db.session().scalars(
        sa.select(Invitation.id).where(Invitation.form_id == form.id).order_by(Invitation.id)
    )
    return [make_code(kept_key("feedback"), one) for one in ids]


def on(day: int, hour: int = 12) -> datetime:
    return datetime(2022, 2, day, hour, tzinfo=UTC)


def hourly(day: int, hour: int = 12) -> int:
    """The clock's job, and what it sets off; gives how many mails went out."""
    empty_outbox()
    with time_machine.travel(on(day, hour), tick=False):
        service.see_to_forms(by=SYSTEM, now=on(day, hour))
        run_due_jobs()
    return len(outbox())


def rounds(form: FeedbackForm) -> list[tuple[str, date, int, bool, str]]:
    db.session().expire_all()
    return [
        (one.kind, one.started_on, one.mailed, one.is_done, one.reached)
        for one in queries.reminders_of(form)
    ]


def plan(form: FeedbackForm, **changes: int | None) -> None:
    given = {"after": 3, "before": 1, "most": 2} | changes
    service.plan_reminders(form.id, ReminderPlan(**given), by=SYSTEM, now=DURING)  # type: ignore[arg-type]


def test_reminders_go_out_on_their_days_to_those_who_have_not_answered() -> None:
    form = invited_form()
    plan(form)
    assert [hourly(11), hourly(12, hour=3), hourly(12), hourly(12, hour=13)] == [0, 0, 3, 0]
    answer(form, codes_of(form)[0])
    assert [hourly(18), hourly(19), hourly(20)] == [0, 2, 0]
    assert rounds(form) == [
        ("after", date(2022, 2, 12), 3, True, ""),
        ("before", date(2022, 2, 19), 2, True, ""),
    ]


def test_a_reminder_speaks_its_readers_language_and_has_the_same_link() -> None:
    form = invited_form()
    plan(form)
    hourly(12)
    letters = outbox()
    assert {who: letter["Content-Language"] for who, letter in letters.items()} == LANGUAGES
    subjects = {letter["Content-Language"]: str(letter["Subject"]) for letter in letters.values()}
    assert subjects["en"].startswith("Reminder: ")
    assert subjects["fr"].startswith("Rappel : ")
    assert subjects["ar"].startswith("تذكير: ")
    found = []
    for letter in letters.values():
        body = letter.get_body(("plain",))
        assert body is not None
        text = body.get_content()
        found += [
            line.split("#")[1].replace("-", "") for line in text.splitlines() if "/f/#" in line
        ]
    assert sorted(found) == sorted(codes_of(form))


def test_nobody_gets_more_than_the_number_that_was_set() -> None:
    form = invited_form()
    plan(form, most=1)
    assert [hourly(day) for day in (12, 13, 19, 20)] == [3, 0, 0, 0]
    with pytest.raises(EnoughReminders):
        service.remind_now(form.id, by=SYSTEM, now=on(14))


def test_remind_now_writes_once_a_day_and_to_nobody_where_all_have_answered() -> None:
    form = invited_form()
    service.remind_now(form.id, by=SYSTEM, now=DURING)
    with pytest.raises(RemindedToday):
        service.remind_now(form.id, by=SYSTEM, now=DURING)
    run_due_jobs()
    assert len(outbox()) == 3
    for code in codes_of(form):
        answer(form, code)
    with pytest.raises(NobodyToRemind):
        service.remind_now(form.id, by=SYSTEM, now=on(10))


def test_nothing_goes_out_after_closing_or_where_cards_were_shuffled() -> None:
    form = invited_form()
    plan(form, after=None)
    service.remind_now(form.id, by=SYSTEM, now=DURING)
    service.close_form(form.id, by=SYSTEM, now=DURING)
    run_due_jobs()
    assert len(outbox()) == 0
    assert hourly(19) == 0
    cards = make_form(make_workshop())
    with pytest.raises(rules.WrongAccess):
        service.remind_now(cards.id, by=SYSTEM, now=DURING)


def test_next_reminder_is_the_earlier_of_two_and_none_before_mails_went_out() -> None:
    form = invited_form()
    plan(form, after=30, before=3)
    assert next_reminder(form, []) == (ReminderKind.BEFORE, date(2022, 2, 17))
    plan(form, after=30, before=None)
    assert next_reminder(form, []) is None
    form.invited_on = None
    assert next_reminder(form, []) is None


class Killed(BaseException):
    """The worker dies: nothing that comes after runs."""


def begin(form: FeedbackForm) -> Run:
    """A round whose job this test holds, as a worker would."""
    service.remind_now(form.id, by=SYSTEM, now=DURING)
    job = db.session().scalars(sa.select(Job).where(Job.name == "feedback.remind")).one()
    return hold(job.id, "first")


def hold(job_id: int, owner: str) -> Run:
    with db.db.engine.begin() as connection:
        connection.execute(
            sa.update(Job)
            .where(Job.id == job_id)
            .values(status="running", lease_owner=owner, lease_until=DURING + timedelta(minutes=1))
        )
    db.session().rollback()
    return Run(job_id=job_id, attempt=1, owner=owner)


def mail_until_killed(
    form: FeedbackForm, run: Run, monkeypatch: pytest.MonkeyPatch, *, noted_first: bool = True
) -> list[str]:
    """Die right after the second mail, then run again to the end; gives who got the mails.

    Without ``noted_first`` the death comes before the second mail is noted.
    """
    got: list[str] = []
    taken: list[TakenMail] = []
    take = service.take_next_mail

    def send(mail: Any) -> None:
        got.append(mail.to)
        if len(got) == 2:
            raise Killed

    def watched(*args: Any, **given: Any) -> TakenMail | None:
        found = take(*args, **given)
        taken.extend([found] if found else [])
        return found

    monkeypatch.setattr(jobs, "send", send)
    monkeypatch.setattr(service, "take_next_mail", watched)
    payload = {"form": form.id, "number": 1}
    with pytest.raises(Killed):
        jobs.remind(payload, run)
    db.session().rollback()
    if not noted_first:
        service.take_back_mail(form.id, 1, taken[-1])
    jobs.remind(payload, hold(run.job_id, "second"))
    return sorted(got)


def test_a_worker_that_dies_after_sending_mails_nobody_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = invited_form()
    assert mail_until_killed(form, begin(form), monkeypatch) == sorted(LANGUAGES)


def test_where_a_mail_is_noted_after_it_was_sent_the_same_death_mails_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: what the order of noting and sending is for."""
    form = invited_form()
    got = mail_until_killed(form, begin(form), monkeypatch, noted_first=False)
    assert (len(got), sorted(set(got))) == (4, sorted(LANGUAGES))


def test_a_worker_that_was_taken_for_dead_mails_nobody() -> None:
    form = invited_form()
    late = begin(form)
    hold(late.job_id, "second")
    with pytest.raises(LeaseLost):
        jobs.remind({"form": form.id, "number": 1}, late)
    assert len(outbox()) == 0
    # The control: without asking for the lease it would have had a mail to send.
    assert service.take_next_mail(form.id, 1, confirm=lambda: None, now=DURING) is not None


def test_mail_that_a_server_puts_off_goes_out_at_the_next_attempt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = invited_form()
    run = begin(form)
    got: list[str] = []

    def send(mail: Any) -> None:
        if not got:
            got.append("nobody")
            raise MailDeferred("come back later")
        got.append(mail.to)

    monkeypatch.setattr(jobs, "send", send)
    payload = {"form": form.id, "number": 1}
    with pytest.raises(MailDeferred):
        jobs.remind(payload, run)
    jobs.remind(payload, run)
    assert sorted(got[1:]) == sorted(LANGUAGES)
    assert rounds(form)[0][2:] == (3, True, "")


def test_no_table_tells_whom_a_round_reminded() -> None:
    """Who is missing in a round would be known to have answered before it."""
    form = invited_form()
    answer(form, codes_of(form)[0])
    before = rows()
    service.remind_now(form.id, by=SYSTEM, now=DURING)
    run_due_jobs()
    after = rows()
    assert len(outbox()) == 2
    added = {name: found - before[name] for name, found in after.items() if found - before[name]}
    assert set(added) <= {"audit_event", "audit_head", "feedback_reminder", "job"}
    ids = [str(one) for one in db.session().scalars(sa.select(Invitation.id))]
    assert [one for one in ids if one in str(added)] == []
    # The control: the log of invitations does name them.
    logged = db.session().scalars(sa.select(MailLog.subject_ref)).all()
    assert {f"invitation:{one}" for one in ids} <= set(logged)


def rows() -> dict[str, set[str]]:
    return {
        table.name: {str(tuple(row)) for row in db.session().execute(sa.select(table))}
        for table in Base.metadata.sorted_tables
    }


def test_an_organiser_plans_reminders_and_sends_one_by_hand(client: FlaskClient) -> None:
    user = make_user(Role.ORGANISER)
    form = invited_form(by=actor_of(user))
    sign_in(client, user=user)
    url = f"/manage/workshops/{form.workshop_id}/feedback"
    page = client.get(url)
    assert "3 people who were invited have not answered." in text_of(page.text)
    hidden = hidden_fields(page.text)
    wrong = client.post(f"{url}/reminders", data=hidden | {"after": "0", "most": "2"})
    assert "Give a number from 1 to 60." in text_of(wrong.text)
    client.post(f"{url}/reminders", data=hidden | {"after": "3", "before": "1", "most": "2"})
    assert "The next reminder goes out on" in text_of(client.get(url).text)
    client.post(f"{url}/remind", data=hidden)
    run_due_jobs()
    assert len(outbox()) == 3
    assert "3 mails" in text_of(client.get(url).text)
