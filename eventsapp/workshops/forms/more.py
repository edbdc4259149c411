"""Forms about a whole workshop: copies of it, its organiser, who presents what."""

from collections.abc import Iterable
from datetime import date

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.core.errors import N_, Invalid
from eventsapp.projects.models import Contract
from eventsapp.web.forms import CreationForm, PageForm, choices
from eventsapp.workshops.forms.words import MODE_LABELS
from eventsapp.workshops.models import TeamMember, Workshop, WorkshopSession
from eventsapp.workshops.types import Mode, Presenting

MOST_COPIES = 24


class CopyForm(CreationForm):
    """On which days the copies begin; empty rows are left out."""

    days = FieldList(
        DateField(_l("First day"), [Optional()]), min_entries=1, max_entries=MOST_COPIES
    )
    in_series = BooleanField(
        _l("List them as one series"),
        default=True,
        description=_l("Their pages then lead to one another."),
    )

    def first_days(self) -> list[date]:
        return [entry.data for entry in self.days if entry.data]


class HandOverForm(PageForm):
    user_id = SelectField(_l("Colleague"), coerce=int)

    def offer(self, colleagues: Iterable[tuple[int, str]]) -> None:
        self.user_id.choices = choices((str(number), name) for number, name in colleagues)


class ContractsForm(PageForm):
    contract_ids = SelectMultipleField(
        _l("Contracts"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, contracts: Iterable[Contract]) -> None:
        self.contract_ids.choices = choices((str(row.id), row.number) for row in contracts)

    def chosen(self) -> list[int]:
        return list(self.contract_ids.data or ())


class SheetMissing(Invalid):
    message = N_("Choose a file.")
    field = "file"


class SheetForm(PageForm):
    file = FileField(_l("File"), description=_l("CSV or XLSX, as the list of workshops exports."))

    def content(self) -> bytes:
        """The file's bytes; raises SheetMissing."""
        if not self.file.data or not self.file.data.filename:
            raise SheetMissing
        content: bytes = self.file.data.read()
        return content

    def file_name(self) -> str:
        return str(self.file.data.filename)


class PresentersForm(FlaskForm):  # type: ignore[misc] # Flask-WTF ships no types
    """For each session a choice for everybody who presents: not there, in person, online."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self.workshop = workshop
        self.members = [(team, row) for team in workshop.teams for row in team.members]
        self.choices = [("", _l("does not present")), *MODE_LABELS.items()]

    def name_of(self, session: WorkshopSession, member: TeamMember) -> str:
        return f"presents-{session.id}-{member.id}"

    def chosen(self, session: WorkshopSession, member: TeamMember) -> str:
        """How the person joins for the session as it is saved; empty where they do not present."""
        modes = {row.member_id: row.mode for row in session.presenters}
        return modes.get(member.id, "")

    def is_sent(self) -> bool:
        return bool(self.validate_on_submit())

    def presenting(self) -> list[Presenting]:
        """What was chosen; any other value is nobody's choice and is left out."""
        found = []
        for session in self.workshop.sessions:
            for _team, member in self.members:
                mode = request.form.get(self.name_of(session, member), "")
                if mode in set(Mode):
                    found.append(Presenting(session.id, member.id, Mode(mode)))
        return found
