"""What somebody says who wants news by mail, and what whoever adds them says."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.core.texts import LANGUAGES
from eventsapp.news.queries import list_countries
from eventsapp.news.service.subscribers import SubscriberDraft
from eventsapp.projects.queries import project_choices
from eventsapp.web.countries import country_name
from eventsapp.web.forms import PageForm, choices, line, value
from eventsapp.web.locale import OWN_NAMES, current_language

LONGEST_ADDRESS = 254


def checkboxes(label: Any, **kwargs: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **kwargs,
    )


def named_projects() -> list[SelectChoice]:
    return choices((str(key), name) for key, name in project_choices(current_language()))


class SubscribeForm(PageForm):
    email = EmailField(
        _l("E-mail address"),
        [
            InputRequired(_l("Write the address that news shall go to.")),
            Email(_l("Write a whole address, such as name@example.org.")),
            Length(max=LONGEST_ADDRESS, message=_l("Use at most %(max)d characters.")),
            *line(LONGEST_ADDRESS),
        ],
    )
    lang = RadioField(
        _l("Language"), choices=choices((code, OWN_NAMES[code]) for code in LANGUAGES)
    )
    countries = checkboxes(_l("Countries"), description=_l("Choose none to hear of all of them."))
    projects = checkboxes(
        _l("Projects"), coerce=int, description=_l("Choose none to hear of all of them.")
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("lang", current_language())
        super().__init__(**kwargs)
        codes = sorted((country_name(code), code) for code in list_countries())
        self.countries.choices = choices((code, name) for name, code in codes)
        self.projects.choices = named_projects()

    def draft(self) -> SubscriberDraft:
        return SubscriberDraft(
            email=value(self.email),
            lang=self.lang.data,
            countries=sorted(self.countries.data or ()),
            projects=sorted(self.projects.data or ()),
        )


class AddSubscriberForm(SubscribeForm):
    agreed = RadioField(
        _l("Their consent"),
        choices=choices(
            [
                ("ask", _l("Ask them by mail")),
                ("given", _l("They have agreed in writing, and I can show it")),
            ]
        ),
        default="ask",
    )


class CodeForm(PageForm):
    """The code of a mail; a script takes it from the address's fragment."""

    code = StringField(
        _l("Code from the mail"),
        [InputRequired(_l("Copy the code from the mail, or open the link in it.")), *line(60)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "data-from-fragment": ""},
    )
