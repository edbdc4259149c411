"""A heading with a sentence: it parts the form and asks nothing."""

from typing import Any

from wtforms import Field

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import Paper, QuestionType
from eventsapp.questions.question_types._fields import words
from eventsapp.questions.types import Question, Summary


class HeadingField(Field):  # type: ignore[misc] # WTForms ships no types
    """Words only."""

    def process(self, *_args: Any, **_kwargs: Any) -> None:
        self.data = None


def field(question: Question, lang: str) -> Any:
    return HeadingField(words(question.text, lang), description=words(question.help, lang))


SECTION = QuestionType(
    key="section",
    label=N_("Heading"),
    hint=N_("Parts the form and asks nothing; the help stands below it as a text."),
    example=(
        Question(
            key="about",
            type_key="section",
            text=Texts.of(en="About you", fr="À propos de vous", ar="عنك"),
        ),
        None,
    ),
    field=field,
    parse=lambda _question, _raw: None,
    say=lambda _question, _answer, _lang: "",
    summarise=lambda _question, _answers: Summary(n=0),
    paper=lambda _question, _lang: Paper(),
    pieces=lambda _question: (),
    template="questions/section.html",
)
