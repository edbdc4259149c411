"""The words of outcomes and indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from eventsapp.core.texts import NO_TEXT, Texts


class Achievement(StrEnum):
    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT = "not"


class Measure(StrEnum):
    """What an indicator counts; all but ``by_hand`` are counted from the evidence."""

    PERSONS = "persons"
    WOMEN = "women"
    ATTENDANCES = "attendances"
    WORKSHOPS = "workshops"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """What became of one objective; without a status it is not assessed."""

    objective_id: int
    status: Achievement | None = None
    evidence: Texts = NO_TEXT


@dataclass(frozen=True, slots=True)
class DifficultyDraft:
    text: Texts
    resolution: Texts = NO_TEXT


@dataclass(frozen=True, slots=True)
class RecommendationDraft:
    text: Texts
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """The whole page; ``version`` is the one that was opened, 0 where there was none.

    ``contributions`` are counts by indicator, of those that are counted by hand.
    """

    outcomes: tuple[OutcomeDraft, ...] = ()
    difficulties: tuple[DifficultyDraft, ...] = ()
    recommendations: tuple[RecommendationDraft, ...] = ()
    contributions: Mapping[int, int] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """``id`` is None for a new one; ``target`` None where only the running total is shown."""

    name: Texts
    measure: Measure = Measure.BY_HAND
    baseline: int = 0
    target: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """What workshops add up to; each person counts once however often they came.

    ``attendances`` counts persons once for each day of their evidence in each workshop.
    The mappings count persons: by sex (empty where the project does not report it), by ISO
    country code, by TookPart over all workshops. What somebody did not say is under the empty key.
    """

    workshops: int = 0
    persons: int = 0
    participations: int = 0
    attendances: int = 0
    by_sex: Mapping[str, int] = field(default_factory=dict)
    by_country: Mapping[str, int] = field(default_factory=dict)
    by_mode: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """An indicator with what one workshop added, and what the project stands at with it."""

    indicator_id: int
    name: Texts
    baseline: int
    target: int | None
    contribution: int
    total: int

    @property
    def share(self) -> float | None:
        """How much of the way from nothing to the target is done; above 1 where it is passed."""
        return self.total / self.target if self.target else None
