"""Input of reports: prose by section, and words of a review."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from eventsapp.reports.section import Section
from eventsapp.web.forms import PageForm, paragraphs, value

LONGEST = 20_000


class VersionForm(PageForm):
    """An act on the report as somebody saw it."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that was shown; 0 where there was no report yet, -1 where it makes none."""
        text = self.version.data or ""
        return int(text) if text.isdigit() else -1


class ReviewForm(VersionForm):
    text = TextAreaField(_l("Comment"), paragraphs(2_000))

    def words(self) -> str:
        return value(self.text)


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
