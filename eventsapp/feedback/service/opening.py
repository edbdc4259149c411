"""Forms that open by themselves, such as one that follows months after the workshop."""

from datetime import datetime

from eventsapp.core import audit
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.opening import (
    NotPlanned,
    check_opening,
    is_due_to_open,
    last_day,
    opening_day,
)
from eventsapp.feedback.service.forms import open_form
from eventsapp.feedback.service.invitations import invite_participants
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.types import Access, Late, OpeningPlan


@transaction
def plan_opening(form_id: int, plan: OpeningPlan, *, by: Actor, now: datetime) -> FeedbackForm:
    """Have a draft open by itself, and mail the links then where they are personal."""
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_workshop(form.workshop)
    rules.check_draft(form)
    check_opening(form, plan, now=now)
    if not queries.current_version(form).questions:
        raise rules.NoQuestions
    form.opens_on = plan.on
    form.opens_after = None if plan.on else plan.months_after
    form.open_days, form.late = plan.days, plan.late
    day = opening_day(form)
    audit.record(
        "feedback.opening_planned",
        subject_of(form),
        by=by,
        now=now,
        detail={"on": day.isoformat() if day else None},
    )
    return form


@transaction
def cancel_opening(form_id: int, *, reason: str = "", by: Actor, now: datetime) -> FeedbackForm:
    """Leave the draft closed until somebody opens it."""
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    if opening_day(form) is None:
        raise NotPlanned
    form.opens_on = form.opens_after = None
    audit.record(
        "feedback.opening_cancelled", subject_of(form), by=by, now=now, detail={"reason": reason}
    )
    return form


@transaction
def open_if_due(form_id: int, *, by: Actor, now: datetime) -> bool:
    """Open a draft whose day has come and invite whom it can; another worker may have done it."""
    form = lock_form(form_id)
    if not is_due_to_open(form, now=now):
        return False
    open_form(form.id, closes_on=last_day(form, now=now), late=Late(form.late), by=by, now=now)
    if form.access == Access.PERSONAL and queries.registrations_to_invite(form, everybody=False):
        invite_participants(form.id, by=by, now=now)
    return True
