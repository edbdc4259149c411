"""Use cases of outcomes and indicators: the only place that writes them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.outcomes import queries, rules
from eventsapp.outcomes.models import (
    Contribution,
    Difficulty,
    Indicator,
    IndicatorSet,
    Outcome,
    OutcomeSheet,
    Recommendation,
)
from eventsapp.outcomes.types import IndicatorDraft, Measure, SheetDraft
from eventsapp.projects.models import Project
from eventsapp.workshops.models import Workshop


@transaction
def assess_workshop(
    workshop_id: int, draft: SheetDraft, *, by: Actor, now: datetime
) -> OutcomeSheet:
    """Replace what is said of a workshop's outcomes; raises Stale when somebody was first."""
    workshop = db.get(Workshop, workshop_id)
    rules.check_may_assess(workshop, by=by)
    rules.check_outcomes(draft.outcomes, [row.id for row in workshop.objectives])
    sheet = _sheet_of(workshop_id, draft.version, now=now)
    _replace(sheet, draft, workshop)
    sheet.changed_by, sheet.changed_at = by.id, now
    audit.record("workshop.assessed", f"workshop:{workshop_id}", by=by, now=now)
    return sheet


def _sheet_of(workshop_id: int, version: int, *, now: datetime) -> OutcomeSheet:
    sheet = queries.find_sheet(workshop_id)
    if sheet is not None:
        if sheet.version != version:
            raise Stale
        return sheet
    if version:
        raise Stale
    sheet = OutcomeSheet(workshop_id=workshop_id, changed_at=now)
    db.session().add(sheet)
    _flush_first()
    return sheet


def _flush_first() -> None:
    """The primary key decides who was first."""
    try:
        db.session().flush()
    except sa.exc.IntegrityError:
        raise Stale from None


def _replace(sheet: OutcomeSheet, draft: SheetDraft, workshop: Workshop) -> None:
    sheet.outcomes, sheet.difficulties = [], []
    sheet.recommendations, sheet.contributions = [], []
    # Gone before the new ones come: they may have the same keys.
    db.session().flush()
    wording = {row.id: row.text for row in workshop.objectives}
    sheet.outcomes = [
        Outcome(
            objective_id=one.objective_id,
            objective=wording[one.objective_id],
            status=one.status,
            evidence=one.evidence,
        )
        for one in draft.outcomes
        if one.status is not None
    ]
    sheet.difficulties = [
        Difficulty(position=at, text=one.text, resolution=one.resolution)
        for at, one in enumerate(draft.difficulties)
    ]
    sheet.recommendations = [
        Recommendation(position=at, text=one.text, owner=one.owner, due=one.due)
        for at, one in enumerate(draft.recommendations)
    ]
    sheet.contributions = _contributions(draft, workshop.project_id)


def _contributions(draft: SheetDraft, project_id: int) -> list[Contribution]:
    by_hand = {
        row.id for row in queries.list_indicators(project_id) if row.measure == Measure.BY_HAND
    }
    return [
        Contribution(indicator_id=indicator_id, value=value)
        for indicator_id, value in draft.contributions.items()
        if indicator_id in by_hand
    ]


@transaction
def set_indicators(
    project_id: int,
    drafts: Sequence[IndicatorDraft],
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> IndicatorSet:
    """Replace a project's indicators; those that keep their id keep what was counted by hand."""
    rules.check_may_set_targets(by=by)
    rules.check_indicators(drafts)
    db.get(Project, project_id)
    kept = _set_of(project_id, version, now=now)
    before = {row.id: row for row in kept.indicators}
    kept.indicators = [
        _describe(before.get(draft.id or 0), draft, position)
        for position, draft in enumerate(drafts)
    ]
    kept.changed_by, kept.changed_at = by.id, now
    audit.record("indicators.set", f"project:{project_id}", by=by, now=now)
    return kept


def _set_of(project_id: int, version: int, *, now: datetime) -> IndicatorSet:
    kept = queries.find_indicator_set(project_id)
    if (kept.version if kept else 0) != version:
        raise Stale
    if kept is None:
        kept = IndicatorSet(project_id=project_id, changed_at=now)
        db.session().add(kept)
        _flush_first()
    return kept


def _describe(row: Indicator | None, draft: IndicatorDraft, position: int) -> Indicator:
    row = row or Indicator()
    row.position, row.name, row.measure = position, draft.name, draft.measure
    row.baseline, row.target = draft.baseline, draft.target
    return row
