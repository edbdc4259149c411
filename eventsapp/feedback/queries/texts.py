"""What was written in people's own words: for reading inside, and quotes with consent."""

from dataclasses import dataclass

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.paging import Page, paginate
from eventsapp.feedback.models import FeedbackForm, FeedbackText
from eventsapp.feedback.queries.summaries import all_questions
from eventsapp.feedback.rules.counting import pieces_of
from eventsapp.feedback.types import SMALLEST_SHOWN, ConsentedQuote
from eventsapp.questions.types import Question

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Written:
    """How many texts answer a question, and the first of them."""

    question: Question
    total: int
    texts: tuple[FeedbackText, ...]


def written_texts(
    form: FeedbackForm, *, smallest: int = SMALLEST_SHOWN, most: int | None = None
) -> tuple[Written, ...]:
    """What was written in answer to each question that enough people answered in words.

    Each question's texts are in an order of their own, which nothing can be read from. Only of a
    closed form: while it is open, a text's first sight would tell when it came.
    """
    rows = db.session().execute(
        sa.select(FeedbackText.question_key, sa.func.count())
        .where(FeedbackText.form_id == form.id)
        .group_by(FeedbackText.question_key)
    )
    totals = {key: total for key, total in rows}  # noqa: C416 - a row is no typed pair
    return tuple(
        Written(piece.question, totals[piece.question.key], _first(form, piece.question.key, most))
        for piece in pieces_of(all_questions(form))
        if totals.get(piece.question.key, 0) >= smallest
    )


def list_texts(
    form: FeedbackForm, question_key: str, words: str, *, page: int
) -> Page[FeedbackText]:
    """A page of one question's texts that have all of the words."""
    found = _texts(form, question_key)
    for word in words.casefold().split()[:MOST_WORDS]:
        found = found.where(FeedbackText.search_key.contains(word, autoescape=True))
    return paginate(found, page=page)


def quotable_texts(form: FeedbackForm) -> list[FeedbackText]:
    """Those whose authors agreed to be quoted."""
    return list(
        db.session().scalars(
            sa.select(FeedbackText)
            .where(FeedbackText.form_id == form.id, FeedbackText.quote_by.is_not(None))
            .order_by(FeedbackText.question_key, FeedbackText.rid)
        )
    )


def quotes_of(form: FeedbackForm) -> tuple[ConsentedQuote, ...]:
    """Those that staff picked, or all that may be quoted where nobody picked any."""
    quotable = quotable_texts(form)
    picked = [text for text in quotable if text.is_picked]
    return tuple(
        ConsentedQuote(text=text.text, lang=text.lang, attribution=text.quote_as, ref=text.rid)
        for text in picked or quotable
    )


def _first(form: FeedbackForm, question_key: str, most: int | None) -> tuple[FeedbackText, ...]:
    return tuple(db.session().scalars(_texts(form, question_key).limit(most)))


def _texts(form: FeedbackForm, question_key: str) -> sa.Select[FeedbackText]:
    return (
        sa.select(FeedbackText)
        .where(FeedbackText.form_id == form.id, FeedbackText.question_key == question_key)
        .order_by(FeedbackText.rid)
    )
