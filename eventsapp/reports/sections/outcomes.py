"""What became of each objective, and what shows it."""

from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(
    en="Outcomes against objectives",
    fr="Résultats au regard des objectifs",
    ar="النتائج مقارنة بالأهداف",
)
FACT = "outcomes.objectives"
HEAD = (
    Texts.of(en="Objective", fr="Objectif", ar="الهدف"),
    Texts.of(en="Outcome", fr="Résultat", ar="النتيجة"),
    Texts.of(en="What shows it", fr="Ce qui le montre", ar="الدليل"),
)
STATUS = {
    "achieved": Texts.of(en="Achieved", fr="Atteint", ar="تحقق"),
    "partly": Texts.of(en="Partly achieved", fr="Partiellement atteint", ar="تحقق جزئيًا"),
    "not": Texts.of(en="Not achieved", fr="Non atteint", ar="لم يتحقق"),
}


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    blocks = (*prose_of(sheet, prose), *_table(sheet))
    return headed(LABEL, "outcomes", sheet, blocks)


def _table(sheet: FactSheet) -> tuple[Block, ...]:
    rows = sheet.value(FACT) or []
    if not rows:
        return ()
    return (
        Table(
            caption="",
            head=tuple(sheet.texts(title) for title in HEAD),
            rows=tuple(_row(sheet, row) for row in rows),
        ),
    )


def _row(sheet: FactSheet, row: dict[str, Any]) -> tuple[str, ...]:
    return (
        sheet.text_of(row["objective"], FACT),
        sheet.texts(STATUS[row["status"]]),
        sheet.text_of(row["evidence"], FACT),
    )


OUTCOMES = Section(key="outcomes", order=65, label=LABEL, compose=compose)
