"""Form fields that several types share, their words in the language of the form."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from wtforms import RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.types import AnswerRefused, Option, Question
from eventsapp.web.forms import choices

NOT_OFFERED = N_("Choose one of the answers that are offered.")


class Wanted:
    """Marks a field as required for the page; the question type itself insists on it."""

    field_flags = {"required": True}

    def __call__(self, _form: Any, _field: Any) -> None:
        """Say nothing: ``parse`` decides."""


def words(texts: Texts, lang: str) -> str:
    """The text in ``lang``, or in another language and marked as being in it."""
    text, found = texts.choose(lang)
    if found == lang:
        return text
    return Markup('<span lang="{}" dir="auto">{}</span>').format(found, text)


def basics(question: Question, lang: str) -> dict[str, Any]:
    """What every field is given: label, help and whether it must be answered."""
    return {
        "label": words(question.text, lang),
        "description": words(question.help, lang),
        "validators": [Wanted()] if question.required else [],
    }


def offered(options: Sequence[Option], lang: str) -> list[Any]:
    """The options as WTForms wants its choices."""
    return choices((option.key, words(option.text, lang)) for option in options)


class ChoiceField(RadioField):  # type: ignore[misc] # WTForms ships no types
    """Radios that leave it to ``parse`` to say what fits, so that the words are ours."""

    def __init__(self, label: Any, options: Sequence[Option], lang: str, **kwargs: Any) -> None:
        super().__init__(
            label, choices=offered(options, lang), coerce=str, validate_choice=False, **kwargs
        )


class ScaleField(ChoiceField):
    """A row of points; ``low`` and ``high`` are the words at its ends."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def __init__(self, label: Any, options: Sequence[Option], lang: str, **kwargs: Any) -> None:
        super().__init__(label, options, lang, **kwargs)
        self.low, self.high = (words(options[end].text, lang) for end in (0, -1))


class ChoicesField(SelectMultipleField):  # type: ignore[misc] # as above
    """Checkboxes that leave it to ``parse``, as ChoiceField does."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, options: Sequence[Option], lang: str, **kwargs: Any) -> None:
        super().__init__(
            label, choices=offered(options, lang), coerce=str, validate_choice=False, **kwargs
        )


def parse_choice(keys: Sequence[str], raw: Any) -> str | None:
    """One of the offered keys, or None; raises AnswerRefused for anything else."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or raw not in keys:
        raise AnswerRefused(NOT_OFFERED)
    return raw
