"""Input of reports: prose by section, and words of a review."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.reports.merging import fingerprint
from eventsapp.reports.models import UnsavedText
from eventsapp.reports.section import Section
from eventsapp.reports.types import EditionKind
from eventsapp.web.forms import PageForm, choices, member, paragraphs, value
from eventsapp.web.locale import OWN_NAMES

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

    def words(self) -> str:
        return value(self.text)


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
