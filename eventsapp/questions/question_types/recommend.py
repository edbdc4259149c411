"""How likely somebody is to recommend it, from 0 to 10."""

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

LOW = Texts.of(en="0, not at all likely", fr="0, pas du tout probable", ar="0، غير محتمل إطلاقًا")
HIGH = Texts.of(en="10, extremely likely", fr="10, très probable", ar="10، محتمل جدًا")
POINTS = (
    Option("0", LOW),
    *(Option(str(n), Texts.of(en=str(n), fr=str(n), ar=str(n))) for n in range(1, 10)),
    Option("10", HIGH),
)
POINT_KEYS = tuple(point.key for point in POINTS)
PROMOTERS = frozenset({"9", "10"})


def check(question: Question) -> None:
    if question.options:
        raise QuestionRefused(N_("Its scale is always 0 to 10; it takes no other answers."))


def field(question: Question, lang: str) -> Any:
    return ScaleField(options=POINTS, lang=lang, **basics(question, lang))


def parse(_question: Question, raw: Any) -> Answer | None:
    return parse_choice(POINT_KEYS, raw)


def summarise(_question: Question, answers: Sequence[Given]) -> Summary:
    """Positive is 9 and 10, as everywhere that asks this question."""
    return summarise_points(POINTS, answers, positive=PROMOTERS)


RECOMMEND = QuestionType(
    key="recommend",
    label=N_("Would recommend"),
    hint=N_("From 0, not at all likely, to 10, extremely likely."),
    example=(
        Question(
            key="recommend",
            type_key="recommend",
            text=Texts.of(
                en="Would you recommend this workshop to a colleague?",
                fr="Recommanderiez-vous cet atelier à un collègue ?",
                ar="هل توصي زميلًا بهذه الورشة؟",
            ),
        ),
        "9",
    ),
    check=check,
    field=field,
    parse=parse,
    summarise=summarise,
    chart=bar_chart,
    rows=distribution_rows,
    show=same,
    template="questions/scale.html",
)
