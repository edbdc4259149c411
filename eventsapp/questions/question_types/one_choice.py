"""One of several options."""

from collections.abc import Sequence
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

FEWEST, MOST = 2, 30


def check(question: Question) -> None:
    if not FEWEST <= len(question.options) <= MOST:
        raise QuestionRefused(
            N_("Offer %(fewest)d to %(most)d answers."), field="options", fewest=FEWEST, most=MOST
        )


def field(question: Question, lang: str) -> Any:
    return ChoiceField(options=question.options, lang=lang, **basics(question, lang))


def parse(question: Question, raw: Any) -> Answer | None:
    return parse_choice(question.option_keys(), raw)


def summarise(question: Question, answers: Sequence[Given]) -> Summary:
    return summarise_choices(question.options, answers)


ONE_CHOICE = QuestionType(
    key="one_choice",
    label=N_("One choice"),
    hint=N_("One answer of several."),
    example=(
        Question(
            key="heard",
            type_key="one_choice",
            text=Texts.of(
                en="How did you hear of the workshop?",
                fr="Comment avez-vous entendu parler de l’atelier ?",
                ar="كيف سمعت عن ورشة العمل؟",
            ),
            options=(
                Option(
                    "colleague", Texts.of(en="From a colleague", fr="Par un collègue", ar="من زميل")
                ),
                Option("letter", Texts.of(en="By letter", fr="Par courrier", ar="برسالة")),
            ),
        ),
        "letter",
    ),
    check=check,
    field=field,
    parse=parse,
    summarise=summarise,
    chart=bar_chart,
    rows=distribution_rows,
    show=same,
    options=(FEWEST, MOST),
)
