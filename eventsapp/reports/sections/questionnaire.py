"""The annex that says what participants were asked."""

from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed

LABEL = Texts.of(en="Annex: questionnaire", fr="Annexe : questionnaire", ar="ملحق: الاستبيان")
FACT = "annexes.questionnaire"
QUESTION = Texts.of(en="Question", fr="Question", ar="السؤال")
CHOICES = Texts.of(en="Answers to choose from", fr="Réponses proposées", ar="الإجابات المتاحة")
FREE = Texts.of(en="In their own words", fr="En texte libre", ar="بنص حر")


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    rows = tuple(_row(sheet, row) for row in sheet.value(FACT) or [])
    head = (sheet.texts(QUESTION), sheet.texts(CHOICES))
    table = (Table("", head, rows),) if rows else ()
    return headed(LABEL, "questionnaire", sheet, table)


def _row(sheet: FactSheet, row: dict[str, Any]) -> tuple[str, str]:
    options = [sheet.text_of(option, FACT) for option in row["options"]]
    return sheet.text_of(row["text"], FACT), " · ".join(options) or sheet.texts(FREE)


QUESTIONNAIRE = Section(
    key="questionnaire", order=115, label=LABEL, compose=compose, has_prose=False
)
