"""What was counted when answers were mixed, and what there is to count."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.feedback.models import (
    FeedbackForm,
    FeedbackResponse,
    FeedbackSummary,
    FormVersion,
)
from eventsapp.feedback.queries.forms import questions_of, versions_of
from eventsapp.feedback.types import FormStatus
from eventsapp.questions.types import Question


def all_questions(form: FeedbackForm) -> tuple[Question, ...]:
    """Every question that was ever asked, as it was worded last; the current ones first."""
    found: dict[str, Question] = {}
    for version in versions_of(form):
        for question in questions_of(version):
            found.setdefault(question.key, question)
    return tuple(found.values())


def kept_summary(form: FeedbackForm, by_key: str = "") -> Mapping[str, Any] | None:
    """As the service kept it: see ``service.results``."""
    kept = db.session().get(FeedbackSummary, (form.id, by_key))
    return None if kept is None else kept.content


def mixed_payloads(form: FeedbackForm) -> list[dict[str, Any]]:
    """Read without making an object of each row: there may be very many."""
    versions = sa.select(FormVersion.id).where(FormVersion.form_id == form.id)
    statement = sa.select(FeedbackResponse.payload).where(
        FeedbackResponse.form_version_id.in_(versions)
    )
    return list(db.session().scalars(statement))


def uncounted_forms() -> list[int]:
    """Closed forms from before results were kept."""
    counted = sa.select(FeedbackSummary.form_id).where(FeedbackSummary.by_key == "")
    statement = sa.select(FeedbackForm.id).where(
        FeedbackForm.status == FormStatus.CLOSED, FeedbackForm.id.not_in(counted)
    )
    return list(db.session().scalars(statement))
