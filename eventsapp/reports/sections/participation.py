"""Who took part, as sums: each person counts once, in tables and in bars."""

from collections.abc import Mapping
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Chart, Series, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.language import capitalised
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(en="Participation", fr="Participation", ar="المشاركة")
STEPS = ("participants.invited", "participants.registered", "participants.attended")
STEP = Texts.of(en="Stage", fr="Étape", ar="المرحلة")
PERSONS = Texts.of(en="Persons", fr="Personnes", ar="عدد الأشخاص")
FROM_INVITED = Texts.of(
    en="From registration to attendance",
    fr="De l’inscription à la présence",
    ar="من التسجيل إلى الحضور",
)
MODES = Texts.of(
    en="How participants took part",
    fr="Mode de participation",
    ar="كيف شارك المشاركون",
)
OF_ALL = Texts.of(
    en="Of {participants.attended_people}: {parts}.",
    fr="Sur {participants.attended_people}\u202f: {parts}.",
    ar="من أصل {participants.attended_people}: {parts}.",
)
PARTS = {
    "participants.in_person": Texts.of(
        en="{participants.in_person} in person",
        fr="{participants.in_person} en présentiel",
        ar="{participants.in_person} حضوريًا",
    ),
    "participants.online": Texts.of(
        en="{participants.online} online",
        fr="{participants.online} à distance",
        ar="{participants.online} عن بعد",
    ),
    "participants.both": Texts.of(
        en="{participants.both} both ways",
        fr="{participants.both} sous les deux formes",
        ar="{participants.both} بالطريقتين معًا",
    ),
}
BREAKDOWNS: Mapping[str, Texts] = {
    "by_group": Texts.of(en="Group", fr="Groupe", ar="الفئة"),
    "by_sex": Texts.of(en="Sex", fr="Sexe", ar="الجنس"),
    "by_country": Texts.of(en="Country", fr="Pays", ar="البلد"),
    "by_institution": Texts.of(en="Institution", fr="Institution", ar="المؤسسة"),
}
NOT_STATED = Texts.of(en="Not stated", fr="Non précisé", ar="غير محدد")
SEX = Texts.of(en="Sex", fr="Sexe", ar="الجنس")
MODE = Texts.of(en="Mode", fr="Mode", ar="طريقة المشاركة")
# A longer table is attached as data, not printed.
MOST_ROWS = 60


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    if not sheet.has("participants.registered"):
        return headed(LABEL, "participation", sheet, prose_of(sheet, prose))
    breakdowns = [table for name in BREAKDOWNS for table in _breakdown(sheet, name)]
    blocks = (
        *prose_of(sheet, prose),
        *_stages(sheet),
        *modes_of(sheet),
        *breakdowns,
        *_crossed(sheet),
    )
    return headed(LABEL, "participation", sheet, blocks)


def _stages(sheet: FactSheet) -> tuple[Block, ...]:
    rows = tuple((sheet.label(key), sheet.write(key)) for key in STEPS if sheet.has(key))
    head = (sheet.texts(STEP), sheet.texts(PERSONS))
    return (Table(sheet.texts(FROM_INVITED), head, rows, numeric=(1,)),)


def modes_of(sheet: FactSheet) -> tuple[Block, ...]:
    """Bars only where there was a choice of modes."""
    shown = [key for key in PARTS if sheet.has(key)]
    if len(shown) < 2:
        return ()
    parts = sheet.language.listed([sheet.fill(PARTS[key]) for key in shown])
    return (
        Chart(
            kind="bar",
            title=sheet.texts(MODES),
            summary=sheet.fill(sheet.language.text(OF_ALL).replace("{parts}", parts)),
            categories=tuple(sheet.label(key) for key in shown),
            series=(
                Series(
                    label=sheet.texts(PERSONS),
                    values=tuple(sheet.value(key) for key in shown),
                    texts=tuple(sheet.write(key) for key in shown),
                ),
            ),
        ),
    )


def _breakdown(sheet: FactSheet, name: str) -> tuple[Block, ...]:
    """A table of one dimension; one that would have a single row says nothing."""
    pairs = sheet.value(f"participants.{name}") or []
    if len(pairs) < 2:
        return ()
    rows = tuple(
        (_name(sheet, name, key), sheet.language.number(count)) for key, count in pairs[:MOST_ROWS]
    )
    caption = sheet.label(f"participants.{name}")
    head = (sheet.texts(BREAKDOWNS[name]), sheet.texts(PERSONS))
    return (Table(caption, head, rows, numeric=(1,)),)


def _name(sheet: FactSheet, name: str, key: Any) -> str:
    if name == "by_group":
        return capitalised(sheet.text_of(key, "participants.by_group"))
    if not key:
        return sheet.texts(NOT_STATED)
    if name == "by_sex":
        return sheet.language.word(key)
    return sheet.language.country(key) if name == "by_country" else str(key)


def _crossed(sheet: FactSheet) -> tuple[Block, ...]:
    """Two dimensions: the sheet of the public edition has no such fact."""
    rows = sheet.value("participants.by_sex_and_mode") or []
    if not rows:
        return ()
    head = (sheet.texts(SEX), sheet.texts(MODE), sheet.texts(PERSONS))
    cells = tuple(
        (
            sheet.language.word(sex),
            sheet.label(f"participants.{mode}"),
            sheet.language.number(count),
        )
        for sex, mode, count in rows
    )
    return (Table(sheet.label("participants.by_sex_and_mode"), head, cells, numeric=(2,)),)


PARTICIPATION = Section(key="participation", order=60, label=LABEL, compose=compose)
