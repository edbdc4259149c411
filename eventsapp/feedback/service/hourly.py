"""What forms need by the clock, each form and each need in a transaction of its own."""

from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.errors import Refused
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.opening import is_due_to_open
from eventsapp.feedback.service.mixing import (
    close_form,
    forget_lonely_pairs,
    forget_retry_keys,
    mix,
)
from eventsapp.feedback.service.opening import cancel_opening, open_if_due
from eventsapp.feedback.service.reminders import remind_if_due
from eventsapp.feedback.types import SMALLEST_BATCH, Access, FormStatus, Late


def see_to_forms(*, by: Actor, now: datetime) -> None:
    """Open and close what is due, mix where enough wait, remind, and forget old retry keys."""
    _open_due(by=by, now=now)
    forms = list(
        db.session().scalars(
            sa.select(FeedbackForm).where(
                sa.or_(FeedbackForm.status == FormStatus.OPEN, FeedbackForm.late == Late.HOLD)
            )
        )
    )
    due = [form.id for form in forms if rules.is_due_to_close(form, now=now)]
    ready = [
        form.id
        for form in forms
        if form.id not in due and queries.count_answers(form).waiting >= SMALLEST_BATCH
    ]
    personal = [form.id for form in forms if form.access == Access.PERSONAL]
    for form_id in due:
        close_form(form_id, by=by, now=now)
    for form_id in ready:
        mix(form_id, by=by, now=now)
    for form_id in queries.uncounted_forms():
        mix(form_id, by=by, now=now)
    for form_id in personal:
        remind_if_due(form_id, by=by, now=now)
    forget_retry_keys(now=now)
    forget_lonely_pairs(now=now)


def _open_due(*, by: Actor, now: datetime) -> None:
    """What cannot be opened, for want of questions, is left to people and not tried for ever."""
    planned = sa.select(FeedbackForm).where(
        FeedbackForm.status == FormStatus.DRAFT,
        sa.or_(FeedbackForm.opens_on.is_not(None), FeedbackForm.opens_after.is_not(None)),
    )
    due = [form.id for form in db.session().scalars(planned) if is_due_to_open(form, now=now)]
    for form_id in due:
        try:
            open_if_due(form_id, by=by, now=now)
        except Refused as refused:
            cancel_opening(form_id, reason=type(refused).__name__, by=by, now=now)
