"""A line in one's own words."""

from collections.abc import Sequence
from typing import Any

from wtforms import StringField

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import Paper, QuestionType
from eventsapp.questions.question_types._fields import basics
from eventsapp.questions.question_types._texts import clean_text
from eventsapp.questions.types import Answer, Given, Question, Summary, WrittenText

LONGEST = 300


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
    field=field,
    parse=parse,
    say=lambda _question, answer, _lang: str(answer),
    summarise=summarise,
    paper=lambda _question, _lang: Paper(lines=1),
)
