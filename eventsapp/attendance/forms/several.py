"""Input about several people at once: a list to invite, colleagues to register."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, ValidationError

from eventsapp.attendance.forms.participants import MODE_LABELS, NEEDED
from eventsapp.attendance.rules.delegations import MOST_MEMBERS
from eventsapp.attendance.rules.inviting import rows_of_text
from eventsapp.attendance.rules.registering import modes_of
from eventsapp.attendance.types import RegistrationDraft
from eventsapp.core.texts import LANGUAGES
from eventsapp.edge.tables import read_table
from eventsapp.people.rules import LONGEST_ADDRESS
from eventsapp.people.types import PersonDraft
from eventsapp.web.forms import CreationForm, PageForm, choices, line, member, value
from eventsapp.web.locale import OWN_NAMES, current_language
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode

LONGEST_LIST = 200_000
SPARE_ROWS = 3


class InvitingForm(PageForm):
    """People to invite: pasted, or in a file; what was read of it comes back for a second look."""

    people = TextAreaField(
        _l("People"),
        [Length(max=LONGEST_LIST, message=_l("Use at most %(max)d characters."))],
        description=_l("A line each: Name <address>, or name, address, institution."),
    )
    file = FileField(
        _l("Or a file"),
        description=_l("CSV or XLSX with the columns name and e-mail address."),
    )
    language = RadioField(
        _l("Language, where the list names none"),
        choices=choices((code, OWN_NAMES[code]) for code in LANGUAGES),
        default=current_language,
    )
    seen = HiddenField()

    def rows(self) -> Sequence[Sequence[str]]:
        """The list as cells; raises UnreadableFile."""
        uploaded = request.files.get(self.file.name)
        if uploaded and uploaded.filename:
            return read_table(uploaded.read())
        return rows_of_text(self.people.data or "")

    def is_as_seen(self) -> bool:
        """Whether exactly this list was looked at before."""
        return _same_lines(self.people.data) == _same_lines(self.seen.data)

    def show_as_read(self, lines: Sequence[str]) -> None:
        if lines:
            self.people.data = self.seen.data = "\n".join(lines)


def _same_lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class ColleagueRow(Form):  # type: ignore[misc] # WTForms ships no types
    """One colleague; a row without name and address is left out."""

    name = StringField(_l("Full name"), line())
    email = EmailField(_l("E-mail address"))
    function = StringField(_l("Function"), line())
    mode = SelectField(_l("Takes part"), validate_choice=False)
    language = SelectField(
        _l("Language"), choices=choices((code, OWN_NAMES[code]) for code in LANGUAGES)
    )

    def validate_mode(self, field: Any) -> None:
        """What was not offered is no way to take part."""
        if field.data not in {one.value for one in field.choices}:
            raise ValidationError(_l("Choose one."))

    def is_filled(self) -> bool:
        return bool(value(self.name) or value(self.email))

    def validate(self, extra_validators: Any = None) -> bool:
        """A row counts once something stands in it; then name and address must be right."""
        if self.is_filled():
            wanted = [
                InputRequired(NEEDED),
                Email(_l("Write a whole address, such as name@example.org.")),
                Length(max=LONGEST_ADDRESS, message=_l("Use at most %(max)d characters.")),
            ]
            extra_validators = {"name": [InputRequired(NEEDED)], "email": wanted}
        is_valid: bool = super().validate(extra_validators)
        return is_valid


class ColleaguesForm(CreationForm):
    """Several people of one institution, registered by one of them."""

    institution = StringField(_l("Institution"), [InputRequired(NEEDED), *line()])
    members = FieldList(FormField(ColleagueRow), min_entries=SPARE_ROWS, max_entries=MOST_MEMBERS)

    def offer(self, workshop: Workshop) -> None:
        modes = [(mode.value, MODE_LABELS[mode]) for mode in modes_of(workshop)]
        for entry in self.members:
            entry.form.mode.choices = choices(modes)
            entry.form.mode.data = entry.form.mode.data or modes[0][0]
            entry.form.language.data = entry.form.language.data or current_language()

    def institution_name(self) -> str:
        return value(self.institution)

    def members_drafts(self, country_code: str) -> list[RegistrationDraft]:
        """The filled rows; consents are theirs to give, so none are."""
        rows = [entry.form for entry in self.members if entry.form.is_filled()]
        return [
            RegistrationDraft(person=self._person(row, country_code), mode=member(Mode, row.mode))
            for row in rows
        ]

    def _person(self, row: Any, country_code: str) -> PersonDraft:
        return PersonDraft(
            name=value(row.name),
            email=value(row.email),
            language=value(row.language),
            institution=value(self.institution),
            function=value(row.function),
            country_code=country_code,
        )
