"""Yes or no."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.question_types._common import (
    ChoiceField,
    bar_chart,
    basics,
    distribution_rows,
    parse_choice,
    same,
    summarise_choices,
)
from eventsapp.questions.types import (
    Answer,
    Given,
    Option,
    Question,
    QuestionRefused,
    Summary,
)

YES, NO = (
    Option("yes", Texts.of(en="Yes", fr="Oui", ar="نعم")),
    Option("no", Texts.of(en="No", fr="Non", ar="لا")),
)
OPTIONS = (YES, NO)


def check(question: Question) -> None:
    if question.options:
        raise QuestionRefused(N_("Its answers are yes and no; it takes no others."))


def field(question: Question, lang: str) -> Any:
    return ChoiceField(options=OPTIONS, lang=lang, **basics(question, lang))


def parse(_question: Question, raw: Any) -> Answer | None:
    return parse_choice((YES.key, NO.key), raw)


def summarise(_question: Question, answers: Sequence[Given]) -> Summary:
    summary = summarise_choices(OPTIONS, answers)
    if not answers:
        return summary
    agreed = sum(given.answer == YES.key for given in answers)
    return replace(summary, share_positive=agreed / len(answers))


YES_NO = QuestionType(
    key="yes_no",
    label=N_("Yes or no"),
    hint=N_("Two answers, yes and no."),
    example=(
        Question(
            key="again",
            type_key="yes_no",
            text=Texts.of(
                en="Would you come again?", fr="Reviendriez-vous ?", ar="هل ستحضر مرة أخرى؟"
            ),
        ),
        "yes",
    ),
    check=check,
    field=field,
    parse=parse,
    summarise=summarise,
    chart=bar_chart,
    rows=distribution_rows,
    show=same,
)
