"""What participants thought: how many answered, what they answered, nothing that is too small."""

from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Chart, Prose, Series, Table
from eventsapp.reports.drafting import escape
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(en="Evaluation", fr="Évaluation", ar="التقييم")
ANSWERS = Texts.of(en="Answers", fr="Réponses", ar="الإجابات")
COUNT = Texts.of(en="n = {n}", fr="n = {n}", ar="عدد الإجابات: {n}")
POSITIVE = Texts.of(
    en="{share} answered above the middle of the scale; mean {mean}; n = {n}.",
    fr="{share} ont répondu au-dessus du milieu de l’échelle\u202f; moyenne {mean}\u202f; n = {n}.",
    ar="أجاب {share} بما يفوق منتصف المقياس؛ المتوسط {mean}؛ عدد الإجابات {n}.",
)
GROUP = Texts.of(en="Group", fr="Groupe", ar="الفئة")
QUESTION = Texts.of(en="Question", fr="Question", ar="السؤال")
SHARE = Texts.of(en="Positive", fr="Positif", ar="إيجابي")
SUPPRESSED = Texts.of(en="not shown", fr="non affiché", ar="غير معروض")
TOO_SMALL = Texts.of(
    en="Results for each group (“{by}”) are not published, because a group is too small.",
    fr="Les résultats par groupe (« {by} ») ne sont pas publiés, car un groupe est trop restreint.",
    ar="لا تنشر النتائج حسب الفئة («{by}») لأن إحدى الفئات صغيرة جدًا.",
)


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    results = sheet.value("feedback.results") or []
    charts = tuple(_chart(sheet, result) for result in results)
    blocks = (*prose_of(sheet, prose), *charts, *_groups(sheet))
    return headed(LABEL, "evaluation", sheet, blocks)


def _chart(sheet: FactSheet, result: dict[str, Any]) -> Block:
    """One bar an answer, with its count and share beside it."""
    counts = [count for _, _, count in result["distribution"]]
    return Chart(
        kind="bar",
        title=_text(sheet, result["text"]),
        summary=_summary(sheet, result),
        categories=tuple(_text(sheet, label) for _, label, _ in result["distribution"]),
        series=(
            Series(
                label=sheet.texts(ANSWERS),
                values=tuple(counts),
                texts=tuple(_count_and_share(sheet, count, result["n"]) for count in counts),
            ),
        ),
    )


def _summary(sheet: FactSheet, result: dict[str, Any]) -> str:
    language = sheet.language
    n = language.number(result["n"])
    if result["share_positive"] is None or result["mean"] is None:
        return language.text(COUNT).format(n=n)
    return language.text(POSITIVE).format(
        share=language.share(result["share_positive"]), mean=language.mean(result["mean"]), n=n
    )


def _count_and_share(sheet: FactSheet, count: int, n: int) -> str:
    if not n:
        return sheet.language.number(count)
    return f"{sheet.language.number(count)} ({sheet.language.share(count / n)})"


def _groups(sheet: FactSheet) -> tuple[Block, ...]:
    """A question's result within each group; what is too small stays an empty place."""
    return tuple(
        _breakdown(sheet, breakdown)
        for breakdown in sheet.value("feedback.by_group") or []
        if breakdown["groups"]
    )


def _breakdown(sheet: FactSheet, breakdown: dict[str, Any]) -> Block:
    by = _text(sheet, breakdown["by"])
    if all(group["suppressed"] for group in breakdown["groups"]):
        return Prose(escape(sheet.language.text(TOO_SMALL).format(by=by)))
    return Table(
        caption=by,
        head=tuple(sheet.texts(title) for title in (GROUP, QUESTION, ANSWERS, SHARE)),
        rows=tuple(_group(sheet, group) for group in breakdown["groups"]),
        numeric=(2, 3),
    )


def _group(sheet: FactSheet, group: dict[str, Any]) -> tuple[str, ...]:
    named = (_text(sheet, group["label"]), _text(sheet, group["question"]))
    if group["suppressed"]:
        return (*named, sheet.texts(SUPPRESSED), sheet.texts(SUPPRESSED))
    share = group["share_positive"]
    return (
        *named,
        sheet.language.number(group["n"]),
        "–" if share is None else sheet.language.share(share),
    )


def _text(sheet: FactSheet, value: dict[str, str]) -> str:
    return sheet.text_of(value, "feedback.results")


EVALUATION = Section(key="evaluation", order=70, label=LABEL, compose=compose)
