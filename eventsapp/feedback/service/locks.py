"""The row that a use case holds while it changes a form, and the form's name in the audit trail."""

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.feedback.models import FeedbackForm


def lock_form(form_id: int) -> FeedbackForm:
    """The form, against whoever wants to change or close it at the same time."""
    form = db.session().scalar(
        sa.select(FeedbackForm)
        .where(FeedbackForm.id == form_id)
        .with_for_update(of=FeedbackForm)
        .execution_options(populate_existing=True)
    )
    if form is None:
        raise NotFound
    return form


def subject_of(form: FeedbackForm) -> str:
    return f"feedback_form:{form.id}"
