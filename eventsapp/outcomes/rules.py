"""Who may say what a workshop achieved, and what may be said."""

from collections.abc import Callable, Iterable, Mapping

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid
from eventsapp.outcomes.types import IndicatorDraft, Measure, OutcomeDraft, Totals
from eventsapp.people.types import Sex
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import may_manage

MOST_ROWS = 40
# What is counted from the evidence; what is counted by hand comes from the workshops' pages.
COUNTED: Mapping[str, Callable[[Totals], int]] = {
    Measure.PERSONS: lambda totals: totals.persons,
    Measure.WOMEN: lambda totals: totals.by_sex.get(Sex.FEMALE, 0),
    Measure.ATTENDANCES: lambda totals: totals.attendances,
    Measure.WORKSHOPS: lambda totals: totals.workshops,
}


class NotItsObjective(Invalid):
    message = N_("The objectives have changed meanwhile. Open the page again.")


class EvidenceMissing(Invalid):
    message = N_("Say what shows it: an answer, a document, something seen.")


class TargetBelowBaseline(Invalid):
    message = N_("A target lies above where the project began.")


def may_assess(workshop: Workshop, *, by: Actor) -> bool:
    """Who runs the workshop, and those who write its report."""
    return by.has(Role.STAFF, Role.EDITOR) or may_manage(workshop, by=by)


def check_may_assess(workshop: Workshop, *, by: Actor) -> None:
    if not may_assess(workshop, by=by):
        raise Forbidden


def may_set_targets(*, by: Actor) -> bool:
    return by.has(Role.STAFF)


def check_may_set_targets(*, by: Actor) -> None:
    if not may_set_targets(by=by):
        raise Forbidden


def check_outcomes(drafts: Iterable[OutcomeDraft], objective_ids: Iterable[int]) -> None:
    """A verdict needs its evidence, and an objective of this workshop."""
    known = set(objective_ids)
    for at, draft in enumerate(drafts):
        if draft.objective_id not in known:
            raise NotItsObjective
        if draft.status is not None and not draft.evidence:
            raise EvidenceMissing(field=f"outcomes-{at}-evidence-en")


def check_indicators(drafts: Iterable[IndicatorDraft]) -> None:
    for at, draft in enumerate(drafts):
        if draft.target is not None and draft.target <= draft.baseline:
            raise TargetBelowBaseline(field=f"indicators-{at}-target")
