"""Input of reports: prose by section, and words of a review."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.reports.section import Section
from eventsapp.reports.types import EditionKind
from eventsapp.web.forms import PageForm, choices, member, paragraphs, value
from eventsapp.web.locale import OWN_NAMES

LONGEST = 20_000


class VersionForm(PageForm):
    """An act on the report as somebody saw it."""

    version = HiddenField()
    # Set when somebody else saved first: then both texts are shown.
    is_stale = False

    def seen(self) -> int:
        """The version that was shown; 0 where there was no report yet, -1 where it makes none."""
        text = self.version.data or ""
        return int(text) if text.isdigit() else -1


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


def prose_form(sections: list[Section], lang: str, prose: Mapping[str, str], version: int) -> Any:
    """A form with one text area for each section, filled with its prose."""
    fields = {
        section.key: TextAreaField(
            section.label.text(lang),
            paragraphs(LONGEST),
            render_kw={"lang": lang, "rows": max(3, len(prose[section.key]) // 80 + 2)},
        )
        for section in sections
    }
    form_class = type("ProseForm", (VersionForm,), fields)
    return form_class(data={**prose, "version": str(version)})


def prose_of(form: Any, sections: list[Section]) -> dict[str, str]:
    return {section.key: value(form[section.key]) for section in sections}
