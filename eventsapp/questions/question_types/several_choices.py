"""Any number of several options."""

from collections.abc import Sequence
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import Paper
from eventsapp.questions.question_types._families import (
    boxes,
    one_of,
    say_options,
    written_options,
)
from eventsapp.questions.question_types._fields import NOT_OFFERED, ChoicesField, basics
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Given,
    Option,
    Question,
    Summary,
    count_options,
)

FEWEST, MOST = 2, 30


def field(question: Question, lang: str) -> Any:
    return ChoicesField(options=question.options, lang=lang, **basics(question, lang))


def parse(question: Question, raw: Any) -> Answer | None:
    """The chosen keys in the order asked, each once."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, list) or not all(isinstance(key, str) for key in raw):
        raise AnswerRefused(NOT_OFFERED)
    if not set(raw) <= set(question.option_keys()):
        raise AnswerRefused(NOT_OFFERED)
    return [key for key in question.option_keys() if key in raw] or None


def say(question: Question, answer: Answer, lang: str) -> str:
    return say_options(question.options, answer, lang)


def paper(question: Question, lang: str) -> Paper:
    return boxes(question.options, lang, N_("Tick all that apply."))


def summarise(question: Question, answers: Sequence[Given]) -> Summary:
    """``n`` counts people, so the counts may add up to more."""
    chosen = [key for given in answers for key in given.answer]
    return Summary(n=len(answers), distribution=count_options(question.options, chosen))


SEVERAL_CHOICES = one_of(
    written_options,
    key="several_choices",
    label=N_("Several choices"),
    hint=N_("Any number of several answers."),
    example=(
        Question(
            key="needs",
            type_key="several_choices",
            text=Texts.of(
                en="What would help you next?",
                fr="Qu’est-ce qui vous aiderait ensuite ?",
                ar="ما الذي سيساعدك لاحقًا؟",
            ),
            options=(
                Option("reading", Texts.of(en="Reading", fr="Des lectures", ar="قراءات")),
                Option("training", Texts.of(en="Training", fr="Une formation", ar="تدريب")),
            ),
        ),
        ["reading", "training"],
    ),
    field=field,
    parse=parse,
    say=say,
    paper=paper,
    chosen=frozenset,
    summarise=summarise,
    options=(FEWEST, MOST),
)
