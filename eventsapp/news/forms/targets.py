"""What an administrator says of a place where news goes: the channel's own words, and filters."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, StringField, URLField
from wtforms.validators import InputRequired, Length, Optional

from eventsapp.core.texts import LANGUAGES
from eventsapp.edge.http import check_address
from eventsapp.news.channel import PushChannel, Setting
from eventsapp.news.forms.subscribing import checkboxes, named_projects
from eventsapp.news.ledger import TargetDraft
from eventsapp.news.models import ChannelTarget
from eventsapp.news.queries import list_countries
from eventsapp.web.countries import country_name
from eventsapp.web.forms import CreationForm, choices, line, plain, value
from eventsapp.web.locale import OWN_NAMES

NEEDED = _l("Fill this in.")
LONGEST = 1000


class TargetForm(CreationForm):
    """Subclassed for each channel by ``form_for``, with a field a setting."""

    own: tuple[Setting, ...] = ()

    version = HiddenField()

    name = StringField(
        _l("Name"),
        [InputRequired(NEEDED), *line(100)],
        description=_l("As you call it among yourselves."),
    )
    languages = checkboxes(
        _l("Languages"),
        choices=choices((code, OWN_NAMES[code]) for code in LANGUAGES),
        description=_l("Choose none to send all of them."),
    )
    countries = checkboxes(_l("Countries"), description=_l("Choose none to send all of them."))
    projects = checkboxes(
        _l("Projects"), coerce=int, description=_l("Choose none to send all of them.")
    )
    takes_all = BooleanField(
        _l("Send what was published before, too"),
        description=_l("Otherwise only articles that are published from now on."),
    )

    def __init__(self, target: ChannelTarget | None = None, **kwargs: Any) -> None:
        super().__init__(**(_said_of(target) if target else {}), **kwargs)
        chosen = set(target.countries) if target else set()
        named = sorted((country_name(code), code) for code in {*list_countries(), *chosen})
        self.countries.choices = choices((code, name) for name, code in named)
        self.projects.choices = named_projects()

    def draft(self) -> TargetDraft:
        """Raises AddressNotAllowed for a setting that is one."""
        for setting in self.own:
            if setting.is_address:
                check_address(value(self[setting.name]))
        return TargetDraft(
            name=value(self.name),
            settings={one.name: value(self[one.name]) for one in self.own if not one.is_secret},
            languages=[code for code in LANGUAGES if code in (self.languages.data or ())],
            countries=sorted(self.countries.data or ()),
            projects=sorted(self.projects.data or ()),
            takes_all=bool(self.takes_all.data),
        )

    def shown_version(self) -> int:
        """The state the page was drawn from; one that never was where the field was changed."""
        shown = str(self.version.data)
        return int(shown) if shown.isdecimal() else -1

    def secret(self) -> str:
        """What was typed as the channel's secret; empty where it stays as it is."""
        return next((value(self[one.name]) for one in self.own if one.is_secret), "")


def form_for(channel: PushChannel, *, is_new: bool) -> type[TargetForm]:
    """The form of a channel's targets, its own settings among the fields."""
    fields = {one.name: _field(one, is_new=is_new) for one in channel.settings}
    return type("ChannelForm", (TargetForm,), {"own": channel.settings, **fields})


def _field(setting: Setting, *, is_new: bool) -> Any:
    length = Length(max=LONGEST, message=_l("Use at most %(max)d characters."))
    label, hint = _l(setting.label), _l(setting.hint) if setting.hint else ""
    if setting.is_secret and not is_new:
        hint = _l("Leave it empty to keep the one that is set.")
        return PasswordField(label, [Optional(), length, plain], description=hint)
    kind = PasswordField if setting.is_secret else URLField if setting.is_address else StringField
    return kind(label, [InputRequired(NEEDED), length, plain], description=hint)


def _said_of(target: ChannelTarget) -> dict[str, Any]:
    return {
        "version": target.version,
        "name": target.name,
        "languages": target.languages,
        "countries": target.countries,
        "projects": target.projects,
        "takes_all": target.covers_since is None,
        **target.settings,
    }
