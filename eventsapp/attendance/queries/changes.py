"""The change of a workshop that waits to be told."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventsapp.attendance.models import Registration
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import db
from eventsapp.edge.jobs import Job, JobStatus
from eventsapp.people.models import Person
from eventsapp.workshops.types import CONCERNS, Aspect, Mode

ANNOUNCE_CHANGE = "attendance.announce_change"


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """What will be told, when, and to how many by how they take part and by their language."""

    job_id: int
    due_at: datetime
    about: tuple[Aspect, ...]
    audience: tuple[tuple[Mode, str, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _mode, _lang, count in self.audience)

    def about_for(self, mode: Mode) -> tuple[Aspect, ...]:
        return tuple(aspect for aspect in self.about if aspect in CONCERNS[mode])


def find_waiting_change(workshop_id: int) -> WaitingChange | None:
    job = db.session().scalar(
        sa.select(Job)
        .where(Job.name == ANNOUNCE_CHANGE, Job.subject == f"workshop:{workshop_id}")
        .where(Job.status == JobStatus.QUEUED, Job.attempts == 0)
        .order_by(Job.id)
        .limit(1)
    )
    if job is None:
        return None
    about = tuple(aspect for aspect in Aspect if aspect in job.payload["about"])
    audience = _audience(workshop_id, set(job.payload["registrations"]), about)
    return WaitingChange(job.id, job.due_at, about, audience)


def _audience(
    workshop_id: int, chosen: set[int], about: tuple[Aspect, ...]
) -> tuple[tuple[Mode, str, int], ...]:
    """Those chosen who still have a place, as far as the change concerns them."""
    rows = db.session().execute(
        sa.select(Registration.id, Registration.mode, Person.language)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            Registration.status == Status.CONFIRMED,
            Person.email.is_not(None),
        )
    )
    counts: dict[tuple[Mode, str], int] = {}
    for number, mode, lang in rows:
        if number in chosen and CONCERNS[Mode(mode)] & set(about):
            counts[Mode(mode), lang] = counts.get((Mode(mode), lang), 0) + 1
    return tuple((mode, lang, count) for (mode, lang), count in sorted(counts.items()))
