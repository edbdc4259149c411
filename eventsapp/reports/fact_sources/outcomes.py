"""What became of the objectives, what stood in the way, what is recommended, what it adds up to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.outcomes import queries
from eventsapp.outcomes.models import OutcomeSheet
from eventsapp.outcomes.types import Achievement, Progress
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop

LABELS = {
    "outcomes.objectives": Texts.of(
        en="Outcomes against objectives",
        fr="Résultats au regard des objectifs",
        ar="النتائج مقارنة بالأهداف",
    ),
    "outcomes.sentence": Texts.of(
        en="Outcomes, in a sentence", fr="Résultats, dans une phrase", ar="النتائج في جملة"
    ),
    "outcomes.difficulties": Texts.of(en="Difficulties", fr="Difficultés", ar="الصعوبات"),
    "outcomes.recommendations": Texts.of(en="Recommendations", fr="Recommandations", ar="التوصيات"),
    "indicators.progress": Texts.of(en="Indicators", fr="Indicateurs", ar="المؤشرات"),
}
ALL_ACHIEVED = Texts.of(
    en="all objectives were achieved",
    fr="tous les objectifs ont été atteints",
    ar="تحققت جميع الأهداف",
)
SOME = Texts.of(
    en="objectives achieved: {achieved} of {all}; partly achieved: {partly}; not achieved: {not}",
    fr="objectifs atteints : {achieved} sur {all} ; partiellement atteints : {partly} ; non "
    "atteints : {not}",
    ar="الأهداف المتحققة: {achieved} من {all}؛ المتحققة جزئيًا: {partly}؛ غير المتحققة: {not}",
)


def gather(workshop: Workshop) -> Iterable[Fact]:
    for key, (kind, value) in _values(workshop).items():
        if value:
            yield Fact(key, kind, value, LABELS[key])


def _values(workshop: Workshop) -> dict[str, tuple[str, Any]]:
    sheet = queries.find_sheet(workshop.id)
    return {
        **_outcomes(workshop, sheet),
        "outcomes.difficulties": ("rows", _difficulties(sheet)),
        "outcomes.recommendations": ("rows", _recommendations(sheet)),
        "indicators.progress": (
            "rows",
            [_progress(row) for row in queries.progress_of_workshop(workshop)],
        ),
    }


def _outcomes(workshop: Workshop, sheet: OutcomeSheet | None) -> dict[str, tuple[str, Any]]:
    standing = queries.standing_outcomes(workshop, sheet)
    rows = [
        {
            "objective": row.text.to_json(),
            "status": standing[row.id].status,
            "evidence": standing[row.id].evidence.to_json(),
        }
        for row in workshop.objectives
        if row.id in standing
    ]
    verdicts = Counter(str(row["status"]) for row in rows)
    sentence = _sentence(verdicts) if rows else None
    return {
        "outcomes.objectives": ("rows", rows),
        "outcomes.sentence": ("text", sentence),
    }


def _sentence(counted: Mapping[str, int]) -> dict[str, str]:
    total = sum(counted.values())
    if counted.get(Achievement.ACHIEVED, 0) == total and total > 1:
        return ALL_ACHIEVED.to_json()
    numbers = {str(status): counted.get(status, 0) for status in Achievement}
    return {lang: text.format(all=total, **numbers) for lang, text in SOME.to_json().items()}


def _difficulties(sheet: OutcomeSheet | None) -> list[dict[str, Any]]:
    return [
        {"text": row.text.to_json(), "resolution": row.resolution.to_json()}
        for row in (sheet.difficulties if sheet else ())
    ]


def _recommendations(sheet: OutcomeSheet | None) -> list[dict[str, Any]]:
    return [
        {
            "text": row.text.to_json(),
            "owner": row.owner,
            "due": row.due.isoformat() if row.due else "",
        }
        for row in (sheet.recommendations if sheet else ())
    ]


def _progress(row: Progress) -> dict[str, Any]:
    return {
        "name": row.name.to_json(),
        "baseline": row.baseline,
        "target": row.target,
        "contribution": row.contribution,
        "total": row.total,
    }


def trace(workshop: Workshop, key: str, lang: str) -> Evidence:
    """The rows as they are kept; each names its text in the reader's language."""
    _kind, value = _values(workshop)[key]
    rows = value if isinstance(value, list) else _values(workshop)["outcomes.objectives"][1]
    return Evidence(
        head=(LABELS[key].text(lang),),
        rows=tuple((_first_text(row).text(lang),) for row in rows),
        endpoint="outcomes.edit",
    )


def _first_text(row: Mapping[str, Any]) -> Texts:
    return Texts.from_json(next(value for value in row.values() if isinstance(value, dict)))


OUTCOMES = FactSource(
    key="outcomes",
    order=45,
    label=Texts.of(
        en="Outcomes and indicators", fr="Résultats et indicateurs", ar="النتائج والمؤشرات"
    ),
    gather=gather,
    trace=trace,
    prefixes=("indicators",),
)
