"""What forms need by the clock, each form and each need in a transaction of its own."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.errors import Refused
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.opening import NotPlanned, is_due_to_open
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
    _each(due, close_form, by=by, now=now)
    _each(ready, mix, by=by, now=now)
    _each(queries.uncounted_forms(), mix, by=by, now=now)
    _each(personal, remind_if_due, by=by, now=now)
    forget_retry_keys(now=now)
    forget_lonely_pairs(now=now)


def _each(form_ids: Iterable[int], do: Callable[..., object], *, by: Actor, now: datetime) -> None:
    """What was due when we looked may be done by another worker: that is no failure, and the
    other forms must not wait for it."""
    for form_id in form_ids:
        with suppress(Refused):
            do(form_id, by=by, now=now)


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
            with suppress(NotPlanned):
                cancel_opening(form_id, reason=type(refused).__name__, by=by, now=now)
