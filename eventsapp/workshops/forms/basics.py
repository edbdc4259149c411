"""What, when and where: the first step of describing a workshop."""

from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    URLField,
)
from wtforms.validators import URL, InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.core.texts import LANGUAGES
from eventsapp.web.countries import country_choices, is_country
from eventsapp.web.forms import CreationForm, TextsField, choices, line, member, value
from eventsapp.web.locale import OWN_NAMES
from eventsapp.workshops.forms.words import (
    FORMAT_LABELS,
    FULL_HOUR,
    MOST_ROWS,
    MOST_SEATS,
    NEEDED,
    WHOLE_ADDRESS,
    check_web_address,
    id_in,
    tell_field,
)
from eventsapp.workshops.rules import VenueInUse
from eventsapp.workshops.types import Format, SessionDraft, VenueDraft, WorkshopDraft


def _moment(label: Any, **kwargs: Any) -> DateTimeLocalField:
    return DateTimeLocalField(
        label, [InputRequired(NEEDED)], format=[FULL_HOUR, "%Y-%m-%dT%H:%M:%S"], **kwargs
    )


def _seats(label: Any) -> IntegerField:
    return IntegerField(
        label,
        [Optional(), NumberRange(0, MOST_SEATS, _l("Give a number from 0 to %(max)d."))],
        default=0,
    )


class VenueForm(Form):  # type: ignore[misc] # WTForms ships no types
    """A further place; without a name the row is left out."""

    id = HiddenField()
    name = StringField(_l("Place"), line())
    address = StringField(_l("Address"), line())


class BasicsForm(CreationForm):
    """What, when and where."""

    version = HiddenField()
    project_id = SelectField(_l("Project"), coerce=int)
    title = TextsField(_l("Title"), required=True)
    format = RadioField(
        _l("Format"),
        [InputRequired(NEEDED)],
        choices=choices((kind, label) for kind, label in FORMAT_LABELS.items()),
        default=Format.HYBRID,
    )
    starts_at = _moment(_l("Starts"))
    ends_at = _moment(_l("Ends"))
    timezone = StringField(
        _l("Time zone"),
        [InputRequired(NEEDED)],
        description=_l("Times are meant and shown in this zone, for example Africa/Tripoli."),
    )
    city = TextsField(_l("City"), description=_l("Leave it empty for an online workshop."))
    country_code = SelectField(_l("Country"), validate_choice=False)
    venue = StringField(
        _l("Place"), line(), description=_l("Building and room, as people will look for it.")
    )
    address = StringField(_l("Address"), line())
    seats_in_person = _seats(_l("Seats in the room"))
    seats_online = _seats(_l("Places online"))
    join_link = URLField(
        _l("Joining link"),
        [Optional(), URL(message=WHOLE_ADDRESS), *line(500)],
        description=_l("Shown only to confirmed online participants and presenters."),
    )
    languages = SelectMultipleField(
        _l("Languages of the workshop"),
        choices=choices(OWN_NAMES.items()),
        default=["en"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    topics = SelectMultipleField(
        _l("Topics"),
        coerce=int,
        default=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    venues = FieldList(FormField(VenueForm), min_entries=1, max_entries=MOST_ROWS)
    tell = tell_field()

    def offer(self, projects: list[tuple[int, str]], topics: list[tuple[int, str]]) -> None:
        """Fill in what can be chosen; it depends on data and on the reader's language."""
        self.project_id.choices = choices((str(key), label) for key, label in projects)
        self.country_code.choices = choices([("", "–"), *country_choices()])
        self.topics.choices = choices((str(key), label) for key, label in topics)

    def validate_timezone(self, field: Any) -> None:
        if value(field) not in available_timezones():
            raise ValidationError(
                _l("There is no time zone of this name. Write it like Africa/Tripoli.")
            )

    def validate_country_code(self, field: Any) -> None:
        if field.data and not is_country(field.data):
            raise ValidationError(_l("Choose a country from the list."))

    def validate_join_link(self, field: Any) -> None:
        check_web_address(field)

    def draft(self, before: WorkshopDraft | None = None) -> WorkshopDraft:
        """The description with these basics; what other steps hold is kept from ``before``."""
        basics: dict[str, Any] = {
            "project_id": self.project_id.data,
            "title": self.title.texts(),
            "starts_at": self.starts_at.data,
            "ends_at": self.ends_at.data,
            "timezone": value(self.timezone),
            "format": member(Format, self.format),
            "seats_in_person": self.seats_in_person.data or 0,
            "seats_online": self.seats_online.data or 0,
            "venue": value(self.venue),
            "city": self.city.texts(),
            "country_code": self.country_code.data or "",
            "address": value(self.address),
            "join_link": value(self.join_link),
            "languages": tuple(lang for lang in LANGUAGES if lang in (self.languages.data or ())),
            "topics": tuple(sorted(self.topics.data or ())),
            "venues": self._venues(),
        }
        if before is None:
            return WorkshopDraft(**basics)
        return replace(before, **basics, sessions=moved(before, basics["venues"]))

    def _venues(self) -> tuple[VenueDraft, ...]:
        return tuple(
            VenueDraft(value(row.form.name), value(row.form.address), id_in(row.form))
            for row in self.venues
            if value(row.form.name)
        )


def moved(before: WorkshopDraft, venues: tuple[VenueDraft, ...]) -> tuple[SessionDraft, ...]:
    """The sessions where they are, though further places were added or left out before theirs."""
    places = {row.id: number for number, row in enumerate(venues) if row.id is not None}

    def place(item: SessionDraft) -> int | None:
        if item.venue is None:
            return None
        was = before.venues[item.venue]
        if was.id not in places:
            raise VenueInUse(name=was.name, session=item.title)
        return places[was.id]

    return tuple(replace(item, venue=place(item)) for item in before.sessions)
