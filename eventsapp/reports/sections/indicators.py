"""What the workshop adds to the project's targets, and how far the project is."""

from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Chart, Series, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed

LABEL = Texts.of(
    en="Contribution to the project’s indicators",
    fr="Contribution aux indicateurs du projet",
    ar="المساهمة في مؤشرات المشروع",
)
FACT = "indicators.progress"
INDICATOR = Texts.of(en="Indicator", fr="Indicateur", ar="المؤشر")
BASELINE = Texts.of(en="Baseline", fr="Valeur de départ", ar="خط الأساس")
WORKSHOP = Texts.of(en="This workshop", fr="Cet atelier", ar="هذه الورشة")
TOTAL = Texts.of(en="Project so far", fr="Projet à ce jour", ar="المشروع حتى الآن")
TARGET = Texts.of(en="Target", fr="Cible", ar="المستهدف")
PROGRESS = Texts.of(
    en="Progress towards the targets",
    fr="Progression vers les cibles",
    ar="التقدم نحو المستهدف",
)
REACHED = Texts.of(en="Reached", fr="Atteint", ar="المتحقق")
SUMMARY = Texts.of(
    en="What the project has reached so far, as a share of each target.",
    fr="Ce que le projet a atteint à ce jour, en part de chaque cible.",
    ar="ما حققه المشروع حتى الآن كنسبة من كل مستهدف.",
)
OF_TARGET = Texts.of(
    en="{total} of {target} ({share})",
    fr="{total} sur {target} ({share})",
    ar="{total} من {target} ({share})",
)


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    rows = sheet.value(FACT) or []
    blocks = (_table(sheet, rows), *progress_chart(sheet, rows)) if rows else ()
    return headed(LABEL, "indicators", sheet, blocks)


def _table(sheet: FactSheet, rows: list[dict[str, Any]]) -> Block:
    number = sheet.language.number
    head = (INDICATOR, BASELINE, WORKSHOP, TOTAL, TARGET)
    return Table(
        caption="",
        head=tuple(sheet.texts(title) for title in head),
        rows=tuple(
            (
                sheet.text_of(row["name"], FACT),
                number(row["baseline"]),
                number(row["contribution"]),
                number(row["total"]),
                number(row["target"]) if row["target"] else "–",
            )
            for row in rows
        ),
        numeric=(1, 2, 3, 4),
    )


def progress_chart(sheet: FactSheet, rows: list[dict[str, Any]]) -> tuple[Block, ...]:
    """A bar for each indicator that has a target; a target that is passed fills its bar."""
    aimed = [row for row in rows if row["target"]]
    if not aimed:
        return ()
    shares = [row["total"] / row["target"] for row in aimed]
    return (
        Chart(
            kind="bar",
            title=sheet.texts(PROGRESS),
            summary=sheet.texts(SUMMARY),
            categories=tuple(sheet.text_of(row["name"], FACT) for row in aimed),
            series=(
                Series(
                    label=sheet.texts(REACHED),
                    values=tuple(min(share, 1.0) for share in shares),
                    texts=tuple(_reached(sheet, row) for row in aimed),
                ),
            ),
        ),
    )


def _reached(sheet: FactSheet, row: dict[str, Any]) -> str:
    language = sheet.language
    return sheet.texts(OF_TARGET).format(
        total=language.number(row["total"]),
        target=language.number(row["target"]),
        share=language.share(row["total"] / row["target"]),
    )


INDICATORS = Section(key="indicators", order=86, label=LABEL, compose=compose, has_prose=False)
