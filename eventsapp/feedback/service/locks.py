"""The row that a use case holds while it changes a form, and the form's name in the audit trail."""

from eventsapp.core import db
from eventsapp.feedback.models import FeedbackForm


def lock_form(form_id: int) -> FeedbackForm:
    """The form, against whoever wants to change or close it at the same time."""
    return db.get_locked(FeedbackForm, form_id)


def subject_of(form: FeedbackForm) -> str:
    return f"feedback_form:{form.id}"
