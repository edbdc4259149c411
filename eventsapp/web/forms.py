"""The base of every form: CSRF, texts in several languages, and refusals beside their field."""

import secrets
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from eventsapp.core.errors import Refused
from eventsapp.core.idempotency import CreationKey
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.web.access import current_actor
from eventsapp.web.errors import translate

SHORT, LONG = 200, 10_000
LARGEST_ID = 2**31 - 1
Result = TypeVar("Result")
E_ = TypeVar("E_", bound=StrEnum)


class PageForm(FlaskForm):  # type: ignore[misc] # Flask-WTF ships no types
    """A form of a page. Subclasses add fields and ``draft()``."""

    # Set by show_refusal; the error summary of the page shows it first.
    refusal: str = ""

    def show_refusal(self, refused: Refused) -> None:
        """Put the refusal beside the field it names, or on top where it names none."""
        field = shown_field(find_field(self, refused.field))
        message = translate(refused)
        if field is None:
            self.refusal = message
        else:
            field.errors = [*field.errors, message]

    def accept(self, use_case: Callable[[], Result]) -> Result | None:
        """Validate, then run the use case; None where the form or the use case said no."""
        if not self.validate_on_submit():
            return None
        try:
            return use_case()
        except Refused as refused:
            self.show_refusal(refused)
            return None


class CreationForm(PageForm):
    """A form that creates something, once for each time it was opened."""

    creation_key = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def key(self) -> CreationKey:
        """What a double click or a repeated request shares."""
        body = "&".join(
            f"{name}={value}"
            for name, value in sorted(request.form.items(multi=True))
            if name != "csrf_token"
        )
        return CreationKey.of(
            self.creation_key.data or "",
            principal=current_actor().key,
            path=request.path,
            body=body.encode(),
        )


def find_field(form: Any, name: str) -> Field | None:
    """The field called ``name``; ``sessions-0-title`` reaches into lists and sub-forms."""
    field: Any = form
    for part in name.split("-") if name else []:
        entries = getattr(field, "entries", None)
        if entries is not None and part.isdigit() and int(part) < len(entries):
            field = entries[int(part)]
        else:
            inner = getattr(field, "form", field)
            field = inner[part] if hasattr(inner, "__contains__") and part in inner else None
        if field is None:
            return None
    return field if isinstance(field, Field) else None


def shown_field(field: Field | None) -> Field | None:
    """What a message about the field stands beside: of several controls, the first one."""
    while isinstance(field, FormField):
        field = next(iter(field.form), None)
    return field


def choices(items: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Choices of a select or of radios; the one place that knows WTForms' shape for them."""
    return [SelectChoice(key, label) for key, label in items]


def value(field: Any) -> str:
    """A text field's content without surrounding space; never None."""
    return (field.data or "").strip()


def plain(_form: Any, field: Any) -> None:
    """Refuse control characters: they break mails, file names and logs."""
    if any(ord(char) < 32 and char not in "\r\n\t" for char in field.data or ""):
        raise ValidationError(_l("Remove the invisible control characters."))


def one_line(_form: Any, field: Any) -> None:
    """Refuse line breaks too, and marks that turn the reading direction of what follows."""
    forbidden = set("\r\n\u2028\u2029\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069")
    if forbidden & set(field.data or ""):
        raise ValidationError(_l("Write it on one line, without text direction marks."))
    plain(_form, field)


def line(max_length: int = SHORT) -> list[Any]:
    """Validators of a one-line text."""
    return [
        Length(max=max_length, message=_l("Use at most %(max)d characters.")),
        one_line,
    ]


def paragraphs(max_length: int = LONG) -> list[Any]:
    """Validators of a longer text."""
    return [
        Length(max=max_length, message=_l("Use at most %(max)d characters.")),
        plain,
    ]


class LineTexts(Form):  # type: ignore[misc] # WTForms ships no types
    """One line, per language."""

    en = StringField("English", line())
    fr = StringField("Français", line())
    ar = StringField("العربية", line())


class ParagraphTexts(Form):  # type: ignore[misc] # as above
    """One text, per language."""

    en = TextAreaField("English", paragraphs())
    fr = TextAreaField("Français", paragraphs())
    ar = TextAreaField("العربية", paragraphs())


class TextsField(FormField):  # type: ignore[misc] # as above
    """A text in several languages; ``required`` wants at least one of them."""

    def __init__(
        self, label: Any, *, long: bool = False, required: bool = False, **kwargs: Any
    ) -> None:
        self.wants_text = required
        self.own_errors: list[Any] = []
        super().__init__(ParagraphTexts if long else LineTexts, label, **kwargs)

    def texts(self) -> Texts:
        return Texts.of(**{lang: value(self.form[lang]) for lang in LANGUAGES})

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        valid: bool = super().validate(form, extra_validators)
        if self.wants_text and not self.texts():
            self.form[LANGUAGES[0]].errors = [_l("Write it in at least one language.")]
            return False
        return valid


def texts_to_form(texts: Texts) -> dict[str, str]:
    """What a TextsField takes as its data."""
    return {lang: texts.find(lang) or "" for lang in LANGUAGES}


def posted_id(name: str) -> int:
    """The id of a row that a page sent back; 0 for anything that can be none."""
    sent = request.form.get(name, 0, type=int)
    return sent if 0 < sent <= LARGEST_ID else 0


def member(kind: type[E_], field: Any) -> E_:
    """The enumeration member a select or radio holds; its choices made sure of it."""
    return kind(field.data)
