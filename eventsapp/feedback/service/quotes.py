"""Quotes: staff pick them, and their authors take them back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import (
    FeedbackForm,
    FeedbackInbox,
    FeedbackResponse,
    FeedbackText,
    FormVersion,
)
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.types import WithdrawnQuote
from eventsapp.questions.rules import type_of


@transaction
def pick_quotes(form_id: int, rids: Iterable[str], *, by: Actor, now: datetime) -> int:
    """Have the report quote these and no others of those that may be quoted; gives their number."""
    rules.check_may_pick(by=by)
    form = lock_form(form_id)
    wanted = set(rids)
    picked = 0
    for text in queries.quotable_texts(form):
        text.is_picked = text.rid in wanted
        picked += text.is_picked
    audit.record(
        "feedback.quotes_picked", subject_of(form), by=by, now=now, detail={"quotes": picked}
    )
    return picked


@transaction
def withdraw_quotes(code: str, *, by: Actor, now: datetime) -> tuple[WithdrawnQuote, ...]:
    """Forget that the texts of this code may be quoted; raises UnknownQuoteCode.

    They stay what they were besides: answers, to be read inside. Gives those of closed forms,
    which others may have used already.
    """
    macs = queries.withdrawal_macs(code)
    texts = queries.quoted_texts(macs)
    answers = queries.quoted_answers(macs, texts)
    if not texts and not answers:
        raise rules.UnknownQuoteCode
    for answer in answers:
        answer.payload = _unquoted(answer, set(macs))
    withdrawn = []
    for text in texts:
        form = db.get(FeedbackForm, text.form_id)
        withdrawn.append(WithdrawnQuote(form.workshop_id, text.text))
        text.quote_by, text.quote_as, text.withdrawal_mac, text.is_picked = None, "", None, False
    _record(texts, answers, by=by, now=now)
    return tuple(withdrawn)


def _unquoted(answer: FeedbackInbox | FeedbackResponse, macs: set[str]) -> dict[str, Any]:
    version = db.get(FormVersion, answer.form_version_id)
    withdrawal, answers = dict(answer.payload["withdrawal"]), dict(answer.payload["answers"])
    for question in queries.questions_of(version):
        for piece in type_of(question).pieces(question):
            if withdrawal.get(piece.question.key) in macs:
                del withdrawal[piece.question.key]
                answers[question.key] = type_of(question).unquote(answers[question.key])
    return {**answer.payload, "answers": answers, "withdrawal": withdrawal}


def _record(
    texts: list[FeedbackText],
    answers: list[FeedbackInbox | FeedbackResponse],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """That it happened, to which form, and nothing about the text; the old rows are erased."""
    versions = {answer.form_version_id for answer in answers}
    forms = set(
        db.session().scalars(sa.select(FormVersion.form_id).where(FormVersion.id.in_(versions)))
    )
    for form_id in sorted(forms | {text.form_id for text in texts}):
        subject = f"feedback_form:{form_id}"
        audit.record("feedback.quote_withdrawn", subject, by=by, now=now)
        enqueue(
            "feedback.erase_traces",
            {"after": ""},
            subject=subject,
            unique_key=f"feedback.erase_traces:{form_id}",
            now=now,
        )
