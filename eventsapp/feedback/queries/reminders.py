"""Rounds of reminders, and how many have not answered."""

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.feedback.models import FeedbackForm, FeedbackReminder, Invitation


def reminders_of(form: FeedbackForm) -> list[FeedbackReminder]:
    """Every round, the first first."""
    return list(
        db.session().scalars(
            sa.select(FeedbackReminder)
            .where(FeedbackReminder.form_id == form.id)
            .order_by(FeedbackReminder.number)
        )
    )


def count_unanswered(form: FeedbackForm) -> int:
    """How many who were invited by mail have not answered."""
    return (
        db.session().scalar(
            sa.select(sa.func.count()).where(
                Invitation.form_id == form.id,
                Invitation.registration_id.is_not(None),
                sa.not_(Invitation.spent),
            )
        )
        or 0
    )


def next_to_remind(form_id: int, reached: str) -> str | None:
    """The first unused invitation behind the one that was ``reached``."""
    return db.session().scalar(
        sa.select(Invitation.id)
        .where(
            Invitation.form_id == form_id,
            Invitation.registration_id.is_not(None),
            sa.not_(Invitation.spent),
            Invitation.id > reached,
        )
        .order_by(Invitation.id)
        .limit(1)
    )
