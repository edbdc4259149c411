"""A question as it is asked, an answer as it was given, and what all answers come to."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsapp.core.errors import N_, Invalid
from eventsapp.core.texts import NO_TEXT, Texts

# What JSON can hold; None is never an answer.
Answer = Any
Distribution = tuple[tuple[str, Texts, int], ...]


class AnswerRefused(Invalid):
    """One answer does not fit its question; the field is the question's key."""

    message = N_("This answer does not fit the question.")


class AnswersRefused(AnswerRefused):
    """Several answers do not fit; ``refusals`` has one for each question or part at fault."""

    message = N_("Some answers are missing or do not fit.")

    def __init__(self, refusals: Sequence[AnswerRefused]) -> None:
        self.refusals = tuple(refusals)
        super().__init__()


class AnswerMissing(AnswerRefused):
    message = N_("Please answer this question.")


class QuestionRefused(Invalid):
    """A question cannot be asked as it was written."""

    message = N_("This question cannot be asked like this.")


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    text: Texts

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "text": self.text.to_json()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Option":
        return cls(value["key"], Texts.from_json(value["text"]))


@dataclass(frozen=True, slots=True)
class Condition:
    """An earlier question, and the answers to it of which one must have been chosen."""

    question: str
    answers: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"question": self.question, "answers": list(self.answers)}


@dataclass(frozen=True, slots=True)
class Question:
    """``key`` is stable over versions of a form, so that results can be put together.

    ``lines`` are what a matrix asks of each. ``settings`` belong to the type and are read by its
    module alone. It is shown where all its ``conditions`` hold.
    """

    key: str
    type_key: str
    text: Texts
    help: Texts = NO_TEXT
    required: bool = False
    options: tuple[Option, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[Option, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def option_keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "type": self.type_key,
            "text": self.text.to_json(),
            "help": self.help.to_json(),
            "required": self.required,
            "options": [option.to_json() for option in self.options],
            "settings": dict(self.settings),
            "lines": [line.to_json() for line in self.lines],
            "conditions": [condition.to_json() for condition in self.conditions],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Question":
        """Forms kept from before there were lines and conditions have none."""
        return cls(
            key=value["key"],
            type_key=value["type"],
            text=Texts.from_json(value["text"]),
            help=Texts.from_json(value["help"]),
            required=value["required"],
            options=tuple(Option.from_json(option) for option in value["options"]),
            settings=dict(value["settings"]),
            lines=tuple(Option.from_json(line) for line in value.get("lines", ())),
            conditions=tuple(
                Condition(condition["question"], tuple(condition["answers"]))
                for condition in value.get("conditions", ())
            ),
        )


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with the language the form was answered in."""

    answer: Answer
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text that somebody wrote. ``may_quote`` and ``attribution`` are its author's wish;
    ``named_by`` says what the attribution is: none, a role or a name."""

    text: str
    lang: str
    may_quote: bool = False
    attribution: str = ""
    named_by: str = "none"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the answers to one question come to; empty parts have no meaning for its type."""

    n: int
    distribution: Distribution = ()
    mean: float | None = None
    share_positive: float | None = None
    texts: tuple[WrittenText, ...] = ()


def new_question_key() -> str:
    """Never used before, in this form or another: answers are put together by it."""
    return f"q{secrets.token_hex(4)}"


def with_keys(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options, new ones under keys that were never used: counts are kept by them."""
    return tuple(
        option if option.key else Option(f"o{secrets.token_hex(4)}", option.text)
        for option in options
    )


def count_options(options: Sequence[Option], chosen: Sequence[str]) -> Distribution:
    """How often each option was chosen, in the order asked, zeros included."""
    counts: dict[str, int] = {}
    for key in chosen:
        counts[key] = counts.get(key, 0) + 1
    return tuple((option.key, option.text, counts.get(option.key, 0)) for option in options)
