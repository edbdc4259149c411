"""Input of a workshop, in the steps in which people describe one."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
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

from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.web.countries import country_choices, is_country
from eventsapp.web.forms import (
    CreationForm,
    PageForm,
    TextsField,
    choices,
    line,
    member,
    texts_to_form,
    value,
)
from eventsapp.web.locale import OWN_NAMES
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import (
    Format,
    GroupDraft,
    MemberDraft,
    Mode,
    SessionDraft,
    TeamDraft,
    WorkshopDraft,
)

FORMAT_LABELS = {
    Format.IN_PERSON: _l("In person"),
    Format.HYBRID: _l("Hybrid: in the room and online"),
    Format.ONLINE: _l("Online"),
}
MODE_LABELS = {Mode.IN_PERSON: _l("In person"), Mode.ONLINE: _l("Online")}
FULL_HOUR = "%Y-%m-%dT%H:%M"
MOST_SEATS = 100_000
NEEDED = _l("Fill this in.")
MOST_ROWS = 60


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
        [Optional(), URL(message=_l("Give a whole web address, with https://.")), *line(500)],
        description=_l("Shown only to confirmed online participants and presenters."),
    )
    languages = SelectMultipleField(
        _l("Languages of the workshop"),
        choices=choices(OWN_NAMES.items()),
        default=["en"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    tell = BooleanField(_l("Tell those who have a place by mail"), default=True)

    def offer(self, projects: list[tuple[int, str]]) -> None:
        """Fill in what can be chosen; it depends on data and on the reader's language."""
        self.project_id.choices = choices((str(key), label) for key, label in projects)
        self.country_code.choices = choices([("", "–"), *country_choices()])

    def validate_timezone(self, field: Any) -> None:
        if value(field) not in available_timezones():
            raise ValidationError(
                _l("There is no time zone of this name. Write it like Africa/Tripoli.")
            )

    def validate_country_code(self, field: Any) -> None:
        if field.data and not is_country(field.data):
            raise ValidationError(_l("Choose a country from the list."))

    def validate_join_link(self, field: Any) -> None:
        if field.data and not field.data.lower().startswith(("https://", "http://")):
            raise ValidationError(_l("Give a whole web address, with https://."))

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
        }
        return replace(before, **basics) if before else WorkshopDraft(**basics)


class StepForm(PageForm):
    """One further step of the description of a workshop that exists."""

    version = HiddenField()


class GroupForm(Form):  # type: ignore[misc] # WTForms ships no types
    id = HiddenField()
    name = TextsField(_l("Name"), description=_l("In the plural: “Libyan officials”."))


class PurposeForm(StepForm):
    rationale = TextsField(
        _l("Why this workshop"),
        long=True,
        description=_l("What happened that makes it needed. The report opens with it."),
    )
    objectives = FieldList(
        TextsField(_l("Objective"), long=True), min_entries=1, max_entries=MOST_ROWS
    )
    groups = FieldList(FormField(GroupForm), min_entries=1, max_entries=MOST_ROWS)
    outlook = TextsField(
        _l("What comes after it"), long=True, description=_l("The report closes with it.")
    )

    def draft(self, before: WorkshopDraft) -> WorkshopDraft:
        return replace(
            before,
            rationale=self.rationale.texts(),
            objectives=_filled(self.objectives),
            groups=tuple(
                GroupDraft(entry.form.name.texts(), id=_id_in(entry.form))
                for entry in self.groups
                if entry.form.name.texts()
            ),
            outlook=self.outlook.texts(),
        )


class SessionForm(Form):  # type: ignore[misc] # WTForms ships no types
    """An agenda item; an entirely empty one is left out."""

    id = HiddenField()
    title = TextsField(_l("Title"))
    starts_at = DateTimeLocalField(_l("Starts"), [Optional()], format=[FULL_HOUR])
    ends_at = DateTimeLocalField(_l("Ends"), [Optional()], format=[FULL_HOUR])
    room = StringField(_l("Room"), line())

    def is_empty(self) -> bool:
        return not (self.title.texts() or self.starts_at.data or self.ends_at.data)

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if self.is_empty():
            return valid
        for field in (self.starts_at, self.ends_at):
            if not field.data and not field.errors:
                field.errors = [NEEDED]
                valid = False
        if not self.title.texts():
            self.title.form[LANGUAGES[0]].errors = [NEEDED]
            valid = False
        return valid


class AgendaForm(StepForm):
    sessions = FieldList(FormField(SessionForm), min_entries=2, max_entries=MOST_ROWS)

    def draft(self, before: WorkshopDraft) -> WorkshopDraft:
        filled = [entry.form for entry in self.sessions if not entry.form.is_empty()]
        return replace(
            before,
            sessions=tuple(
                SessionDraft(
                    title=item.title.texts(),
                    starts_at=item.starts_at.data,
                    ends_at=item.ends_at.data,
                    room=value(item.room),
                    id=_id_in(item),
                )
                for item in filled
            ),
        )


