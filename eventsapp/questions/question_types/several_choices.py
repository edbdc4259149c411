"""Any number of several options."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.question_types._common import (
    NOT_OFFERED,
    bar_chart,
    basics,
    distribution_rows,
    offered,
    same,
)
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Given,
    Option,
    Question,
    QuestionRefused,
    Summary,
    count_options,
)

FEWEST, MOST = 2, 30


class ChoicesField(SelectMultipleField):  # type: ignore[misc] # WTForms ships no types
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def check(question: Question) -> None:
    if not FEWEST <= len(question.options) <= MOST:
        raise QuestionRefused(
            N_("Offer %(fewest)d to %(most)d answers."), field="options", fewest=FEWEST, most=MOST
        )


def field(question: Question, lang: str) -> Any:
    return ChoicesField(
        choices=offered(question.options, lang),
        coerce=str,
        validate_choice=False,
        **basics(question, lang),
    )


def parse(question: Question, raw: Any) -> Answer | None:
    """The chosen keys in the order asked, each once."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, list) or not all(isinstance(key, str) for key in raw):
        raise AnswerRefused(NOT_OFFERED)
    if not set(raw) <= set(question.option_keys()):
        raise AnswerRefused(NOT_OFFERED)
    return [key for key in question.option_keys() if key in raw] or None


def summarise(question: Question, answers: Sequence[Given]) -> Summary:
    """``n`` counts people, so the counts may add up to more."""
    chosen = [key for given in answers for key in given.answer]
    return Summary(n=len(answers), distribution=count_options(question.options, chosen))


SEVERAL_CHOICES = QuestionType(
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
    check=check,
    field=field,
    parse=parse,
    summarise=summarise,
    chart=bar_chart,
    rows=distribution_rows,
    show=same,
    options=(FEWEST, MOST),
)
