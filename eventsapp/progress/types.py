"""The words of a project's roll-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventsapp.outcomes.types import Progress, Totals
from eventsapp.projects.models import Project
from eventsapp.projects.queries import Funding
from eventsapp.workshops.models import Workshop


class PaperStatus(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """One workshop with its own sums: a person counts once in it."""

    workshop: Workshop
    totals: Totals


@dataclass(frozen=True, slots=True)
class RollUp:
    """A project's workshops by their begin, their sums over all, and the way to its targets.

    In ``totals`` a person counts once however many workshops they came to; ``participations`` is
    the sum over workshops. ``funding`` is that of all these workshops' contracts.
    """

    project: Project
    rows: Sequence[WorkshopRow]
    totals: Totals
    progress: Sequence[Progress]
    funding: Funding
