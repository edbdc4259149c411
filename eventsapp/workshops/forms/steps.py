"""The further steps of describing a workshop: purpose, agenda, presenting teams."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateTimeLocalField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    URLField,
)
from wtforms.validators import URL, Email, Length, Optional

from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.people.rules import LONGEST_ADDRESS
from eventsapp.web.forms import PageForm, TextsField, choices, line, member, value
from eventsapp.web.locale import OWN_NAMES
from eventsapp.workshops.forms.words import (
    FULL_HOUR,
    MODE_LABELS,
    MOST_ROWS,
    NEEDED,
    WHOLE_ADDRESS,
    check_web_address,
    id_in,
    tell_field,
)
from eventsapp.workshops.types import (
    GroupDraft,
    MemberDraft,
    Mode,
    SessionDraft,
    TeamDraft,
    WorkshopDraft,
)


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
                GroupDraft(entry.form.name.texts(), id=id_in(entry.form))
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
    venue = SelectField(_l("Place"), default="")
    room = StringField(_l("Room"), line())
    join_link = URLField(
        _l("Joining link of its own"),
        [Optional(), URL(message=WHOLE_ADDRESS), *line(500)],
        description=_l("Only where this session has a call of its own."),
    )

    def validate_join_link(self, field: Any) -> None:
        check_web_address(field)

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
    tell = tell_field()
    sessions = FieldList(FormField(SessionForm), min_entries=2, max_entries=MOST_ROWS)

    def offer_places(self, own: str, venues: Iterable[str]) -> None:
        """Fill in where a session can take place: at the workshop's own place, or a further one."""
        offered = [("", own), *((str(number), name) for number, name in enumerate(venues))]
        for entry in self.sessions:
            entry.form.venue.choices = choices(offered)

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
                    venue=int(item.venue.data) if item.venue.data else None,
                    join_link=value(item.join_link),
                    id=id_in(item),
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
        _l("Takes part"),
        choices=choices((mode, label) for mode, label in MODE_LABELS.items()),
        default=Mode.IN_PERSON,
    )
    email = EmailField(
        _l("E-mail address"),
        [
            Optional(),
            Email(_l("Write a whole address, such as name@example.org.")),
            Length(max=LONGEST_ADDRESS, message=_l("Use at most %(max)d characters.")),
        ],
        description=_l("Only for the mail about what they present. It is never shown."),
    )
    language = SelectField(
        _l("Language of the mail"), choices=choices((code, OWN_NAMES[code]) for code in LANGUAGES)
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
                            email=value(row.email).strip(),
                            language=row.language.data,
                            id=id_in(row),
                        )
                        for row in team.named_members()
                    ),
                    id=id_in(team),
                )
                for team in teams
            ),
        )


def _filled(fieldlist: Any) -> tuple[Texts, ...]:
    texts = (entry.texts() for entry in fieldlist)
    return tuple(found for found in texts if found)
