"""The roll-up as a document, in the blocks that reports are made of."""

from collections.abc import Callable, Mapping
from datetime import datetime

from eventsapp.core.dates import day_in
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import (
    Block,
    Cover,
    Document,
    FactBox,
    Figure,
    Heading,
    Table,
)
from eventsapp.documents.labels import labels_for
from eventsapp.progress.types import RollUp, WorkshopRow
from eventsapp.reports import marks, queries
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.fact_sources import project as project_facts
from eventsapp.reports.sections import acknowledgement, indicators, participation
from eventsapp.reports.types import EditionKind, Fact

KICKER = Texts.of(en="Project report", fr="Rapport de projet", ar="تقرير المشروع")
AS_OF = Texts.of(en="As of", fr="État au", ar="حتى تاريخ")
SUMMARY = Texts.of(en="Summary", fr="Résumé", ar="ملخص")
FIGURES = Texts.of(en="The project in figures", fr="Le projet en chiffres", ar="المشروع بالأرقام")
WORKSHOPS = Texts.of(en="Workshops", fr="Ateliers", ar="الورش")
LABELS = {
    "workshops": Texts.of(en="workshops held", fr="ateliers tenus", ar="ورش عقدت"),
    "persons": Texts.of(
        en="persons, each counted once",
        fr="personnes, chacune comptée une fois",
        ar="أشخاص، كل منهم مرة واحدة",
    ),
    "participations": Texts.of(
        en="participations, summed over workshops",
        fr="participations, additionnées par atelier",
        ar="مشاركات، مجموعة عن كل الورش",
    ),
    "attendances": Texts.of(
        en="attendances (persons × days)",
        fr="présences (personnes × jours)",
        ar="مرات حضور (أشخاص × أيام)",
    ),
}
PERSONS = Texts.of(en="Persons", fr="Personnes", ar="الأشخاص")
ATTENDANCES = Texts.of(en="Attendances", fr="Présences", ar="مرات الحضور")
WOMEN = Texts.of(en="Women", fr="Femmes", ar="النساء")
BREAKDOWNS: Mapping[str, tuple[Texts, Texts]] = {
    "by_sex": (
        Texts.of(en="Persons by sex", fr="Personnes par sexe", ar="الأشخاص حسب الجنس"),
        participation.SEX,
    ),
    "by_country": (
        Texts.of(en="Persons by country", fr="Personnes par pays", ar="الأشخاص حسب البلد"),
        participation.BREAKDOWNS["by_country"],
    ),
    "by_mode": (
        Texts.of(en="Persons by mode", fr="Personnes par mode", ar="الأشخاص حسب طريقة المشاركة"),
        participation.MODE,
    ),
}
HEAD = (
    Texts.of(en="Workshop", fr="Atelier", ar="الورشة"),
    Texts.of(en="Date", fr="Date", ar="التاريخ"),
    PERSONS,
    ATTENDANCES,
    WOMEN,
)
# A longer list is in the spreadsheet.
MOST_ROWS = 500


def sheet_of(rolled: RollUp, lang: str) -> FactSheet:
    """The project's own facts and its progress, as sections of reports read them; it is for those
    inside and for donors, so it says the numbers of contracts too."""
    facts = list(project_facts.facts_of(rolled.project, rolled.funding))
    rows = [
        {
            "name": row.name.to_json(),
            "baseline": row.baseline,
            "target": row.target,
            "contribution": row.contribution,
            "total": row.total,
        }
        for row in rolled.progress
    ]
    if rows:
        facts.append(Fact(indicators.FACT, "rows", rows, indicators.LABEL))
    return queries.sheet_of(facts, lang, EditionKind.DONOR)


