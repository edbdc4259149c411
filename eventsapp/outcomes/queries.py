"""Reads of outcomes and indicators, and what the evidence of many workshops adds up to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.queries.evidence import live
from eventsapp.attendance.types import TookPart
from eventsapp.core import db
from eventsapp.outcomes.models import Contribution, Indicator, IndicatorSet, Outcome, OutcomeSheet
from eventsapp.outcomes.rules import COUNTED
from eventsapp.outcomes.types import Measure, Progress, Totals
from eventsapp.people.models import Person
from eventsapp.projects.models import Project
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode, Status

HELD = (Status.HELD, Status.REPORTED)


@dataclass(slots=True)
class Participation:
    """One person in one workshop, as their evidence says it."""

    workshop_id: int
    person_id: int
    modes: set[str]
    days: int


@dataclass(frozen=True, slots=True)
class Who:
    sex: str
    country: str


def find_sheet(workshop_id: int) -> OutcomeSheet | None:
    return db.session().scalar(
        sa.select(OutcomeSheet)
        .where(OutcomeSheet.workshop_id == workshop_id)
        .options(
            selectinload(OutcomeSheet.outcomes),
            selectinload(OutcomeSheet.difficulties),
            selectinload(OutcomeSheet.recommendations),
            selectinload(OutcomeSheet.contributions),
        )
    )


def find_indicator_set(project_id: int) -> IndicatorSet | None:
    return db.session().scalar(
        sa.select(IndicatorSet)
        .where(IndicatorSet.project_id == project_id)
        .options(selectinload(IndicatorSet.indicators))
    )


def list_indicators(project_id: int) -> Sequence[Indicator]:
    return (
        db.session()
        .scalars(
            sa.select(Indicator)
            .where(Indicator.project_id == project_id)
            .order_by(Indicator.position, Indicator.id)
        )
        .all()
    )


def standing_outcomes(workshop: Workshop, sheet: OutcomeSheet | None) -> dict[int, Outcome]:
    """Verdicts by objective, of those whose wording is still what the verdict was about."""
    wording = {row.id: row.text for row in workshop.objectives}
    return {
        row.objective_id: row
        for row in (sheet.outcomes if sheet else ())
        if wording.get(row.objective_id) == row.objective
    }


def held_workshops(
    project_id: int, *, until: datetime | None = None, reported: bool = False
) -> Sequence[Workshop]:
    """The project's workshops that were held, by their begin; with ``reported`` only those of
    which an edition was issued."""
    statement = sa.select(Workshop).where(
        Workshop.project_id == project_id,
        Workshop.status == Status.REPORTED if reported else Workshop.status.in_(HELD),
    )
    if until is not None:
        statement = statement.where(Workshop.starts_at <= until)
    return (
        db.session()
        .scalars(
            statement.options(selectinload(Workshop.contracts)).order_by(
                Workshop.starts_at, Workshop.id
            )
        )
        .all()
    )


def participations(workshops: Iterable[Workshop]) -> list[Participation]:
    """Everybody who left evidence in the workshops: one query however many there are."""
    zones = {workshop.id: ZoneInfo(workshop.timezone) for workshop in workshops}
    if not zones:
        return []
    found: dict[tuple[int, int], Participation] = {}
    dates: dict[tuple[int, int], set[date]] = {}
    rows = db.session().execute(
        sa.select(
            AttendanceRecord.workshop_id,
            Registration.person_id,
            AttendanceRecord.mode,
            AttendanceRecord.started_at,
        )
        .join(Registration, Registration.id == AttendanceRecord.registration_id)
        .where(AttendanceRecord.workshop_id.in_(zones), live())
    )
    for workshop_id, person_id, mode, started_at in rows:
        key = (workshop_id, person_id)
        found.setdefault(key, Participation(workshop_id, person_id, set(), 1)).modes.add(mode)
        if started_at is not None:
            local = started_at.astimezone(zones[workshop_id]).date()
            dates.setdefault(key, set()).add(local)
    for key, days in dates.items():
        found[key].days = len(days)
    return list(found.values())


def who_came(workshops: Iterable[Workshop]) -> dict[int, Who]:
    """Sex and country of everybody registered for the workshops, in one query."""
    registered = sa.select(Registration.person_id).where(
        Registration.workshop_id.in_([workshop.id for workshop in workshops])
    )
    rows = db.session().execute(
        sa.select(Person.id, Person.sex, Person.country_code).where(Person.id.in_(registered))
    )
    return {person_id: Who(sex, country) for person_id, sex, country in rows}


def totals_of(
    found: Sequence[Participation], who: Mapping[int, Who], *, workshops: int, reports_sex: bool
) -> Totals:
    """Sums over participations; those of one workshop give the workshop's own."""
    modes: dict[int, set[str]] = {}
    for one in found:
        modes.setdefault(one.person_id, set()).update(one.modes)
    return Totals(
        workshops=workshops,
        persons=len(modes),
        participations=len(found),
        attendances=sum(one.days for one in found),
        by_sex=_ranked(who[person].sex for person in modes) if reports_sex else {},
        by_country=_ranked(who[person].country for person in modes),
        by_mode=_ranked(_took_part(one) for one in modes.values()),
    )


