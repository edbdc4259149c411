"""Input of organisations, donors and projects."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    URLField,
)
from wtforms.validators import URL, InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.projects.types import (
    DonorDraft,
    OrganisationDraft,
    ProjectDraft,
    RepresentativeDraft,
)
from eventsapp.web.forms import CreationForm, TextsField, choices, line, value

NEEDED = _l("Fill this in.")
WHOLE_ADDRESS = _l("Give a whole web address, with https://.")


def _web_address(label: Any) -> URLField:
    return URLField(label, [Optional(), URL(message=WHOLE_ADDRESS), *line(500), _only_web])


def _only_web(_form: Any, field: Any) -> None:
    if not (field.data or "").lower().startswith(("https://", "http://")):
        raise ValidationError(WHOLE_ADDRESS)


class OrganisationForm(CreationForm):
    name = TextsField(_l("Name"), required=True)
    acronym = StringField(_l("Acronym"), line(40))
    url = _web_address(_l("Website"))

    def draft(self) -> OrganisationDraft:
        return OrganisationDraft(self.name.texts(), value(self.acronym), value(self.url))


class RepresentativeForm(Form):  # type: ignore[misc] # WTForms ships no types
    """An authority the donor acts through; without a name the row is left out."""

    name = TextsField(_l("Name"))
    acronym = StringField(_l("Acronym"), line(40))
    acting_through = TextsField(
        _l("Words before the name"),
        description=_l(
            "For example: “the Federal Department of Foreign Affairs acting through its”."
        ),
    )


class DonorForm(CreationForm):
    name = TextsField(_l("Name"), required=True)
    acronym = StringField(_l("Acronym"), line(40))
    statement = TextsField(
        _l("Statement"),
        required=True,
        description=_l("Printed beside the emblem: “Co-funded by the European Union”."),
    )
    represented_by = FieldList(FormField(RepresentativeForm), min_entries=1, max_entries=10)

    def draft(self) -> DonorDraft:
        rows = [entry.form for entry in self.represented_by if entry.form.name.texts()]
        return DonorDraft(
            name=self.name.texts(),
            acronym=value(self.acronym),
            statement=self.statement.texts(),
            represented_by=tuple(
                RepresentativeDraft(
                    row.name.texts(), value(row.acronym), row.acting_through.texts()
                )
                for row in rows
            ),
        )


class ProjectForm(CreationForm):
    version = HiddenField()
    acronym = StringField(_l("Acronym"), [InputRequired(NEEDED), *line(40)])
    name = TextsField(_l("Name"), required=True)
    organisation_id = SelectField(_l("Organisation"), coerce=int)
    donor_ids = SelectMultipleField(
        _l("Donors"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    summary = TextsField(_l("Summary"), long=True)
    background = TextsField(
        _l("Background"), long=True, description=_l("What led here. Reports quote it.")
    )
    disclaimer = TextsField(
        _l("Disclaimer"), long=True, description=_l("As the contract words it; ends each report.")
    )
    contract_number = StringField(_l("Contract number"), line(100))
    url = _web_address(_l("Project website"))
    reports_sex = BooleanField(
        _l("The project reports on women and men"),
        default=True,
        description=_l("Only then are participants asked, always with a way not to say."),
    )

    def offer(self, organisations: list[tuple[int, str]], donors: list[tuple[int, str]]) -> None:
        self.organisation_id.choices = choices((str(key), name) for key, name in organisations)
        self.donor_ids.choices = choices((str(key), name) for key, name in donors)

    def draft(self) -> ProjectDraft:
        return ProjectDraft(
            acronym=value(self.acronym),
            name=self.name.texts(),
            organisation_id=self.organisation_id.data,
            donor_ids=tuple(self.donor_ids.data or ()),
            summary=self.summary.texts(),
            background=self.background.texts(),
            disclaimer=self.disclaimer.texts(),
            url=value(self.url),
            contract_number=value(self.contract_number),
            reports_sex=self.reports_sex.data,
        )
