"""Agreement or quality on a scale of four to seven points, the lowest first."""

from collections.abc import Sequence
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.question_types._common import (
    ScaleField,
    bar_chart,
    basics,
    distribution_rows,
    parse_choice,
    same,
    summarise_points,
)
from eventsapp.questions.types import (
    Answer,
    Given,
    Option,
    Question,
    QuestionRefused,
    Summary,
)

FEWEST, MOST = 4, 7


def check(question: Question) -> None:
    """Points are numbered from 1 and each has words, for those who hear the form."""
    if not FEWEST <= len(question.options) <= MOST:
        raise QuestionRefused(
            N_("A scale has %(fewest)d to %(most)d points."),
            field="options",
            fewest=FEWEST,
            most=MOST,
        )
    if question.option_keys() != tuple(str(n + 1) for n in range(len(question.options))):
        raise QuestionRefused(N_("The points of a scale are numbered from 1."), field="options")


def numbered(options: Sequence[Option]) -> tuple[Option, ...]:
    return tuple(Option(str(n + 1), option.text) for n, option in enumerate(options))


def field(question: Question, lang: str) -> Any:
    return ScaleField(options=question.options, lang=lang, **basics(question, lang))


def parse(question: Question, raw: Any) -> Answer | None:
    return parse_choice(question.option_keys(), raw)


def summarise(question: Question, answers: Sequence[Given]) -> Summary:
    """Positive is what lies above the middle: 4 and 5 of five points, 3 and 4 of four."""
    middle = (len(question.options) + 1) / 2
    positive = frozenset(key for key in question.option_keys() if int(key) > middle)
    return summarise_points(question.options, answers, positive=positive)


LIKERT = QuestionType(
    key="likert",
    label=N_("Scale"),
    hint=N_("One point from lowest to highest, such as not useful to very useful."),
    example=(
        Question(
            key="clear",
            type_key="likert",
            text=Texts.of(
                en="The presentations were clear.",
                fr="Les présentations étaient claires.",
                ar="كانت العروض واضحة.",
            ),
            options=tuple(
                Option(str(n + 1), text)
                for n, text in enumerate(
                    (
                        Texts.of(en="Disagree", fr="Pas d’accord", ar="لا أوافق"),
                        Texts.of(
                            en="Rather disagree", fr="Plutôt pas d’accord", ar="لا أوافق إلى حد ما"
                        ),
                        Texts.of(en="Neither", fr="Ni l’un ni l’autre", ar="محايد"),
                        Texts.of(en="Rather agree", fr="Plutôt d’accord", ar="أوافق إلى حد ما"),
                        Texts.of(en="Agree", fr="D’accord", ar="أوافق"),
                    )
                )
            ),
        ),
        "4",
    ),
    check=check,
    field=field,
    parse=parse,
    summarise=summarise,
    chart=bar_chart,
    rows=distribution_rows,
    show=same,
    template="questions/scale.html",
    options=(FEWEST, MOST),
    name_options=numbered,
)
