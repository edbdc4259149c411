"""“Other”, with a line to write: what types with options share that may offer it.

Stored is ``{"other": "what was written"}``, empty where it was only chosen.
"""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_types._texts import clean_text
from eventsapp.questions.settings import Switch
from eventsapp.questions.types import (
    AnswerRefused,
    Given,
    Option,
    Question,
    QuestionRefused,
    WrittenText,
)

KEY, LONGEST = "other", 300
OTHER = Option(KEY, Texts.of(en="Other", fr="Autre", ar="غير ذلك"))
SETTING = Switch(
    KEY,
    N_("Offer “other” too, with a line to write"),
    N_("What is written is read inside only, as other texts are."),
)


def has_other(question: Question) -> bool:
    return bool(question.settings.get(KEY))


def offer(question: Question) -> tuple[Option, ...]:
    return (*question.options, OTHER) if has_other(question) else question.options


def check(question: Question) -> None:
    if has_other(question) and KEY in question.option_keys():
        raise QuestionRefused(
            N_("“Other” is offered already: remove one of the two."), field="options"
        )


def field() -> Any:
    return StringField(_("Other, in your own words"))


def clean(raw: Any) -> str | None:
    """What was written beside “other”; a refusal stands there too."""
    try:
        return clean_text(raw, max_length=LONGEST, lines=False)
    except AnswerRefused as refused:
        refused.field = KEY
        raise


def written(given: Iterable[tuple[str, str]]) -> tuple[WrittenText, ...]:
    """From pairs of text and language, without those who wrote nothing."""
    return tuple(WrittenText(text, lang) for text, lang in given if text)


def text_in(part: Any) -> str:
    return str(part[KEY]) if isinstance(part, dict) else ""


def key_of(part: Any) -> str:
    return KEY if isinstance(part, dict) else str(part)


def say_parts(question: Question, parts: Iterable[Any], lang: str) -> str:
    labels = {option.key: option.text.text(lang) for option in offer(question)}
    return ", ".join(text_in(part) or labels[key_of(part)] for part in parts)


def texts_of(given: Iterable[Given], parts: Any) -> tuple[WrittenText, ...]:
    return written((text_in(part), one.lang) for one in given for part in parts(one.answer))
