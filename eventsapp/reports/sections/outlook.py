"""What comes next."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(en="Outlook", fr="Perspectives", ar="الخطوات المقبلة")


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    return headed(LABEL, "outlook", sheet, prose_of(sheet, prose))


OUTLOOK = Section(key="outlook", order=90, label=LABEL, compose=compose)
