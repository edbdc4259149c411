"""When those who have not answered are reminded, and how often at most."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eventsapp.core.dates import day_in
from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.feedback.models import FeedbackForm, FeedbackReminder
from eventsapp.feedback.rules.forms import check_access, check_open, is_running
from eventsapp.feedback.types import FIRST_HOUR, Access, FormStatus, ReminderKind, ReminderPlan

MOST_REMINDERS = 5
MOST_DAYS = 60


class TooManyDays(Invalid):
    message = N_("Give a number from 1 to %(most)d.")


class EnoughReminders(Refused):
    message = N_("Everybody was reminded as often as you set; raise that number to remind again.")


class RemindedToday(Refused):
    message = N_("A reminder went out today already. Remind again tomorrow at the earliest.")


class NobodyToRemind(Refused):
    message = N_("There is nobody to remind: all who were invited have answered.")


def check_plan(plan: ReminderPlan) -> None:
    for field, given, most in (
        ("after", plan.after, MOST_DAYS),
        ("before", plan.before, MOST_DAYS),
        ("most", plan.most, MOST_REMINDERS),
    ):
        if given is not None and not 1 <= given <= most:
            raise TooManyDays(field=field, most=most)


def check_plannable(form: FeedbackForm) -> None:
    check_access(form, Access.PERSONAL)
    if form.status == FormStatus.CLOSED:
        check_open(form)


def check_may_remind(
    form: FeedbackForm, rounds: Sequence[FeedbackReminder], *, unanswered: int, now: datetime
) -> None:
    check_access(form, Access.PERSONAL)
    check_open(form)
    if len(rounds) >= form.most_reminders:
        raise EnoughReminders
    if any(one.started_on == day_in(form.timezone, now=now) for one in rounds):
        raise RemindedToday
    if not unanswered:
        raise NobodyToRemind


def next_reminder(
    form: FeedbackForm, rounds: Sequence[FeedbackReminder]
) -> tuple[ReminderKind, date] | None:
    """The reminder that goes out next by itself, and on which day; None where none will.

    Each kind goes out once, and never two of them on one day.
    """
    if form.access != Access.PERSONAL or len(rounds) >= form.most_reminders:
        return None
    gone = {one.kind for one in rounds}
    days = {kind: day for kind, day in _days(form) if kind not in gone}
    if not days:
        return None
    kind = min(days, key=lambda one: days[one])
    day = max([days[kind], *(one.started_on + timedelta(days=1) for one in rounds)])
    return None if form.closes_on and day > form.closes_on else (kind, day)


def due_reminder(
    form: FeedbackForm, rounds: Sequence[FeedbackReminder], *, now: datetime
) -> ReminderKind | None:
    if not is_running(form, now=now):
        return None
    found = next_reminder(form, rounds)
    local = now.astimezone(ZoneInfo(form.timezone))
    if found is None or found[1] > local.date() or local.hour < FIRST_HOUR:
        return None
    return found[0]


def _days(form: FeedbackForm) -> list[tuple[ReminderKind, date]]:
    """Before anybody was invited, no day is known."""
    if form.invited_on is None:
        return []
    days = []
    if form.remind_after:
        days.append((ReminderKind.AFTER, form.invited_on + timedelta(days=form.remind_after)))
    if form.remind_before and form.closes_on:
        day = form.closes_on - timedelta(days=form.remind_before)
        days.append((ReminderKind.BEFORE, max(day, form.invited_on + timedelta(days=1))))
    return days
