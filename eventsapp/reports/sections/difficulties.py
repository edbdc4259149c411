"""What stood in the way, and how it was resolved."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed

LABEL = Texts.of(
    en="Difficulties and how they were resolved",
    fr="Difficultés et solutions apportées",
    ar="الصعوبات وكيفية تجاوزها",
)
FACT = "outcomes.difficulties"
HEAD = (
    Texts.of(en="Difficulty", fr="Difficulté", ar="الصعوبة"),
    Texts.of(en="How it was resolved", fr="Solution apportée", ar="كيف جرى تجاوزها"),
)


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    rows = tuple(
        (
            sheet.text_of(row["text"], FACT),
            sheet.text_of(row["resolution"], FACT) if row["resolution"] else "–",
        )
        for row in sheet.value(FACT) or []
    )
    head = tuple(sheet.texts(title) for title in HEAD)
    table = (Table("", head, rows),) if rows else ()
    return headed(LABEL, "difficulties", sheet, table)


DIFFICULTIES = Section(key="difficulties", order=82, label=LABEL, compose=compose, has_prose=False)
