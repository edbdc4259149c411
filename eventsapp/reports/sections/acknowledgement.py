"""Who pays, said as their contracts want it."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.marks import acknowledgement_of
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(en="Acknowledgement", fr="Remerciements", ar="شكر وتقدير")


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    blocks = (*prose_of(sheet, prose), *acknowledgement_of(sheet))
    return headed(LABEL, "acknowledgement", sheet, blocks)


ACKNOWLEDGEMENT = Section(
    key="acknowledgement", order=200, label=LABEL, compose=compose, is_required=True
)