def compose(rolled: RollUp, lang: str, *, now: datetime) -> Document:
    """The whole roll-up in one language."""
    sheet = sheet_of(rolled, lang)
    title = sheet.write("project.name")
    return Document(
        lang=lang,
        title=title,
        blocks=(_cover(rolled, sheet, now), *_body(rolled, sheet)),
        running_title=rolled.project.acronym,
        author=sheet.write("organisation.name"),
        subject=title,
        keywords=(rolled.project.acronym,),
        created=now,
        identifier=f"{rolled.project.slug}-{now:%Y%m%d%H%M%S}-{lang}",
        edition_note=_as_of(sheet, now),
        labels=labels_for(lang),
        accent=sheet.value("project.accent") or "petrol",
    )


def _as_of(sheet: FactSheet, now: datetime) -> str:
    return f"{sheet.texts(AS_OF)} {sheet.language.day(now.date())}"


def _cover(rolled: RollUp, sheet: FactSheet, now: datetime) -> Block:
    keys = ("project.name", "organisation.name", "project.contract_number")
    lines = tuple((sheet.label(key), sheet.write(key)) for key in keys if sheet.has(key))
    return Cover(
        kicker=sheet.texts(KICKER),
        title=rolled.project.acronym,
        subtitle=sheet.write("project.name"),
        lines=(*lines, (sheet.texts(AS_OF), sheet.language.day(now.date()))),
        emblems=marks.emblems_of(sheet),
        statement=marks.statements_of(sheet),
    )


def _body(rolled: RollUp, sheet: FactSheet) -> tuple[Block, ...]:
    return (
        Heading(2, sheet.texts(SUMMARY), "summary"),
        _figures(rolled, sheet),
        *breakdown_blocks(rolled, sheet),
        *progress_blocks(sheet),
        Heading(2, sheet.texts(WORKSHOPS), "workshops"),
        _workshops(rolled, sheet),
        Heading(2, sheet.texts(acknowledgement.LABEL), "acknowledgement"),
        *marks.acknowledgement_of(sheet),
    )


def progress_blocks(sheet: FactSheet) -> tuple[Block, ...]:
    """The chart of the way to each target, without what a single workshop adds."""
    return indicators.progress_chart(sheet, sheet.value(indicators.FACT) or [])


def _figures(rolled: RollUp, sheet: FactSheet) -> Block:
    totals, number = rolled.totals, sheet.language.number
    return FactBox(
        sheet.texts(FIGURES),
        tuple(
            Figure(sheet.texts(label), number(getattr(totals, name)))
            for name, label in LABELS.items()
        ),
    )


def breakdown_blocks(rolled: RollUp, sheet: FactSheet) -> tuple[Block, ...]:
    """Persons by sex, country and mode, each person counted once."""
    number = sheet.language.number
    found = []
    for name, (caption, head) in BREAKDOWNS.items():
        counts: Mapping[str, int] = getattr(rolled.totals, name)
        rows = tuple((NAMES[name](sheet, key), number(count)) for key, count in counts.items())
        if rows:
            heads = (sheet.texts(head), sheet.texts(PERSONS))
            found.append(Table(sheet.texts(caption), heads, rows, numeric=(1,)))
    return tuple(found)


NAMES: Mapping[str, Callable[[FactSheet, str], str]] = {
    "by_sex": lambda sheet, key: sheet.language.word(key),
    "by_country": lambda sheet, key: (
        sheet.language.country(key) if key else sheet.texts(participation.NOT_STATED)
    ),
    "by_mode": lambda sheet, key: sheet.language.word(key),
}


def _workshops(rolled: RollUp, sheet: FactSheet) -> Block:
    return Table(
        caption="",
        head=tuple(sheet.texts(title) for title in HEAD),
        rows=tuple(_row(row, sheet) for row in rolled.rows[-MOST_ROWS:]),
        numeric=(2, 3, 4),
    )


def _row(row: WorkshopRow, sheet: FactSheet) -> tuple[str, ...]:
    workshop, totals, language = row.workshop, row.totals, sheet.language
    title = workshop.title.find(language.key) or workshop.ref
    day = day_in(workshop.timezone, now=workshop.starts_at)
    women = totals.by_sex.get("female", 0) if totals.by_sex else None
    return (
        title,
        language.day(day),
        language.number(totals.persons),
        language.number(totals.attendances),
        "–" if women is None else language.number(women),
    )
