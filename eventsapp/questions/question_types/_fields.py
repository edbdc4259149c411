"""Form fields that several types share, their words in the language of the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from wtforms import FormField, RadioField, SelectMultipleField
from wtforms.form import BaseForm
from wtforms.utils import unset_value
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


class PartsField(FormField):  # type: ignore[misc] # as above
    """One question in several fields, by name; a name is no attribute, so any key will do."""

    def __init__(
        self, label: Any, parts: Mapping[str, Any], *, validators: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(BaseForm, label, **kwargs)
        self.is_required = bool(validators)
        self.parts = parts

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Any = None,  # noqa: ARG002
    ) -> None:
        self.object_data = data
        self.form = BaseForm(self.parts, prefix=self.name + self.separator)
        self.form.process(formdata, data=data if isinstance(data, Mapping) else {})
        if self.is_required:
            self.flags.required = True


def parse_choice(keys: Sequence[str], raw: Any) -> str | None:
    """One of the offered keys, or None; raises AnswerRefused for anything else."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or raw not in keys:
        raise AnswerRefused(NOT_OFFERED)
    return raw
