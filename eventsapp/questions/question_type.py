"""The contract of a question type: everything that knows how one kind of question works.

A type is one module in ``question_types`` that offers one QuestionType; it is found by itself.
Nothing elsewhere may ask which type a question is of.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Chart
from eventsapp.questions.types import (
    Answer,
    Distribution,
    Given,
    Option,
    Question,
    Summary,
    with_keys,
)


class Result(Protocol):
    """What a chart is drawn from: a Summary with its question's text, or what was kept of it."""

    @property
    def text(self) -> Texts: ...
    @property
    def n(self) -> int: ...
    @property
    def distribution(self) -> Distribution: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that those who build forms may switch on; both texts are msgids."""

    key: str
    label: str
    hint: str = ""


class DrawChart(Protocol):
    def __call__(self, result: Result, *, lang: str, summary: str) -> Chart | None: ...


@dataclass(frozen=True, slots=True)
class QuestionType:
    """One kind of question.

    ``label`` and ``hint`` are msgids for those who build forms. ``example`` is a question of this
    type and an answer to it; the builder starts from it, and every type is tested on it.

    ``check`` raises QuestionRefused for a question that makes no sense. ``field`` gives the form
    field, its words in the given language; the field only shapes, ``parse`` decides: it takes the
    field's data (or the same from JSON) and gives what is stored, None for no answer; it raises
    AnswerRefused for what does not fit. ``show`` is its inverse: the field's data of a stored
    answer. ``summarise`` takes stored answers only. ``rows`` are an export's (label, count) lines
    in the given language; texts are exported apart, each question in an order of its own.
    ``part`` is the sub-field that a message about the whole answer belongs to.
    """

    key: str
    label: str
    hint: str
    example: tuple[Question, Answer]
    check: Callable[[Question], None]
    field: Callable[[Question, str], Any]
    parse: Callable[[Question, Any], Answer | None]
    summarise: Callable[[Question, Sequence[Given]], Summary]
    chart: DrawChart
    rows: Callable[[Result, str], tuple[tuple[str, int], ...]]
    show: Callable[[Answer], Any]
    # How the public form draws the field.
    template: str = "questions/plain.html"
    # Whether those who build forms write the options, and how many.
    options: tuple[int, int] | None = None
    # Gives each written option its key.
    name_options: Callable[[Sequence[Option]], tuple[Option, ...]] = with_keys
    settings: tuple[Setting, ...] = ()
    part: str = ""
