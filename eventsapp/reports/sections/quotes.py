"""Words of participants who agreed to be quoted, in the language they wrote them in."""

from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Quote, Quotes
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed

LABEL = Texts.of(
    en="What participants said", fr="La parole aux participants", ar="ما قاله المشاركون"
)
A_PARTICIPANT = Texts.of(en="A participant", fr="Un participant", ar="أحد المشاركين")


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    return headed(LABEL, "quotes", sheet, quotes_of(sheet))


def quotes_of(
    sheet: FactSheet, most: int = 8, *, rows: list[dict[str, Any]] | None = None
) -> tuple[Block, ...]:
    """The reader's own language first, then the others as they were written; of these ``rows``
    where not all there are is meant."""
    if rows is None:
        rows = sheet.value("feedback.quotes") or []
    ordered = sorted(rows, key=lambda row: row["lang"] != sheet.language.key)
    items = tuple(
        Quote(row["text"], row["attribution"] or sheet.texts(A_PARTICIPANT), row["lang"])
        for row in ordered[:most]
    )
    return (Quotes(items),) if items else ()


QUOTES = Section(key="quotes", order=80, label=LABEL, compose=compose, has_prose=False)
