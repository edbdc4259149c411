"""What a workshop's registrations and evidence add up to, with the way back to the rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries.evidence import presences_of
from eventsapp.attendance.types import REGISTERED, AttendanceFacts, Presence
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import db
from eventsapp.workshops.models import Workshop

Value = Callable[["_Row"], str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A registration and how its person took part."""

    registration: Registration
    presence: Presence | None

    @property
    def id(self) -> int:
        return self.registration.id

    @property
    def took_part(self) -> str:
        return "" if self.presence is None else str(self.presence.took_part)


_BREAKDOWNS: Mapping[str, Value] = {
    "sex": lambda row: row.registration.person.sex,
    "country": lambda row: row.registration.person.country_code,
    "institution": lambda row: row.registration.person.institution,
}


def attendance_facts(workshop: Workshop) -> AttendanceFacts:
    """The facts as they are now, in two queries however many people there are.

    Somebody who left evidence counts as registered and attended, whatever their status: they
    were there.
    """
    totals = _totals(_rows_of(workshop))
    attended, registered = totals["attended"], totals["registered"]
    breakdowns = _breakdowns_of(workshop)
    by = {name: _count(attended, value) for name, value in breakdowns.items()}
    return AttendanceFacts(
        **{name: len(found) for name, found in totals.items()},
        attendances=sum(row.presence.days for row in attended if row.presence),
        by_mode=_count(attended, lambda row: row.took_part),
        by_sex=by.get("sex", {}),
        by_country=by["country"],
        by_institution=by["institution"],
        by_group=tuple(
            (group.name, sum(row.registration.group_id == group.id for row in attended))
            for group in workshop.groups
        ),
        by_sex_and_mode=_crossed(attended) if "sex" in breakdowns else (),
        registered_by={
            "mode": _count(registered, lambda row: row.registration.mode),
            **{name: _count(registered, value) for name, value in breakdowns.items()},
        },
        sessions=len(workshop.sessions),
        days=_days_of(workshop),
        evidence=_evidence(totals, attended, breakdowns),
    )


def _totals(rows: list[_Row]) -> dict[str, list[_Row]]:
    """The rows that each figure counts."""
    return {
        "invited": [row for row in rows if row.registration.invited_at is not None],
        "registered": [
            row for row in rows if row.presence or row.registration.status in REGISTERED
        ],
        "confirmed": _with(rows, Status.CONFIRMED),
        "waitlisted": _with(rows, Status.WAITLISTED),
        "attended": [row for row in rows if row.presence is not None],
    }


def _rows_of(workshop: Workshop) -> list[_Row]:
    presences = presences_of(workshop)
    registrations = db.session().scalars(
        sa.select(Registration)
        .where(Registration.workshop_id == workshop.id)
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    )
    return [_Row(registration, presences.get(registration.id)) for registration in registrations]


def _breakdowns_of(workshop: Workshop) -> Mapping[str, Value]:
    if workshop.project.reports_sex:
        return _BREAKDOWNS
    return {name: value for name, value in _BREAKDOWNS.items() if name != "sex"}


def _with(rows: Iterable[_Row], status: Status) -> list[_Row]:
    return [row for row in rows if row.registration.status == status]


def _count(rows: Iterable[_Row], value: Value) -> dict[str, int]:
    """The most frequent first; equal ones by their value."""
    counted = Counter(value(row) for row in rows)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _crossed(attended: Iterable[_Row]) -> tuple[tuple[str, str, int], ...]:
    counted = Counter((row.registration.person.sex, row.took_part) for row in attended)
    return tuple((sex, mode, count) for (sex, mode), count in sorted(counted.items()))


def _days_of(workshop: Workshop) -> int:
    zone = ZoneInfo(workshop.timezone)
    first, last = workshop.starts_at.astimezone(zone), workshop.ends_at.astimezone(zone)
    return (last.date() - first.date()).days + 1


def _evidence(
    totals: Mapping[str, list[_Row]], attended: list[_Row], breakdowns: Mapping[str, Value]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {name: [row.id for row in rows] for name, rows in totals.items()}
    for row in attended:
        keys = [f"by_mode.{row.took_part}", f"by_group.{row.registration.group_id or ''}"]
        keys += [f"by_{name}.{value(row)}" for name, value in breakdowns.items()]
        if "sex" in breakdowns:
            keys.append(f"by_sex_and_mode.{row.registration.person.sex}.{row.took_part}")
        for key in keys:
            found.setdefault(key, []).append(row.id)
    return {key: tuple(ids) for key, ids in found.items()}
