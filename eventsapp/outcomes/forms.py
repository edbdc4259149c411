"""Input of outcomes and indicators."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import NumberRange, Optional

from eventsapp.outcomes.models import Indicator, IndicatorSet, OutcomeSheet
from eventsapp.outcomes.rules import MOST_ROWS
from eventsapp.outcomes.types import (
    Achievement,
    DifficultyDraft,
    IndicatorDraft,
    Measure,
    OutcomeDraft,
    RecommendationDraft,
    SheetDraft,
)
from eventsapp.web.forms import PageForm, TextsField, choices, line, texts_to_form, value
from eventsapp.workshops.models import Workshop

NOT_ASSESSED = ""
ACHIEVEMENT_LABELS = {
    Achievement.ACHIEVED: _l("Achieved"),
    Achievement.PARTLY: _l("Partly achieved"),
    Achievement.NOT: _l("Not achieved"),
}
MEASURE_LABELS = {
    Measure.PERSONS: _l("Persons who took part, each once"),
    Measure.WOMEN: _l("Women who took part, each once"),
    Measure.ATTENDANCES: _l("Attendances: persons for each day"),
    Measure.WORKSHOPS: _l("Workshops held"),
    Measure.BY_HAND: _l("Counted by hand, workshop by workshop"),
}
LARGEST = 1_000_000_000


def _count(label: Any, least: int = 0) -> IntegerField:
    message = _l("Give a whole number.")
    return IntegerField(label, [Optional(), NumberRange(least, LARGEST, message)])


class OutcomeForm(Form):  # type: ignore[misc] # WTForms ships no types
    """One objective; its wording stands above the fields."""

    objective_id = HiddenField()
    status = RadioField(
        _l("What became of it"),
        choices=choices([(NOT_ASSESSED, _l("Not assessed yet")), *ACHIEVEMENT_LABELS.items()]),
    )
    evidence = TextsField(_l("What shows it"))

    def draft(self) -> OutcomeDraft:
        typed = self.status.data
        return OutcomeDraft(
            objective_id=_number(self.objective_id) or 0,
            status=Achievement(typed) if typed else None,
            evidence=self.evidence.texts(),
        )


class DifficultyForm(Form):  # type: ignore[misc] # as above
    """A row without a text is left out."""

    text = TextsField(_l("Difficulty"))
    resolution = TextsField(_l("How it was resolved"))

    def draft(self) -> DifficultyDraft:
        return DifficultyDraft(self.text.texts(), self.resolution.texts())


class RecommendationForm(Form):  # type: ignore[misc] # as above
    """A row without a text is left out."""

    text = TextsField(_l("Recommendation"))
    owner = StringField(
        _l("Who shall do it"), line(), description=_l("An office or a function, not a person.")
    )
    due = DateField(_l("By when"), [Optional()])

    def draft(self) -> RecommendationDraft:
        return RecommendationDraft(self.text.texts(), value(self.owner), self.due.data)


class ContributionForm(Form):  # type: ignore[misc] # as above
    """One indicator that is counted by hand; its name stands above the field."""

    indicator_id = HiddenField()
    value = _count(_l("What this workshop adds"))


class SheetForm(PageForm):
    version = HiddenField()
    outcomes = FieldList(FormField(OutcomeForm), max_entries=MOST_ROWS)
    difficulties = FieldList(FormField(DifficultyForm), min_entries=1, max_entries=MOST_ROWS)
    recommendations = FieldList(FormField(RecommendationForm), min_entries=1, max_entries=MOST_ROWS)
    contributions = FieldList(FormField(ContributionForm), max_entries=MOST_ROWS)

    def draft(self) -> SheetDraft:
        difficulties = (entry.form.draft() for entry in self.difficulties)
        recommendations = (entry.form.draft() for entry in self.recommendations)
        counted = [(entry.form.indicator_id, entry.form.value) for entry in self.contributions]
        return SheetDraft(
            outcomes=tuple(entry.form.draft() for entry in self.outcomes),
            difficulties=tuple(row for row in difficulties if row.text),
            recommendations=tuple(row for row in recommendations if row.text),
            contributions={
                _number(key) or 0: typed.data for key, typed in counted if typed.data is not None
            },
            version=_number(self.version) or 0,
        )


class IndicatorForm(Form):  # type: ignore[misc] # as above
    """A row without a name is left out."""

    id = HiddenField()
    name = TextsField(_l("Indicator"))
    measure = SelectField(_l("What is counted"), choices=choices(MEASURE_LABELS.items()))
    baseline = _count(_l("Where it began"))
    target = _count(_l("Target"), least=1)

    def draft(self) -> IndicatorDraft:
        return IndicatorDraft(
            name=self.name.texts(),
            measure=Measure(self.measure.data),
            baseline=self.baseline.data or 0,
            target=self.target.data,
            id=_number(self.id),
        )


class IndicatorsForm(PageForm):
    version = HiddenField()
    indicators = FieldList(FormField(IndicatorForm), min_entries=1, max_entries=MOST_ROWS)

    def drafts(self) -> list[IndicatorDraft]:
        drafts = (entry.form.draft() for entry in self.indicators)
        return [draft for draft in drafts if draft.name]

    def seen(self) -> int:
        return _number(self.version) or 0


def _number(field: Any) -> int | None:
    typed = value(field)
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def sheet_data(
    workshop: Workshop, sheet: OutcomeSheet | None, indicators: Iterable[Indicator]
) -> dict[str, Any]:
    """The page as it stands: a row for each objective and each indicator counted by hand."""
    verdicts = {row.objective_id: row for row in sheet.outcomes} if sheet else {}
    values = {row.indicator_id: row.value for row in sheet.contributions} if sheet else {}
    return {
        "version": sheet.version if sheet else 0,
        "outcomes": [
            {
                "objective_id": row.id,
                "status": verdicts[row.id].status if row.id in verdicts else NOT_ASSESSED,
                "evidence": texts_to_form(verdicts[row.id].evidence) if row.id in verdicts else {},
            }
            for row in workshop.objectives
        ],
        "difficulties": [
            {"text": texts_to_form(row.text), "resolution": texts_to_form(row.resolution)}
            for row in (sheet.difficulties if sheet else ())
        ],
        "recommendations": [
            {"text": texts_to_form(row.text), "owner": row.owner, "due": row.due}
            for row in (sheet.recommendations if sheet else ())
        ],
        "contributions": _contributions(indicators, values),
    }


def _contributions(
    indicators: Iterable[Indicator], values: Mapping[int, int]
) -> list[dict[str, Any]]:
    return [
        {"indicator_id": row.id, "value": values.get(row.id)}
        for row in indicators
        if row.measure == Measure.BY_HAND
    ]


def indicators_data(kept: IndicatorSet | None) -> dict[str, Any]:
    return {
        "version": kept.version if kept else 0,
        "indicators": [
            {
                "id": row.id,
                "name": texts_to_form(row.name),
                "measure": row.measure,
                "baseline": row.baseline,
                "target": row.target,
            }
            for row in (kept.indicators if kept else ())
        ],
    }
