"""The contract of a question type: everything that knows how one kind of question works.

A type is one module in ``question_types`` that offers one QuestionType; it is found by itself.
Nothing elsewhere may ask which type a question is of. Most types are of a family that
``question_types/_families.py`` builds: a module says what is its own and nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Chart
from eventsapp.questions.settings import Setting
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


class DrawChart(Protocol):
    def __call__(self, result: Result, *, lang: str, summary: str) -> Chart | None: ...


@dataclass(frozen=True, slots=True)
class Paper:
    """Where to write on paper. ``instruction`` is a msgid; the rest is in the paper's language.

    ``lines`` are empty lines to write on, ``blank`` is what stands after a short one (a unit).
    ``boxes`` are to be ticked or numbered; where there are ``rows``, each row has all of them.
    """

    instruction: str = ""
    lines: int = 0
    blank: str = ""
    boxes: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """What is counted for itself: a question, and its answer within the answer that was stored.

    ``asked`` is the key of the question whose answers it is picked from. A piece that is not the
    whole has a key of its own, ``asked-piece``.
    """

    question: Question
    asked: str
    pick: Callable[[Answer], Answer | None]


def no_check(_question: Question) -> None:
    """Whatever every question needs is checked for all of them."""


def same(answer: Answer) -> Answer:
    return answer


def as_stored(_question: Question, answer: Answer) -> Any:
    """The field takes the stored answer as it is."""
    return answer


def no_chart(result: Result, *, lang: str, summary: str) -> Chart | None:  # noqa: ARG001
    """Texts have no picture."""
    return None


def no_rows(_result: Result, _lang: str) -> tuple[tuple[str, int], ...]:
    return ()


def whole(question: Question) -> tuple[Piece, ...]:
    return (Piece(question, question.key, same),)


def no_choices(_question: Question) -> tuple[Option, ...]:
    return ()


def nothing_chosen(_answer: Answer) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionType:
    """One kind of question.

    ``label`` and ``hint`` are msgids for those who build forms. ``example`` is a question of this
    type and an answer to it; the builder starts from it, and every type is tested on it.

    Asked and validated: ``check`` raises QuestionRefused for a question that makes no sense.
    ``field`` gives the form field, its words in the given language, and ``template`` draws it;
    the field only shapes, ``parse`` decides: it takes the field's data (or the same from JSON)
    and gives what is stored, None for no answer; it raises AnswerRefused for what does not fit,
    its ``field`` the sub-field at fault. ``show`` is its inverse: the field's data of a stored
    answer.

    Read again: ``say`` puts a stored answer in words. ``choices`` are the answers that can be
    told apart by their keys, of which ``chosen`` gives those in an answer: conditions of later
    questions and comparisons of groups rest on them.

    Counted: ``pieces`` are what is counted for itself, the whole question as a rule; none for
    what asks nothing. ``summarise`` takes answers to one piece. ``rows`` are an export's (label,
    count) lines in the given language; texts are exported apart, each question in an order of its
    own. ``is_scale`` says that the keys of the distribution are points, on which a mean lies,
    ``parts_people`` that an answer has one of the ``choices`` at most, so that people can be
    compared in groups by it. ``unquote`` gives the answer without the consent to be quoted.

    ``paper`` says how it is printed.
    """

    key: str
    label: str
    hint: str
    example: tuple[Question, Answer]

    field: Callable[[Question, str], Any]
    parse: Callable[[Question, Any], Answer | None]
    say: Callable[[Question, Answer, str], str]
    summarise: Callable[[Question, Sequence[Given]], Summary]
    paper: Callable[[Question, str], Paper]

    check: Callable[[Question], None] = no_check
    show: Callable[[Question, Answer], Any] = as_stored
    template: str = "questions/plain.html"
    # Static files that add to it where there are scripts.
    scripts: tuple[str, ...] = ()
    choices: Callable[[Question], Sequence[Option]] = no_choices
    chosen: Callable[[Answer], frozenset[str]] = nothing_chosen
    pieces: Callable[[Question], tuple[Piece, ...]] = whole
    chart: DrawChart = no_chart
    rows: Callable[[Result, str], tuple[tuple[str, int], ...]] = no_rows
    is_scale: bool = False
    parts_people: bool = False
    unquote: Callable[[Answer], Answer] = same

    # What those who build forms write: how many options, how many lines, which settings.
    options: tuple[int, int] | None = None
    lines: tuple[int, int] | None = None
    # Gives each written option its key.
    name_options: Callable[[Sequence[Option]], tuple[Option, ...]] = with_keys
    settings: tuple[Setting, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether it wants an answer; headings do not."""
        question, _ = self.example
        return bool(self.pieces(question))
