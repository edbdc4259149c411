"""Quotes, by the code that their authors were given: nobody else can tell whose they are."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import rules
from eventsapp.feedback.models import (
    FeedbackForm,
    FeedbackInbox,
    FeedbackResponse,
    FeedbackText,
    FormVersion,
)
from eventsapp.feedback.queries.forms import questions_of
from eventsapp.feedback.queries.rights import Right
from eventsapp.feedback.rules.counting import Response, pieces_of, quoted_in, written_in
from eventsapp.feedback.rules.tokens import read_code, withdrawal_code, withdrawal_mac
from eventsapp.feedback.types import FormStatus, Submission
from eventsapp.questions.rules import parse_answers
from eventsapp.questions.types import AnswersRefused


def withdrawal_code_of(right: Right, sent: Submission) -> str:
    """The code for what was just sent; empty where nothing of it may be quoted."""
    try:
        answers = parse_answers(right.questions, sent.answers_to(right.form.asked.questions))
    except AnswersRefused:
        return ""
    if not sent.retry_key or not quoted_in(right.questions, Response(sent.lang, answers)):
        return ""
    return withdrawal_code(kept_key("feedback"), sent.retry_key)


def withdrawal_macs(typed: str) -> dict[str, str]:
    """What may be kept of this code, with the question that it would belong to."""
    code = read_code(typed)
    if code is None:
        raise rules.UnknownQuoteCode
    key = kept_key("feedback")
    asked = {
        piece.question.key
        for version in db.session().scalars(sa.select(FormVersion))
        for piece in pieces_of(questions_of(version))
    }
    return {withdrawal_mac(key, code, question): question for question in asked}


def list_quotes(typed: str) -> list[str]:
    """What the code's owner agreed to have quoted; raises UnknownQuoteCode."""
    macs = withdrawal_macs(typed)
    texts = quoted_texts(macs)
    waiting = [
        written.text
        for row in quoted_answers(macs, texts)
        for version in (db.get(FormVersion, row.form_version_id),)
        for piece in pieces_of(questions_of(version))
        if row.payload["withdrawal"].get(piece.question.key) in macs
        for written in written_in(piece, Response.of(row.payload))
    ]
    if not texts and not waiting:
        raise rules.UnknownQuoteCode
    return sorted({text.text for text in texts} | set(waiting))


def quoted_texts(macs: Mapping[str, str]) -> list[FeedbackText]:
    """Of closed forms."""
    found = sa.select(FeedbackText).where(FeedbackText.withdrawal_mac.in_(list(macs)))
    return list(db.session().scalars(found.order_by(FeedbackText.rid)))


def quoted_answers(
    macs: Mapping[str, str], texts: list[FeedbackText]
) -> list[FeedbackInbox | FeedbackResponse]:
    """The answers that hold these texts, and those of open forms, of which no text is kept yet."""
    forms = sa.select(FormVersion.id).join(FeedbackForm, FeedbackForm.id == FormVersion.form_id)
    closed = forms.where(FeedbackForm.id.in_({text.form_id for text in texts}))
    still_open = forms.where(FeedbackForm.status == FormStatus.OPEN)
    return [
        row
        for table in (FeedbackInbox, FeedbackResponse)
        for versions in (closed, still_open)
        for row in _holding(table, versions, macs)
    ]


def _holding(table: Any, versions: sa.Select[int], macs: Mapping[str, str]) -> list[Any]:
    """Found in their JSON as text, which both databases can search."""
    stored = sa.cast(table.payload, sa.Text)
    found = sa.select(table).where(
        table.form_version_id.in_(versions), stored.contains('"withdrawal"')
    )
    return [
        row
        for row in db.session().scalars(found)
        if set(row.payload.get("withdrawal", {}).values()) & macs.keys()
    ]
