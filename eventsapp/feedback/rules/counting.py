"""What answers come to: counted when they are mixed, so that reading never counts them again."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.feedback.types import LANGUAGE, QuestionResult
from eventsapp.questions.question_type import Piece
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Given, Option, Question, Summary, WrittenText

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
    question. ``sizes`` says how many people are in each group, whatever they answered, and
    ``with_texts`` to which questions anybody wrote something."""

    n: int
    results: Results
    sizes: Mapping[str, Mapping[str, int]]
    by: Mapping[str, Mapping[str, Results]]
    with_texts: frozenset[str]


def count(
    asked: Sequence[Question], responses: Sequence[Response], *, in_groups: bool = True
) -> Counted:
    """Every question's result, of all who answered and within each group of each grouping.

    Each answer is looked at once, however many groupings there are: a form may have 100,000.
    """
    sizes: dict[str, dict[str, int]] = {}
    by: dict[str, dict[str, dict[str, QuestionResult]]] = {}
    results: dict[str, QuestionResult] = {}
    with_texts: set[str] = set()
    parted = {one.key: _parted(one, responses) for one in groupings(asked)} if in_groups else {}
    for key, (_group_of, sizes_of) in parted.items():
        sizes[key] = sizes_of
        by[key] = {group: {} for group in sizes_of if sizes_of[group]}
    for piece in pieces_of(asked):
        places, given = _given(piece, responses)
        summary = _summary(piece, given)
        results[piece.question.key] = _result(piece, summary)
        if summary.texts:
            with_texts.add(piece.question.key)
        for key, (group_of, _sizes) in parted.items():
            in_group: dict[str, list[Given]] = {group: [] for group in by[key]}
            for place, one in zip(places, given, strict=True):
                in_group[group_of[place]].append(one)
            for group, part in in_group.items():
                by[key][group][piece.question.key] = _result(piece, _summary(piece, part))
    return Counted(len(responses), results, sizes, by, frozenset(with_texts))


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


def _parted(grouping: Grouping, responses: Iterable[Response]) -> tuple[list[str], dict[str, int]]:
    """The group of each response, and how many people are in each, in the order of the groups."""
    group_of = [grouping.of(response) for response in responses]
    sizes = {group.key: 0 for group in grouping.groups}
    return group_of, sizes | Counter(group_of)


def pieces_of(asked: Iterable[Question]) -> tuple[Piece, ...]:
    """What is counted for itself: each question, or each part of one that has parts."""
    return tuple(piece for question in asked for piece in type_of(question).pieces(question))


def _summary(piece: Piece, given: Sequence[Given]) -> Summary:
    return type_of(piece.question).summarise(piece.question, given)


def _result(piece: Piece, summary: Summary) -> QuestionResult:
    question = piece.question
    return QuestionResult(
        key=question.key,
        type_key=question.type_key,
        text=question.text,
        n=summary.n,
        distribution=summary.distribution,
        mean=summary.mean,
        share_positive=summary.share_positive,
    )


def _sharing() -> Callable[[Any, str], Given]:
    """Makes one object of all equal choices: few are offered, and many people choose."""
    made: dict[tuple[str, str], Given] = {}

    def share(answer: Any, lang: str) -> Given:
        if not isinstance(answer, str):
            return Given(answer, lang)
        key = (answer, lang)
        if key not in made:
            made[key] = Given(answer, lang)
        return made[key]

    return share


def _given(piece: Piece, responses: Iterable[Response]) -> tuple[list[int], list[Given]]:
    """The answers to a piece, and at which places they stand among the responses."""
    places: list[int] = []
    given: list[Given] = []
    shared = _sharing()
    for place, response in enumerate(responses):
        answer = response.answers.get(piece.asked)
        if answer is not None and (picked := piece.pick(answer)) is not None:
            places.append(place)
            given.append(shared(picked, response.lang))
    return places, given


def written_in(piece: Piece, response: Response) -> tuple[WrittenText, ...]:
    _places, given = _given(piece, [response])
    return _summary(piece, given).texts if given else ()


def quoted_in(asked: Iterable[Question], response: Response) -> tuple[str, ...]:
    """The questions whose answers here may be quoted."""
    return tuple(
        piece.question.key
        for piece in pieces_of(asked)
        if any(written.may_quote for written in written_in(piece, response))
    )