def _took_part(modes: set[str]) -> str:
    return TookPart.BOTH if modes == set(Mode) else next(iter(modes))


def _ranked(values: Iterable[str]) -> dict[str, int]:
    """The most frequent first; equal ones by their value."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def contributions_of(project_id: int) -> dict[tuple[int, int], int]:
    """What was counted by hand, by workshop and indicator."""
    rows = db.session().execute(
        sa.select(Contribution.workshop_id, Contribution.indicator_id, Contribution.value)
        .join(Indicator, Indicator.id == Contribution.indicator_id)
        .where(Indicator.project_id == project_id)
    )
    return {(workshop, indicator): value for workshop, indicator, value in rows}


def progress_of_workshop(workshop: Workshop) -> list[Progress]:
    """Each indicator with what this workshop adds, and the project's total up to and with it."""
    indicators = list_indicators(workshop.project_id)
    if not indicators:
        return []
    until = held_workshops(workshop.project_id, until=workshop.starts_at)
    counted = {one.id: one for one in (*until, workshop)}
    found = participations(counted.values())
    who = who_came(counted.values())
    sex = workshop.project.reports_sex
    own = [one for one in found if one.workshop_id == workshop.id]
    return progress_of(
        indicators,
        own=totals_of(own, who, workshops=1, reports_sex=sex),
        total=totals_of(found, who, workshops=len(counted), reports_sex=sex),
        by_hand=contributions_of(workshop.project_id),
        workshop_id=workshop.id,
        counted=set(counted),
    )


def progress_of_project(
    project: Project, total: Totals, workshops: Iterable[Workshop]
) -> list[Progress]:
    return progress_of(
        list_indicators(project.id),
        own=Totals(),
        total=total,
        by_hand=contributions_of(project.id),
        workshop_id=0,
        counted={workshop.id for workshop in workshops},
    )


def progress_of(
    indicators: Iterable[Indicator],
    *,
    own: Totals,
    total: Totals,
    by_hand: Mapping[tuple[int, int], int],
    workshop_id: int,
    counted: set[int],
) -> list[Progress]:
    return [
        Progress(
            indicator_id=row.id,
            name=row.name,
            baseline=row.baseline,
            target=row.target,
            contribution=_value(row, own, by_hand, {workshop_id}),
            total=row.baseline + _value(row, total, by_hand, counted),
        )
        for row in indicators
    ]


def _value(
    row: Indicator, totals: Totals, by_hand: Mapping[tuple[int, int], int], workshops: set[int]
) -> int:
    if row.measure != Measure.BY_HAND:
        return COUNTED[row.measure](totals)
    return sum(
        value
        for (workshop, indicator), value in by_hand.items()
        if indicator == row.id and workshop in workshops
    )
