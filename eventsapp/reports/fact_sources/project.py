"""The project, the organisation that runs it, and the donors who pay."""

from collections.abc import Iterable
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.projects.models import Donor, Project
from eventsapp.projects.queries import Funding, funding_of
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop

LABELS = {
    "organisation.name": Texts.of(en="Organisation", fr="Organisation", ar="المنظمة"),
    "organisation.named": Texts.of(
        en="Organisation, with its acronym",
        fr="Organisation, avec son sigle",
        ar="المنظمة مع اختصارها",
    ),
    "organisation.acronym": Texts.of(
        en="Acronym of the organisation", fr="Sigle de l’organisation", ar="اختصار اسم المنظمة"
    ),
    "project.name": Texts.of(en="Project", fr="Projet", ar="المشروع"),
    "project.acronym": Texts.of(
        en="Acronym of the project", fr="Sigle du projet", ar="اختصار اسم المشروع"
    ),
    "project.background": Texts.of(en="Background", fr="Contexte", ar="الخلفية"),
    "project.url": Texts.of(en="Project page", fr="Page du projet", ar="صفحة المشروع"),
    "project.accent": Texts.of(en="Colour", fr="Couleur", ar="اللون"),
    "project.slug": Texts.of(en="Project address", fr="Adresse du projet", ar="عنوان المشروع"),
    "project.contract_number": Texts.of(
        en="Contract number", fr="Numéro de contrat", ar="رقم العقد"
    ),
    "project.disclaimer": Texts.of(
        en="Disclaimer", fr="Clause de non-responsabilité", ar="إخلاء المسؤولية"
    ),
    "donors.sentence": Texts.of(
        en="Who funds the project", fr="Qui finance le projet", ar="الجهات الممولة للمشروع"
    ),
    "donors.statements": Texts.of(
        en="Donors’ statements", fr="Mentions des bailleurs de fonds", ar="بيانات الجهات المانحة"
    ),
}


def gather(workshop: Workshop) -> Iterable[Fact]:
    return facts_of(workshop.project, funding_of(workshop.project, workshop.contracts))


def facts_of(project: Project, funding: Funding) -> Iterable[Fact]:
    """What may be stated of a project, and of the money that the publication rests on."""
    for key, (kind, value) in _values(project, funding).items():
        if value:
            yield Fact(key, kind, value, LABELS[key], public=key != "project.contract_number")


def _values(project: Project, funding: Funding) -> dict[str, tuple[str, Any]]:
    organisation, donors = project.organisation, funding.donors
    named = {"name": organisation.name.to_json(), "acronym": organisation.acronym}
    return {
        "organisation.name": ("text", named["name"]),
        "organisation.named": ("named", named),
        "organisation.acronym": ("plain", organisation.acronym),
        "project.name": ("text", project.name.to_json()),
        "project.acronym": ("plain", project.acronym),
        "project.background": ("text", project.background.to_json()),
        "project.url": ("plain", project.url),
        "project.accent": ("plain", project.accent),
        "project.slug": ("plain", project.slug),
        "project.contract_number": ("plain", ", ".join(funding.contract_numbers)),
        "project.disclaimer": ("text", funding.disclaimer.to_json()),
        "donors.sentence": ("donors", [_donor(donor) for donor in donors]),
        "donors.statements": ("rows", [_statement(donor) for donor in donors]),
    }


def _donor(donor: Donor) -> dict[str, Any]:
    return {
        "name": donor.name.to_json(),
        "represented_by": [
            {
                "name": one.name.to_json(),
                "acronym": one.acronym,
                "acting_through": one.acting_through.to_json(),
            }
            for one in donor.represented_by
        ],
    }


def _statement(donor: Donor) -> dict[str, Any]:
    return {
        "name": donor.name.to_json(),
        "statement": donor.statement.to_json(),
        "emblem": donor.emblem,
    }


def trace(workshop: Workshop, key: str, lang: str) -> Evidence:
    """Projects and donors are described on their own pages."""
    project = workshop.project
    funding = funding_of(project, workshop.contracts)
    if key.startswith("donors."):
        rows = tuple((donor.name.text(lang),) for donor in funding.donors)
        return Evidence((LABELS["donors.sentence"].text(lang),), rows, "projects.manage_index")
    if key == "project.contract_number":
        numbers = tuple((number,) for number in funding.contract_numbers)
        return Evidence((LABELS[key].text(lang),), numbers, "projects.manage_index")
    owner: Any = project.organisation if key.startswith("organisation.") else project
    name = key.partition(".")[2]
    value = (
        funding.disclaimer
        if name == "disclaimer"
        else getattr(owner, "name" if name == "named" else name)
    )
    shown = value.text(lang) if isinstance(value, Texts) else str(value)
    return Evidence((LABELS[key].text(lang),), ((shown,),), "projects.manage_index")


PROJECT = FactSource(
    key="project",
    order=50,
    label=Texts.of(
        en="Project and donors", fr="Projet et bailleurs de fonds", ar="المشروع والجهات المانحة"
    ),
    gather=gather,
    trace=trace,
    prefixes=("organisation", "donors"),
)
