"""What the workshop was to achieve."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Bullets
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(en="Objectives", fr="Objectifs", ar="الأهداف")


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    objectives = sheet.write_texts("workshop.objectives")
    bullets = (Bullets(objectives),) if objectives else ()
    return headed(LABEL, "objectives", sheet, (*prose_of(sheet, prose), *bullets))


OBJECTIVES = Section(key="objectives", order=40, label=LABEL, compose=compose)
