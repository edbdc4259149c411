"""What answers come to: counted when they are mixed, so that reading never counts them again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.feedback.types import LANGUAGE, QuestionResult
from eventsapp.questions.question_type import Piece
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Given, Option, Question, WrittenText

Results = Mapping[str, QuestionResult]

LANGUAGE_ASKED = Texts.of(en="Language of the answer", fr="Langue de la réponse", ar="لغة الإجابة")
LANGUAGES = (
    Option("en", Texts.of(en="English", fr="Anglais", ar="الإنجليزية")),
    Option("fr", Texts.of(en="French", fr="Français", ar="الفرنسية")),
    Option("ar", Texts.of(en="Arabic", fr="Arabe", ar="العربية")),
)
NOT_SAID = Option("", Texts.of(en="Did not say", fr="Sans réponse", ar="لم يُجب"))


@dataclass(frozen=True, slots=True)
class Response:
    """A mixed answer: the language it was given in, and what was stored, by question.

    ``withdrawal`` knows, by question, the code that takes a consent to be quoted back.
    """

    lang: str
    answers: Mapping[str, Any]
    withdrawal: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Response":
        return cls(payload["lang"], payload["answers"], payload.get("withdrawal", {}))


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to part people: each is in exactly one group, told by ``of``."""

    key: str
    text: Texts
    groups: tuple[Option, ...]
    of: Callable[[Response], str]


@dataclass(frozen=True, slots=True)
class Counted:
    """``by`` has each question's result within the groups of a grouping: by grouping, group and
    question. ``sizes`` says how many people are in each group, whatever they answered."""

    n: int
    results: Results
    sizes: Mapping[str, Mapping[str, int]]
    by: Mapping[str, Mapping[str, Results]]


def count(
    asked: Sequence[Question], responses: Sequence[Response], *, in_groups: bool = True
) -> Counted:
    """Every question's result, of all who answered and within each group of each grouping."""
    sizes: dict[str, dict[str, int]] = {}
    by: dict[str, dict[str, Results]] = {}
    for grouping in groupings(asked) if in_groups else ():
        parts = _parted(grouping, responses)
        sizes[grouping.key] = {key: len(part) for key, part in parts.items()}
        by[grouping.key] = {key: _results(asked, part) for key, part in parts.items() if part}
    return Counted(len(responses), _results(asked, responses), sizes, by)


def groupings(asked: Iterable[Question]) -> tuple[Grouping, ...]:
    """By the language of the answer, and by every question whose answers part people."""
    found = [Grouping(LANGUAGE, LANGUAGE_ASKED, LANGUAGES, lambda response: response.lang)]
    found += [_by_question(one) for one in asked if type_of(one).parts_people]
    return tuple(found)


def _by_question(question: Question) -> Grouping:
    kind = type_of(question)

    def group_of(response: Response) -> str:
        answer = response.answers.get(question.key)
        return next(iter(kind.chosen(answer)), "") if answer is not None else ""

    return Grouping(question.key, question.text, (*kind.choices(question), NOT_SAID), group_of)


def _parted(grouping: Grouping, responses: Iterable[Response]) -> dict[str, list[Response]]:
    """The people of each group, in the order of the groups."""
    parts: dict[str, list[Response]] = {group.key: [] for group in grouping.groups}
    for response in responses:
        parts.setdefault(grouping.of(response), []).append(response)
    return parts


def pieces_of(asked: Iterable[Question]) -> tuple[Piece, ...]:
    """What is counted for itself: each question, or each part of one that has parts."""
    return tuple(piece for question in asked for piece in type_of(question).pieces(question))


def _results(asked: Iterable[Question], responses: Sequence[Response]) -> Results:
    return {piece.question.key: _result(piece, responses) for piece in pieces_of(asked)}


def _result(piece: Piece, responses: Iterable[Response]) -> QuestionResult:
    question = piece.question
    summary = type_of(question).summarise(question, given_to(piece, responses))
    return QuestionResult(
        key=question.key,
        type_key=question.type_key,
        text=question.text,
        n=summary.n,
        distribution=summary.distribution,
        mean=summary.mean,
        share_positive=summary.share_positive,
    )


def given_to(piece: Piece, responses: Iterable[Response]) -> list[Given]:
    picked = (
        (piece.pick(response.answers[piece.asked]), response.lang)
        for response in responses
        if piece.asked in response.answers
    )
    return [Given(answer, lang) for answer, lang in picked if answer is not None]


def written_in(piece: Piece, response: Response) -> tuple[WrittenText, ...]:
    given = given_to(piece, [response])
    return type_of(piece.question).summarise(piece.question, given).texts if given else ()


def quoted_in(asked: Iterable[Question], response: Response) -> tuple[str, ...]:
    """The questions whose answers here may be quoted."""
    return tuple(
        piece.question.key
        for piece in pieces_of(asked)
        if any(written.may_quote for written in written_in(piece, response))
    )
