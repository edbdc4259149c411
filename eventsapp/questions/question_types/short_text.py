"""A line in one's own words."""

from collections.abc import Sequence
from typing import Any

from wtforms import StringField

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.question_types._common import (
    basics,
    clean_text,
    no_chart,
    no_rows,
    same,
)
from eventsapp.questions.types import (
    Answer,
    Given,
    Question,
    QuestionRefused,
    Summary,
    WrittenText,
)

LONGEST = 300


def check(question: Question) -> None:
    if question.options:
        raise QuestionRefused(N_("It is answered in one’s own words; it offers no answers."))


def field(question: Question, lang: str) -> Any:
    return StringField(**basics(question, lang))


def parse(_question: Question, raw: Any) -> Answer | None:
    return clean_text(raw, max_length=LONGEST, lines=False)


def summarise(_question: Question, answers: Sequence[Given]) -> Summary:
    texts = tuple(WrittenText(given.answer, given.lang) for given in answers)
    return Summary(n=len(answers), texts=texts)


SHORT_TEXT = QuestionType(
    key="short_text",
    label=N_("Short text"),
    hint=N_("A line in one’s own words."),
    example=(
        Question(
            key="word",
            type_key="short_text",
            text=Texts.of(
                en="The workshop in one word?",
                fr="L’atelier en un mot ?",
                ar="ورشة العمل في كلمة واحدة؟",
            ),
        ),
        "Clear",
    ),
    check=check,
    field=field,
    parse=parse,
    summarise=summarise,
    chart=no_chart,
    rows=no_rows,
    show=same,
)
