"""Who registered and took part, as rows to be counted by sex, institution, country and mode."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries.evidence import evidence_of, whole_of
from eventsapp.attendance.rules.days import DayCount, count_days
from eventsapp.attendance.rules.papers import days_of
from eventsapp.attendance.rules.presence import presence, sessions_attended
from eventsapp.attendance.rules.statistics import Counted
from eventsapp.attendance.types import REGISTERED, Interval, Presence
from eventsapp.core import db
from eventsapp.people.models import Person
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class SessionCount:
    """How many took part in a session, each person once; ``minutes`` are those online of all."""

    session_id: int
    people: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Statistics:
    rows: tuple[Counted, ...]
    sessions: tuple[SessionCount, ...]
    days: tuple[DayCount, ...]
    shows_sex: bool


def statistics_of(workshop: Workshop) -> Statistics:
    """In two queries however many people there are; sex only where the project reports it."""
    evidence = evidence_of(workshop.id)
    sessions = {item.id: Interval(item.starts_at, item.ends_at) for item in workshop.sessions}
    zone = ZoneInfo(workshop.timezone)
    attended = {
        number: sessions_attended(known, sessions, zone) for number, known in evidence.items()
    }
    presences = {
        number: presence(known, whole=whole_of(workshop), sessions=sessions, zone=zone)
        for number, known in evidence.items()
    }
    shows_sex = workshop.project.reports_sex
    return Statistics(
        rows=tuple(_rows(workshop, presences, attended, shows_sex=shows_sex)),
        sessions=tuple(_session_count(number, attended) for number in sessions),
        days=tuple(
            count_days(
                evidence,
                days_of(workshop),
                sessions=sessions,
                whole=whole_of(workshop),
                zone=zone,
            )
        ),
        shows_sex=shows_sex,
    )


def _session_count(number: int, attended: Mapping[int, Mapping[int, int | None]]) -> SessionCount:
    there = [minutes[number] for minutes in attended.values() if number in minutes]
    return SessionCount(number, len(there), sum(minutes or 0 for minutes in there))


def _rows(
    workshop: Workshop,
    presences: Mapping[int, Presence],
    attended: Mapping[int, Mapping[int, int | None]],
    *,
    shows_sex: bool,
) -> list[Counted]:
    statement = (
        sa.select(
            Registration.id,
            Registration.mode,
            Registration.status,
            Registration.invited_at,
            Person.sex,
            Person.institution,
            Person.country_code,
        )
        .join(Registration.person)
        .where(Registration.workshop_id == workshop.id)
        .order_by(Registration.id)
    )
    rows = []
    for number, mode, status, invited_at, sex, institution, country in db.session().execute(
        statement
    ):
        found = presences.get(number)
        rows.append(
            Counted(
                sex=sex if shows_sex else "",
                institution=institution,
                country=country,
                mode=str(found.took_part) if found else mode,
                is_invited=invited_at is not None,
                is_registered=found is not None or status in REGISTERED,
                has_attended=found is not None,
                days=found.days if found else 0,
                sessions=len(attended.get(number, ())),
                minutes=(found.online_minutes or 0) if found else 0,
            )
        )
    return rows
