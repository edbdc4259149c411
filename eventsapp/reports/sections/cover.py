"""What the report is about, for whom and by whom, on a page of its own."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Cover
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.marks import emblems_of, statements_of
from eventsapp.reports.section import Section

KICKER = Texts.of(en="Workshop report", fr="Rapport d’atelier", ar="تقرير ورشة عمل")
LINES = (
    "workshop.period",
    "workshop.place",
    "workshop.format",
    "project.name",
    "project.contract_number",
    "organisation.name",
    "workshop.ref",
)


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    cover = Cover(
        kicker=sheet.texts(KICKER),
        title=sheet.write("workshop.title"),
        subtitle=sheet.write("project.acronym"),
        lines=tuple((sheet.label(key), sheet.write(key)) for key in LINES if sheet.has(key)),
        emblems=emblems_of(sheet),
        statement=statements_of(sheet),
    )
    return (cover,)


COVER = Section(
    key="cover",
    order=10,
    label=Texts.of(en="Cover", fr="Couverture", ar="الغلاف"),
    compose=compose,
    has_prose=False,
    is_first=True,
    is_required=True,
    has_title=False,
)
