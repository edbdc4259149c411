"""What came of a form: computed from mixed answers alone, small numbers suppressed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from eventsapp.attendance.queries import count_attended
from eventsapp.core import db
from eventsapp.core.texts import Texts
from eventsapp.feedback.models import FeedbackForm, FeedbackResponse
from eventsapp.feedback.queries.forms import (
    count_answers,
    find_form_of,
    questions_of,
    versions_of,
)
from eventsapp.feedback.rules import hidden_groups
from eventsapp.feedback.types import (
    MODE,
    SMALLEST_PUBLISHED,
    SMALLEST_SHOWN,
    USEFULNESS,
    Breakdown,
    ConsentedQuote,
    FeedbackFacts,
    FormStatus,
    GroupResult,
    QuestionResult,
)
from eventsapp.questions.question_type import Piece
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Given, Option, Question, Summary, WrittenText
from eventsapp.workshops.models import Workshop

# Which question is broken down by which.
BREAKDOWNS = ((USEFULNESS, MODE),)
NOT_SAID = Option("", Texts.of(en="Did not say", fr="Sans réponse", ar="لم يُجب"))


@dataclass(frozen=True, slots=True)
class _Response:
    lang: str
    answers: Mapping[str, Any]


def feedback_facts(
    workshop: Workshop, *, smallest: int = SMALLEST_PUBLISHED, purpose: str = "end"
) -> FeedbackFacts:
    """The results of a workshop's form as they are now; zeros where there is none.

    As they may leave the house; ``smallest`` is SMALLEST_SHOWN for pages inside.
    """
    form = find_form_of(workshop.id, purpose)
    attended = count_attended(workshop.id)
    if form is None:
        return FeedbackFacts(
            n=0, waiting=0, handed_out=0, attended=attended, response_rate=None, is_closed=False
        )
    counts = count_answers(form)
    asked = _counted(_asked(form))
    responses = _responses(form)
    return FeedbackFacts(
        n=counts.mixed,
        waiting=counts.waiting,
        handed_out=counts.handed_out,
        attended=attended,
        response_rate=_rate(counts.received, attended),
        is_closed=form.status == FormStatus.CLOSED,
        questions=tuple(
            _result(piece.question, _given(piece, responses), smallest) for piece in asked
        ),
        breakdowns=tuple(_breakdowns(asked, responses, smallest)),
        quotes=_quotes(form, asked, responses),
    )


def written_texts(
    form: FeedbackForm, *, smallest: int = SMALLEST_SHOWN
) -> tuple[tuple[Question, tuple[WrittenText, ...]], ...]:
    """What was written in answer to each question, for reading inside only.

    Each question's texts are in an order of their own that follows from the texts alone, so that
    two texts of one person do not stand at the same place.
    """
    responses = _responses(form)
    found = []
    for piece in _counted(_asked(form)):
        texts = _summary(piece.question, _given(piece, responses)).texts
        if len(texts) >= smallest:
            found.append((piece.question, _shuffled(piece.question, texts)))
    return tuple(found)


def _rate(received: int, attended: int) -> float | None:
    return received / attended if 0 < received <= attended else None


def _asked(form: FeedbackForm) -> tuple[Question, ...]:
    """Every question that was ever asked, as it was worded last; the current ones first."""
    found: dict[str, Question] = {}
    for version in versions_of(form):
        for question in questions_of(version):
            found.setdefault(question.key, question)
    return tuple(found.values())


def _responses(form: FeedbackForm) -> list[_Response]:
    """Read without making an object of each row: there may be very many."""
    ids = [version.id for version in versions_of(form)]
    payloads = db.session().scalars(
        sa.select(FeedbackResponse.payload).where(FeedbackResponse.form_version_id.in_(ids))
    )
    return [_Response(payload["lang"], payload["answers"]) for payload in payloads]


def _counted(asked: Iterable[Question]) -> list[Piece]:
    """What is counted for itself: each question, or each part of one that has parts."""
    return [piece for question in asked for piece in type_of(question).pieces(question)]


def _given(piece: Piece, responses: Iterable[_Response]) -> list[Given]:
    picked = (
        (piece.pick(response.answers[piece.asked]), response.lang)
        for response in responses
        if piece.asked in response.answers
    )
    return [Given(answer, lang) for answer, lang in picked if answer is not None]


def _summary(question: Question, given: Sequence[Given]) -> Summary:
    return type_of(question).summarise(question, given)


def _result(question: Question, given: Sequence[Given], smallest: int) -> QuestionResult:
    if len(given) < smallest:
        return _suppressed(question)
    summary = _summary(question, given)
    return QuestionResult(
        key=question.key,
        type_key=question.type_key,
        text=question.text,
        n=summary.n,
        distribution=summary.distribution,
        mean=summary.mean,
        share_positive=summary.share_positive,
    )


def _suppressed(question: Question) -> QuestionResult:
    return QuestionResult(
        key=question.key,
        type_key=question.type_key,
        text=question.text,
        n=0,
        is_suppressed=True,
    )


def _breakdowns(
    asked: Sequence[Piece], responses: Sequence[_Response], smallest: int
) -> Iterable[Breakdown]:
    by_key = {piece.question.key: piece.question for piece in asked}
    for of_key, by in BREAKDOWNS:
        if of_key in by_key and by in by_key:
            found = _breakdown(by_key[of_key], by_key[by], responses, smallest)
            if found.groups:
                yield found


def _breakdown(
    question: Question, by: Question, responses: Sequence[_Response], smallest: int
) -> Breakdown:
    """One question by the answers to another; who did not answer that one is a group too."""
    offered = (*type_of(by).choices(by), NOT_SAID)
    groups: dict[str, list[Given]] = {option.key: [] for option in offered}
    for response in responses:
        if question.key in response.answers:
            given = Given(response.answers[question.key], response.lang)
            groups.setdefault(_group_of(by, response), []).append(given)
    hidden = hidden_groups({key: len(given) for key, given in groups.items()}, smallest=smallest)
    labels = {option.key: option.text for option in offered}
    return Breakdown(
        of_key=question.key,
        by_key=by.key,
        by_text=by.text,
        groups=tuple(
            GroupResult(
                key=key,
                label=labels.get(key, Texts.of(en=key)),
                result=_suppressed(question)
                if key in hidden
                else _result(question, given, smallest),
            )
            for key, given in groups.items()
            if given
        ),
    )


def _group_of(by: Question, response: _Response) -> str:
    if by.key not in response.answers:
        return NOT_SAID.key
    return min(type_of(by).chosen(response.answers[by.key]), default=NOT_SAID.key)


def _quotes(
    form: FeedbackForm, asked: Iterable[Piece], responses: Sequence[_Response]
) -> tuple[ConsentedQuote, ...]:
    """Only of a closed form: while it is open, a quote's first sight would tell when it came."""
    if form.status != FormStatus.CLOSED:
        return ()
    return tuple(
        ConsentedQuote(text=written.text, lang=written.lang, attribution=written.attribution)
        for piece in asked
        for written in _shuffled(
            piece.question, _summary(piece.question, _given(piece, responses)).texts
        )
        if written.may_quote
    )


def _shuffled(question: Question, texts: Iterable[WrittenText]) -> tuple[WrittenText, ...]:
    def place(written: WrittenText) -> str:
        return hashlib.sha256(f"{question.key}|{written.text}".encode()).hexdigest()

    return tuple(sorted(texts, key=place))
