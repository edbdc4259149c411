"""Reminding those who were mailed a link and have not used it.

What is kept tells of a round as a whole. A row for each person and round would tell, from the
rounds they are missing in, when each of them answered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm, FeedbackReminder
from eventsapp.feedback.rules.reminders import (
    check_may_remind,
    check_plan,
    check_plannable,
    due_reminder,
)
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.types import ReminderKind, ReminderPlan


@dataclass(frozen=True, slots=True)
class TakenMail:
    """A reminder to send now, and how far the round had come before it."""

    invitation_id: str
    earlier: str


@transaction
def plan_reminders(form_id: int, plan: ReminderPlan, *, by: Actor, now: datetime) -> FeedbackForm:
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    check_plannable(form)
    check_plan(plan)
    form.remind_after, form.remind_before = plan.after, plan.before
    form.most_reminders = plan.most
    audit.record(
        "feedback.reminders_planned",
        subject_of(form),
        by=by,
        now=now,
        detail={"after": plan.after, "before": plan.before, "most": plan.most},
    )
    return form


@transaction
def remind_now(form_id: int, *, by: Actor, now: datetime) -> FeedbackReminder:
    """Remind all who have not answered; raises EnoughReminders, RemindedToday, NobodyToRemind."""
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rounds = queries.reminders_of(form)
    check_may_remind(form, rounds, unanswered=queries.count_unanswered(form), now=now)
    return _start(form, len(rounds) + 1, ReminderKind.NOW, by=by, now=now)


@transaction
def remind_if_due(form_id: int, *, by: Actor, now: datetime) -> FeedbackReminder | None:
    """Start the round whose day has come; None where there is none, or nobody to remind."""
    form = lock_form(form_id)
    rounds = queries.reminders_of(form)
    kind = due_reminder(form, rounds, now=now)
    if kind is None or not queries.count_unanswered(form):
        return None
    return _start(form, len(rounds) + 1, kind, by=by, now=now)


def _start(
    form: FeedbackForm, number: int, kind: ReminderKind, *, by: Actor, now: datetime
) -> FeedbackReminder:
    today = rules.today_of(form.workshop, now=now)
    begun = FeedbackReminder(
        form_id=form.id, number=number, kind=kind, started_on=today, reached="", mailed=0
    )
    db.session().add(begun)
    enqueue(
        "feedback.remind",
        {"form": form.id, "number": number},
        subject=subject_of(form),
        unique_key=f"feedback.remind:{form.id}:{number}",
        now=now,
    )
    audit.record(
        "feedback.reminded",
        subject_of(form),
        by=by,
        now=now,
        detail={"number": number, "kind": kind},
    )
    return begun


@transaction
def take_next_mail(
    form_id: int, number: int, *, confirm: Callable[[], None], now: datetime
) -> TakenMail | None:
    """Whom the round writes to next, taken off its list; None when it is at its end.

    ``confirm`` keeps a run that lost its job from taking any. Closing ends every round.
    """
    confirm()
    going = _hold(form_id, number)
    if going.is_done or not rules.is_running(queries.get_form(form_id), now=now):
        return None
    found = queries.next_to_remind(form_id, going.reached)
    if found is None:
        return None
    taken = TakenMail(invitation_id=found, earlier=going.reached)
    going.reached = found
    going.mailed += 1
    return taken


@transaction
def take_back_mail(form_id: int, number: int, taken: TakenMail) -> None:
    """The mail server would not have it now: the next attempt begins with this mail."""
    going = _hold(form_id, number)
    if going.reached == taken.invitation_id:
        going.reached = taken.earlier
        going.mailed -= 1


@transaction
def finish_reminder(form_id: int, number: int, *, confirm: Callable[[], None]) -> None:
    """Nothing is left that names anybody who had not answered."""
    confirm()
    going = _hold(form_id, number)
    going.reached, going.is_done = "", True


def _hold(form_id: int, number: int) -> FeedbackReminder:
    return (
        db.session()
        .execute(
            sa.select(FeedbackReminder)
            .where(FeedbackReminder.form_id == form_id, FeedbackReminder.number == number)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        .scalar_one()
    )
