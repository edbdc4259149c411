"""Forms that open by themselves: on which day, and for how long."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eventsapp.core.dates import day_in
from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.forms import LONGEST_VALIDITY
from eventsapp.feedback.types import FIRST_HOUR, FormStatus, OpeningPlan
from eventsapp.workshops.types import Status

MONTHS_AFTER = (1, 2, 3, 6, 9, 12)


class NoOpeningDay(Invalid):
    message = N_("Choose a day, or how long after the workshop.")
    field = "opens_on"


class OpensInThePast(Invalid):
    message = N_("This day is over already.")
    field = "opens_on"


class OpenTooLong(Invalid):
    message = N_("A form stays open for 1 to %(most)d days.")
    field = "open_days"


class NotPlanned(Refused):
    message = N_("This form does not open by itself.")


def check_opening(form: FeedbackForm, plan: OpeningPlan, *, now: datetime) -> None:
    if plan.on is None and plan.months_after not in MONTHS_AFTER:
        raise NoOpeningDay
    day = plan.on or _months_after(form, plan.months_after or 0)
    if day < day_in(form.timezone, now=now):
        raise OpensInThePast
    if plan.days is not None and not 1 <= plan.days <= LONGEST_VALIDITY.days:
        raise OpenTooLong(most=LONGEST_VALIDITY.days)


def opening_day(form: FeedbackForm) -> date | None:
    """When the draft opens by itself; it moves along with a workshop that is moved."""
    if form.status != FormStatus.DRAFT:
        return None
    if form.opens_on is not None:
        return form.opens_on
    return _months_after(form, form.opens_after) if form.opens_after else None


def is_due_to_open(form: FeedbackForm, *, now: datetime) -> bool:
    day, local = opening_day(form), now.astimezone(ZoneInfo(form.timezone))
    if day is None or form.workshop.status == Status.CANCELLED:
        return False
    return day < local.date() or (day == local.date() and local.hour >= FIRST_HOUR)


def last_day(form: FeedbackForm, *, now: datetime) -> date | None:
    """The last day for answers of a form that opens now; the day it opens is the first."""
    if form.open_days is None:
        return None
    return day_in(form.timezone, now=now) + timedelta(days=form.open_days - 1)


def _months_after(form: FeedbackForm, months: int) -> date:
    """As many calendar months after the workshop's last day; the 31st becomes a month's last."""
    ended = day_in(form.timezone, now=form.workshop.ends_at)
    year, month = divmod(ended.year * 12 + ended.month - 1 + months, 12)
    return date(year, month + 1, min(ended.day, monthrange(year, month + 1)[1]))
