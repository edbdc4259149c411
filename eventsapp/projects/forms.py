"""Input of organisations, donors and projects."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    URLField,
)
from wtforms.validators import URL, InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.projects.models import Contract, Donor
from eventsapp.projects.types import (
    Accent,
    ContractDraft,
    DerogationDraft,
    DonorDraft,
    OrganisationDraft,
    ProjectDraft,
    RepresentativeDraft,
)
from eventsapp.web.forms import (
    CreationForm,
    TextsField,
    choices,
    line,
    member,
    texts_to_form,
    value,
)

NEEDED = _l("Fill this in.")
# Official emblems come with the product, so that nobody has to redraw one.
EMBLEMS = {
    "": _l("No emblem"),
    "european-union.svg": _l("Emblem of the European Union"),
}
WHOLE_ADDRESS = _l("Give a whole web address, with https://.")


def _web_address(label: Any) -> URLField:
    return URLField(label, [Optional(), URL(message=WHOLE_ADDRESS), *line(500), _only_web])


def _only_web(_form: Any, field: Any) -> None:
    if not (field.data or "").lower().startswith(("https://", "http://")):
        raise ValidationError(WHOLE_ADDRESS)


ACCENTS = {
    Accent.PETROL: _l("Petrol"),
    Accent.BLUE: _l("Blue"),
    Accent.GREEN: _l("Green"),
    Accent.PLUM: _l("Plum"),
    Accent.RUST: _l("Rust"),
}


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
    version = HiddenField()
    name = TextsField(_l("Name"), required=True)
    acronym = StringField(_l("Acronym"), line(40))
    statement = TextsField(
        _l("Statement"),
        required=True,
        description=_l("Printed beside the emblem: “Co-funded by the European Union”."),
    )
    emblem = RadioField(_l("Emblem"))
    emblem_file = FileField(
        _l("Another logo"),
        description=_l("PNG, JPEG or WebP; it is shown as it is, beside the statement."),
    )
    represented_by = FieldList(FormField(RepresentativeForm), min_entries=1, max_entries=10)

    def offer(self, present: str) -> None:
        """The official emblems we hold, the donor's own logo where there is one, or none."""
        own = {} if present in EMBLEMS else {present: _l("The present logo")}
        self.emblem.choices = choices({**own, **EMBLEMS}.items())
        if self.emblem.data is None:
            self.emblem.data = present

    def draft(self, emblem: str) -> DonorDraft:
        """``emblem`` is what the chosen or uploaded one is kept as."""
        rows = [entry.form for entry in self.represented_by if entry.form.name.texts()]
        return DonorDraft(
            name=self.name.texts(),
            acronym=value(self.acronym),
            statement=self.statement.texts(),
            emblem=emblem,
            represented_by=tuple(
                RepresentativeDraft(
                    row.name.texts(), value(row.acronym), row.acting_through.texts()
                )
                for row in rows
            ),
        )


def donor_data(donor: Donor) -> dict[str, Any]:
    return {
        "version": donor.version,
        "name": texts_to_form(donor.name),
        "acronym": donor.acronym,
        "statement": texts_to_form(donor.statement),
        "emblem": donor.emblem,
        "represented_by": [
            {
                "name": texts_to_form(row.name),
                "acronym": row.acronym,
                "acting_through": texts_to_form(row.acting_through),
            }
            for row in donor.represented_by
        ],
    }


class DerogationForm(CreationForm):
    donor_id = SelectField(_l("Donor"), coerce=int)
    reason = StringField(
        _l("Reason"),
        [InputRequired(NEEDED), *line(500)],
        description=_l("Why the donor must not be shown, such as the safety of people."),
    )
    authorised_by = StringField(
        _l("Authorised by"),
        [InputRequired(NEEDED), *line()],
        description=_l("Who allowed it at the donor, with the date of the letter."),
    )
    until = DateField(_l("Until"), [InputRequired(NEEDED)])

    def offer(self, donors: list[tuple[int, str]]) -> None:
        self.donor_id.choices = choices((str(key), name) for key, name in donors)

    def draft(self) -> DerogationDraft:
        return DerogationDraft(
            self.donor_id.data, value(self.reason), value(self.authorised_by), self.until.data
        )


class ContractForm(CreationForm):
    version = HiddenField()
    number = StringField(_l("Contract number"), [InputRequired(NEEDED), *line(100)])
    donor_id = SelectField(
        _l("Granted by"),
        coerce=int,
        description=_l("Reports of its workshops acknowledge this donor."),
    )
    starts_on = DateField(_l("First day"), [Optional()])
    ends_on = DateField(_l("Last day"), [Optional()])
    disclaimer = TextsField(
        _l("Disclaimer"), long=True, description=_l("As the contract words it; ends each report.")
    )

    def offer(self, donors: list[tuple[int, str]]) -> None:
        together = ("0", _l("All donors of the project together"))
        self.donor_id.choices = choices([together, *((str(key), name) for key, name in donors)])

    def draft(self) -> ContractDraft:
        return ContractDraft(
            number=value(self.number),
            donor_id=self.donor_id.data or None,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            disclaimer=self.disclaimer.texts(),
        )


def contract_data(contract: Contract) -> dict[str, Any]:
    return {
        "version": contract.version,
        "number": contract.number,
        "donor_id": contract.donor_id or 0,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "disclaimer": texts_to_form(contract.disclaimer),
    }


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
    accent = SelectField(
        _l("Colour"),
        choices=choices(ACCENTS.items()),
        description=_l("Of the project’s page, its news and its reports."),
    )
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
            accent=member(Accent, self.accent),
        )
