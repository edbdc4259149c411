"""What ought to be done next, by whom and by when."""

from datetime import date
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed

LABEL = Texts.of(en="Recommendations", fr="Recommandations", ar="التوصيات")
FACT = "outcomes.recommendations"
HEAD = (
    Texts.of(en="Recommendation", fr="Recommandation", ar="التوصية"),
    Texts.of(en="Who", fr="Responsable", ar="الجهة المعنية"),
    Texts.of(en="By when", fr="Échéance", ar="الموعد"),
)


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    rows = tuple(_row(sheet, row) for row in sheet.value(FACT) or [])
    head = tuple(sheet.texts(title) for title in HEAD)
    table = (Table("", head, rows),) if rows else ()
    return headed(LABEL, "recommendations", sheet, table)


def _row(sheet: FactSheet, row: dict[str, Any]) -> tuple[str, ...]:
    due = sheet.language.day(date.fromisoformat(row["due"])) if row["due"] else "–"
    return sheet.text_of(row["text"], FACT), row["owner"] or "–", due


RECOMMENDATIONS = Section(
    key="recommendations", order=84, label=LABEL, compose=compose, has_prose=False
)
