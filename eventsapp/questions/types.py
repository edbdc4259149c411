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


class QuestionRefused(Invalid):
    """A question cannot be asked as it was written."""

    message = N_("This question cannot be asked like this.")


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Question:
    """``key`` is stable over versions of a form, so that results can be put together.

    ``settings`` belong to the type and are read by its module alone.
    """

    key: str
    type_key: str
    text: Texts
    help: Texts = NO_TEXT
    required: bool = False
    options: tuple[Option, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def option_keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "type": self.type_key,
            "text": self.text.to_json(),
            "help": self.help.to_json(),
            "required": self.required,
            "options": [{"key": o.key, "text": o.text.to_json()} for o in self.options],
            "settings": dict(self.settings),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Question":
        return cls(
            key=value["key"],
            type_key=value["type"],
            text=Texts.from_json(value["text"]),
            help=Texts.from_json(value["help"]),
            required=value["required"],
            options=tuple(
                Option(option["key"], Texts.from_json(option["text"]))
                for option in value["options"]
            ),
            settings=dict(value["settings"]),
        )


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with the language the form was answered in."""

    answer: Answer
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text that somebody wrote. ``may_quote`` and ``attribution`` are its author's wish."""

    text: str
    lang: str
    may_quote: bool = False
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the answers to one question come to; empty parts have no meaning for its type."""

    n: int
    distribution: Distribution = ()
    mean: float | None = None
    share_positive: float | None = None
    texts: tuple[WrittenText, ...] = ()


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