class MemberForm(Form):  # type: ignore[misc] # as above
    """Somebody who presents; without a name the row is left out."""

    id = HiddenField()
    name = StringField(_l("Name"), line())
    function = StringField(_l("Function"), line())
    mode = RadioField(
        _l("Joins"),
        choices=choices((mode, label) for mode, label in MODE_LABELS.items()),
        default=Mode.IN_PERSON,
    )


class TeamForm(Form):  # type: ignore[misc] # as above
    id = HiddenField()
    name = TextsField(_l("Name of the team"))
    members = FieldList(FormField(MemberForm), min_entries=2, max_entries=MOST_ROWS)

    def named_members(self) -> list[MemberForm]:
        return [entry.form for entry in self.members if value(entry.form.name)]

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if self.named_members() and not self.name.texts():
            self.name.form[LANGUAGES[0]].errors = [_l("Name the team of these people.")]
            return False
        return valid


class TeamsForm(StepForm):
    teams = FieldList(FormField(TeamForm), min_entries=1, max_entries=MOST_ROWS)

    def draft(self, before: WorkshopDraft) -> WorkshopDraft:
        teams = [entry.form for entry in self.teams if entry.form.name.texts()]
        return replace(
            before,
            teams=tuple(
                TeamDraft(
                    name=team.name.texts(),
                    members=tuple(
                        MemberDraft(
                            name=value(row.name),
                            mode=member(Mode, row.mode),
                            function=value(row.function),
                            id=_id_in(row),
                        )
                        for row in team.named_members()
                    ),
                    id=_id_in(team),
                )
                for team in teams
            ),
        )


def _id_in(row: Any) -> int | None:
    """The row that a sub-form describes anew; a new one has none."""
    number = value(row.id)
    return int(number) if number.isdecimal() and len(number) < 10 else None


def _filled(fieldlist: Any) -> tuple[Texts, ...]:
    texts = (entry.texts() for entry in fieldlist)
    return tuple(found for found in texts if found)


def draft_of(workshop: Workshop) -> WorkshopDraft:
    """The workshop as its organiser described it, times in its own zone."""
    zone = ZoneInfo(workshop.timezone)

    def wall(moment: Any) -> Any:
        return moment.astimezone(zone).replace(tzinfo=None)

    return WorkshopDraft(
        project_id=workshop.project_id,
        title=workshop.title,
        starts_at=wall(workshop.starts_at),
        ends_at=wall(workshop.ends_at),
        timezone=workshop.timezone,
        format=Format(workshop.format),
        seats_in_person=workshop.seats_in_person,
        seats_online=workshop.seats_online,
        venue=workshop.venue,
        city=workshop.city,
        country_code=workshop.country_code,
        address=workshop.address,
        join_link=workshop.join_link,
        rationale=workshop.rationale,
        objectives=tuple(row.text for row in workshop.objectives),
        outlook=workshop.outlook,
        sessions=tuple(
            SessionDraft(row.title, wall(row.starts_at), wall(row.ends_at), row.room, row.id)
            for row in workshop.sessions
        ),
        teams=tuple(
            TeamDraft(
                team.name,
                tuple(
                    MemberDraft(row.name, Mode(row.mode), row.function, row.id)
                    for row in team.members
                ),
                team.id,
            )
            for team in workshop.teams
        ),
        groups=tuple(GroupDraft(row.name, row.id) for row in workshop.groups),
        languages=tuple(workshop.languages),
        is_demonstration=workshop.is_demonstration,
        version=workshop.version,
    )


_PLAIN = (
    "project_id",
    "starts_at",
    "ends_at",
    "timezone",
    "format",
    "seats_in_person",
    "seats_online",
    "venue",
    "country_code",
    "address",
    "join_link",
    "version",
)


def form_data(draft: WorkshopDraft) -> dict[str, Any]:
    """What each step's form shows of a description."""
    plain = {name: getattr(draft, name) for name in _PLAIN}
    texts = {
        name: texts_to_form(getattr(draft, name))
        for name in ("title", "city", "rationale", "outlook")
    }
    return {
        **plain,
        **texts,
        "languages": list(draft.languages),
        "objectives": [texts_to_form(text) for text in draft.objectives],
        "groups": [{"id": group.id, "name": texts_to_form(group.name)} for group in draft.groups],
        "sessions": [
            {
                "id": item.id,
                "title": texts_to_form(item.title),
                "starts_at": item.starts_at,
                "ends_at": item.ends_at,
                "room": item.room,
            }
            for item in draft.sessions
        ],
        "teams": [
            {
                "id": team.id,
                "name": texts_to_form(team.name),
                "members": [
                    {"id": row.id, "name": row.name, "function": row.function, "mode": row.mode}
                    for row in team.members
                ],
            }
            for team in draft.teams
        ],
    }


def wants_to_tell(form: Any) -> bool:
    """Whether the people concerned are written to; steps that do not ask concern nobody."""
    return "tell" not in form or bool(form.tell.data)


def with_version(draft: WorkshopDraft, seen: str | None) -> WorkshopDraft:
    """The draft as based on the version that the form showed; an absent one matches none."""
    number = seen or ""
    return replace(draft, version=int(number) if number.isdigit() else -1)
