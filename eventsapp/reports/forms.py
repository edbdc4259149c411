"""Input of reports: prose by section, and words of a review."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.accounts.models import User
from eventsapp.reports.merging import fingerprint
from eventsapp.reports.models import UnsavedText
from eventsapp.reports.outline import moved
from eventsapp.reports.section import Section
from eventsapp.reports.types import EditionKind, Outline, Place
from eventsapp.web.forms import (
    PageForm,
    TextsField,
    choices,
    member,
    paragraphs,
    texts_to_form,
    value,
)
from eventsapp.web.locale import OWN_NAMES, current_language

LONGEST = 20_000


class VersionForm(PageForm):
    """An act on the report as somebody saw it."""

    # A browser that restores a form must not restore what the page itself carries.
    version = HiddenField(render_kw={"autocomplete": "off"})

    def seen(self) -> int:
        """The version that was shown; 0 where there was no report yet, -1 where it makes none."""
        return number_of(self.version)


def number_of(field: Any) -> int:
    """A whole number that the page carried along; -1 where it is none."""
    text = field.data or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class ReviewForm(VersionForm):
    text = TextAreaField(_l("Comment"), paragraphs(2_000))
    section = SelectField(_l("About"), default="")

    def words(self) -> str:
        return value(self.text)

    def about(self) -> str:
        """The key of a section; empty for the whole report."""
        return self.section.data or ""


def review_form(sections: Iterable[Section], version: int) -> ReviewForm:
    form = ReviewForm(data={"version": str(version)})
    lang = current_language()
    named = [(section.key, section.label.text(lang)) for section in sections]
    form.section.choices = choices([("", _l("The whole report")), *named])
    return form


class AskForm(PageForm):
    reviewer = SelectField(_l("Ask"))

    def wanted_reviewer(self) -> int:
        return int(self.reviewer.data)


def ask_form(possible: Iterable[User]) -> AskForm:
    form = AskForm()
    form.reviewer.choices = choices([(str(user.id), user.name or user.email) for user in possible])
    return form


class IssueForm(PageForm):
    """Which editions are wanted; every language of the report unless somebody chooses."""

    kind = RadioField(
        _l("Edition"),
        choices=choices(
            [
                (EditionKind.PUBLIC.value, _l("Public: sums only")),
                (EditionKind.DONOR.value, _l("For donors: names the presenters")),
            ]
        ),
        default=EditionKind.PUBLIC.value,
    )
    languages = SelectMultipleField(
        _l("Languages"),
        [InputRequired(_l("Choose at least one language."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def wanted_kind(self) -> EditionKind:
        return member(EditionKind, self.kind)

    def wanted_languages(self) -> list[str]:
        return list(self.languages.data)


def issue_form(languages: Sequence[str]) -> IssueForm:
    form = IssueForm(data={"languages": list(languages)})
    form.languages.choices = choices([(lang, OWN_NAMES[lang]) for lang in languages])
    return form


class OutlineForm(VersionForm):
    """For each section whether it is shown and what it is called; ``order`` has their keys."""

    order: list[str]

    def take_order(self, keys: Sequence[str]) -> None:
        """The order of the page's rows; what they do not name follows."""
        named = [key for key in dict.fromkeys(keys) if key in self.order]
        self.order = [*named, *(key for key in self.order if key not in named)]

    def move(self, key: str, by: int) -> None:
        """One row up or down, never before the first."""
        first, *rest = self.order
        self.order = [first, *moved(rest, key, by)]

    def fields_of(self, key: str) -> dict[str, Any]:
        return {"shown": self[f"shown-{key}"], "title": self[f"title-{key}"]}

    def outline(self) -> Outline:
        return tuple(
            Place(key, bool(self[f"shown-{key}"].data), self[f"title-{key}"].texts())
            for key in self.order
        )


def outline_form(outline: Outline, sections: Mapping[str, Section], version: int) -> OutlineForm:
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {"version": str(version)}
    for place in outline:
        label = sections[place.key].label.text(current_language())
        fields[f"shown-{place.key}"] = BooleanField(label)
        fields[f"title-{place.key}"] = TextsField(label)
        data[f"shown-{place.key}"] = place.is_shown
        data[f"title-{place.key}"] = texts_to_form(place.title)
    form: OutlineForm = type("PlacesForm", (OutlineForm,), fields)(data=data)
    form.order = [place.key for place in outline]
    return form


class ProseForm(VersionForm):
    """One text area for each section, each with the fingerprint of the text it began from."""

    # How often this typing has been kept before it is saved.
    revision = HiddenField(render_kw={"autocomplete": "off"})
    lang = ""
    keys: tuple[str, ...] = ()

    def prose(self) -> dict[str, str]:
        return {key: value(self[key]) for key in self.keys}

    def opened(self) -> dict[str, str]:
        return {key: self[_opened(key)].data or "" for key in self.keys}

    def reopen(self, prose: Mapping[str, str], version: int) -> None:
        """Go on from what is saved now; what was typed stays."""
        self.version.data = str(version)
        for key in self.keys:
            self[_opened(key)].data = fingerprint(prose[key])


def prose_form(
    sections: Sequence[Section],
    lang: str,
    prose: Mapping[str, str],
    version: int,
    unsaved: UnsavedText | None = None,
) -> ProseForm:
    """The form filled with the report's text, and over it with what this person had not saved."""
    typed = unsaved.texts if unsaved else {}
    opened = unsaved.opened if unsaved else {}
    fields: dict[str, Any] = {"keys": tuple(section.key for section in sections), "lang": lang}
    data = {
        "version": str(unsaved.report_version if unsaved else version),
        "revision": str(unsaved.revision if unsaved else 0),
    }
    for section in sections:
        text = typed.get(section.key, prose[section.key])
        fields[section.key] = TextAreaField(
            section.label.text(lang),
            [*paragraphs(LONGEST), unturned],
            render_kw={
                "lang": lang,
                "rows": max(3, len(text) // 80 + 2),
                "autocomplete": "off",
            },
        )
        fields[_opened(section.key)] = HiddenField(render_kw={"autocomplete": "off"})
        data[section.key] = text
        data[_opened(section.key)] = opened.get(section.key, fingerprint(prose[section.key]))
    form: ProseForm = type("SectionsForm", (ProseForm,), fields)(data=data)
    return form


def _opened(key: str) -> str:
    return f"opened-{key}"


def unturned(_form: Any, field: Any) -> None:
    """Refuse marks that turn around the letters of what follows, so that it reads as another."""
    if {"\u202d", "\u202e"} & set(field.data or ""):
        raise ValidationError(_l("Remove the marks that turn the direction of letters."))
