"""The questions of a workshop's own registration form: what fits them, and how answers read."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from eventsapp.attendance.types import OwnField
from eventsapp.questions.rules import parse_answers, type_of
from eventsapp.questions.types import Answer
from eventsapp.workshops.models import Workshop


def check_answers(fields: Iterable[OwnField], raw: Mapping[str, Any]) -> dict[str, Answer]:
    """What is kept of the answers; raises AnswersRefused."""
    return parse_answers([field.question for field in fields], raw)


def answers_in_words(
    fields: Iterable[OwnField], answers: Mapping[str, Answer], lang: str
) -> list[tuple[str, str]]:
    """Each question with its answer, in the order asked; what was not answered is empty."""
    return [
        (
            field.question.text.text(lang),
            type_of(field.question).say(field.question, answers[field.question.key], lang)
            if field.question.key in answers
            else "",
        )
        for field in fields
    ]


def kept_until(field: OwnField, workshop: Workshop) -> datetime:
    """When the answers to it are erased."""
    return workshop.ends_at + timedelta(days=field.keep_days)


def kept_answers(
    fields: Iterable[OwnField],
    answers: Mapping[str, Answer],
    workshop: Workshop,
    *,
    now: datetime,
) -> dict[str, Answer]:
    """The answers that may still be kept: those of a question that is asked and not yet due."""
    keys = {field.question.key for field in fields if now < kept_until(field, workshop)}
    return {key: answer for key, answer in answers.items() if key in keys}
