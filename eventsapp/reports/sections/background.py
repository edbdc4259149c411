"""Where the workshop stands in the project's work, and why it was held."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(en="Background", fr="Contexte", ar="الخلفية")


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    return headed(LABEL, "background", sheet, prose_of(sheet, prose))


BACKGROUND = Section(key="background", order=30, label=LABEL, compose=compose)
