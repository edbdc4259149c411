"""Which questions make a form, and which answers fit it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from eventsapp.core.discover import find_plugins
from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions import question_types
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.types import (
    Answer,
    AnswerMissing,
    AnswerRefused,
    AnswersRefused,
    Condition,
    Option,
    Question,
    QuestionRefused,
)

TYPES: Final = find_plugins(question_types, QuestionType)
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
OPTION_KEY: Final = re.compile(r"[a-z0-9_]{1,40}")
MOST_QUESTIONS: Final = 60


class TooManyQuestions(QuestionRefused):
    message = N_("A form has at most %(most)d questions.")


class ConditionLost(QuestionRefused):
    message = N_(
        "“%(question)s” is shown only after certain answers to another question, which must be"
        " asked before it and offer these answers. Change the condition first."
    )
    field = "conditions"


def type_of(question: Question) -> QuestionType:
    return TYPES[question.type_key]


def check_questions(questions: Sequence[Question]) -> None:
    """Raises QuestionRefused for the first question that cannot be asked."""
    if len(questions) > MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    if len({question.key for question in questions}) != len(questions):
        raise QuestionRefused(N_("Two questions have the same key."))
    for place, question in enumerate(questions):
        check_question(question)
        _check_conditions(question, questions[:place])


def check_question(question: Question) -> None:
    if question.type_key not in TYPES:
        raise QuestionRefused(N_("There is no such kind of question."), field="type_key")
    if not KEY.fullmatch(question.key):
        raise QuestionRefused(N_("A key is made of small letters, digits and underscores."))
    if not question.text:
        raise QuestionRefused(N_("Write the question in at least one language."), field="text")
    kind = type_of(question)
    _check_written(question.options, kind.options, "options")
    _check_written(question.lines, kind.lines, "lines")
    kind.check(question)


def _check_written(written: Sequence[Option], bounds: tuple[int, int] | None, field: str) -> None:
    """As many as the type takes, each with words and a key of its own."""
    fewest, most = bounds or (0, 0)
    if not fewest <= len(written) <= most:
        raise QuestionRefused(
            N_("Write %(fewest)d to %(most)d of them; there are %(count)d."),
            field=field,
            fewest=fewest,
            most=most,
            count=len(written),
        )
    keys = {one.key for one in written}
    if len(keys) != len(written) or not all(OPTION_KEY.fullmatch(key) for key in keys):
        raise QuestionRefused(N_("Each of them needs a key of its own."), field=field)
    if not all(one.text for one in written):
        raise QuestionRefused(N_("Write each of them in at least one language."), field=field)


def _check_conditions(question: Question, earlier: Sequence[Question]) -> None:
    """A condition names answers that an earlier question offers."""
    offered = {one.key: {option.key for option in type_of(one).choices(one)} for one in earlier}
    for condition in question.conditions:
        if not set(condition.answers) <= offered.get(condition.question, set()):
            raise ConditionLost(question=str(question.text))
        if not condition.answers:
            raise ConditionLost(question=str(question.text))


def languages_missing(question: Question, languages: Sequence[str]) -> tuple[str, ...]:
    """Languages in which something of the question is not written."""
    words = [
        question.text,
        question.help,
        *(one.text for one in (*question.options, *question.lines)),
        *(Texts.from_json(value) for value in question.settings.values() if _is_texts(value)),
    ]
    written = [texts for texts in words if texts]
    return tuple(lang for lang in languages if any(texts.find(lang) is None for texts in written))


def _is_texts(setting: Any) -> bool:
    return isinstance(setting, dict)


def visible_questions(
    questions: Sequence[Question], answers: Mapping[str, Answer]
) -> tuple[Question, ...]:
    """The questions that are to be shown to somebody who gave these answers.

    An answer to a question that is itself hidden opens nothing.
    """
    shown: dict[str, Question] = {}
    for question in questions:
        if all(_holds(condition, shown, answers) for condition in question.conditions):
            shown[question.key] = question
    return tuple(shown.values())


def _holds(
    condition: Condition, shown: Mapping[str, Question], answers: Mapping[str, Answer]
) -> bool:
    asked = shown.get(condition.question)
    answer = answers.get(condition.question)
    if asked is None or answer is None:
        return False
    return bool(type_of(asked).chosen(answer) & set(condition.answers))


def parse_answers(questions: Sequence[Question], raw: Mapping[str, Any]) -> dict[str, Answer]:
    """What is stored of the answers, by question; questions without an answer are left out.

    What was said to a question that is hidden from this person is left out too, whatever it is.
    Raises AnswersRefused with everything that is wrong at once, unknown questions included.
    """
    answers, refusals = read_answers(questions, raw)
    if not set(raw) <= {question.key for question in questions}:
        refusals.append(AnswerRefused(N_("An answer belongs to no question of this form.")))
    if refusals:
        raise AnswersRefused(refusals)
    return answers


def read_answers(
    questions: Sequence[Question], raw: Mapping[str, Any]
) -> tuple[dict[str, Answer], list[AnswerRefused]]:
    """The answers that fit, to the questions that are shown, and what is wrong with the others."""
    answers: dict[str, Answer] = {}
    refusals: list[AnswerRefused] = []
    shown: dict[str, Question] = {}
    for question in questions:
        if not all(_holds(condition, shown, answers) for condition in question.conditions):
            continue
        shown[question.key] = question
        try:
            answer = _parse(question, raw.get(question.key))
        except AnswersRefused as several:
            refusals += [_at(question, one) for one in several.refusals]
        except AnswerRefused as refused:
            refusals.append(_at(question, refused))
        else:
            if answer is not None:
                answers[question.key] = answer
    return answers, refusals


def _parse(question: Question, raw: Any) -> Answer | None:
    kind = type_of(question)
    answer = kind.parse(question, raw)
    if answer is None and question.required and kind.is_asked:
        raise AnswerMissing
    return answer


def _at(question: Question, refused: AnswerRefused) -> AnswerRefused:
    """The refusal, its field named within the whole form."""
    refused.field = f"{question.key}-{refused.field}" if refused.field else question.key
    return refused
