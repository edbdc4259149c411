"""Which questions make a form, and which answers fit it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from eventsapp.core.discover import find_plugins
from eventsapp.core.errors import N_
from eventsapp.questions import question_types
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.types import Answer, AnswerRefused, Question, QuestionRefused

TYPES: Final = find_plugins(question_types, QuestionType)
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
OPTION_KEY: Final = re.compile(r"[a-z0-9_]{1,40}")
MOST_QUESTIONS: Final = 60


class TooManyQuestions(QuestionRefused):
    message = N_("A form has at most %(most)d questions.")


class AnswersRefused(AnswerRefused):
    """Several answers do not fit; ``refusals`` has one for each question at fault."""

    message = N_("Some answers are missing or do not fit.")

    def __init__(self, refusals: Sequence[AnswerRefused]) -> None:
        self.refusals = tuple(refusals)
        super().__init__()


class AnswerMissing(AnswerRefused):
    message = N_("Please answer this question.")


def type_of(question: Question) -> QuestionType:
    return TYPES[question.type_key]


def check_questions(questions: Sequence[Question]) -> None:
    """Raises QuestionRefused for the first question that cannot be asked."""
    if len(questions) > MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    if len({question.key for question in questions}) != len(questions):
        raise QuestionRefused(N_("Two questions have the same key."))
    for question in questions:
        check_question(question)


def check_question(question: Question) -> None:
    if question.type_key not in TYPES:
        raise QuestionRefused(N_("There is no such kind of question."), field="type_key")
    if not KEY.fullmatch(question.key):
        raise QuestionRefused(N_("A key is made of small letters, digits and underscores."))
    if not question.text:
        raise QuestionRefused(N_("Write the question in at least one language."), field="text")
    _check_options(question)
    type_of(question).check(question)


def _check_options(question: Question) -> None:
    keys = question.option_keys()
    if len(set(keys)) != len(keys) or not all(OPTION_KEY.fullmatch(key) for key in keys):
        raise QuestionRefused(N_("Each answer needs a key of its own."), field="options")
    if not all(option.text for option in question.options):
        raise QuestionRefused(N_("Write every answer in at least one language."), field="options")


def parse_answers(questions: Sequence[Question], raw: Mapping[str, Any]) -> dict[str, Answer]:
    """What is stored of the answers, by question; questions without an answer are left out.

    Raises AnswersRefused with everything that is wrong at once, unknown questions included.
    """
    refusals: list[AnswerRefused] = []
    answers: dict[str, Answer] = {}
    for question in questions:
        try:
            answer = _parse(question, raw.get(question.key))
        except AnswerRefused as refused:
            part = refused.field or type_of(question).part
            refused.field = f"{question.key}-{part}" if part else question.key
            refusals.append(refused)
        else:
            if answer is not None:
                answers[question.key] = answer
    if not set(raw) <= {question.key for question in questions}:
        refusals.append(AnswerRefused(N_("An answer belongs to no question of this form.")))
    if refusals:
        raise AnswersRefused(refusals)
    return answers


def _parse(question: Question, raw: Any) -> Answer | None:
    answer = type_of(question).parse(question, raw)
    if answer is None and question.required:
        raise AnswerMissing
    return answer
