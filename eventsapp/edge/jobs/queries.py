"""What operators and probes want to know about jobs and workers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.jobs.models import Job, JobStatus, WorkerHeartbeat

CLOCK_SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Jobs by status, and how long the oldest has been due without anybody picking it."""

    counts: dict[str, int]
    oldest_unpicked: timedelta
    seen_worker: timedelta | None


def find_job(job_id: int) -> Job | None:
    return db.session().get(Job, job_id)


def find_jobs_about(subject: str, *, name: str | None = None) -> list[Job]:
    """The jobs about ``edition:7``, the newest first."""
    found = sa.select(Job).where(Job.subject == subject).order_by(Job.id.desc())
    if name is not None:
        found = found.where(Job.name == name)
    return list(db.session().scalars(found))


def list_jobs(*, status: JobStatus | None = None, limit: int = 50) -> list[Job]:
    """The newest jobs, of one status or of all."""
    found = sa.select(Job).order_by(Job.id.desc()).limit(limit)
    if status is not None:
        found = found.where(Job.status == status)
    return list(db.session().scalars(found))


def measure_backlog(*, now: datetime) -> Backlog:
    session = db.session()
    rows = session.execute(sa.select(Job.status, sa.func.count()).group_by(Job.status))
    found = {status: count for status, count in rows}  # noqa: C416 - a row is no typed pair
    counts = {str(status): found.get(status, 0) for status in JobStatus}
    # A job that backs off has been picked before, and one that is scheduled is not due.
    oldest = session.scalar(
        sa.select(sa.func.min(Job.due_at)).where(
            Job.status == JobStatus.QUEUED, Job.attempts == 0, Job.due_at <= now
        )
    )
    # A heartbeat of the future was written before the clock was set back, and proves nothing.
    seen = session.scalar(
        sa.select(sa.func.max(WorkerHeartbeat.seen_at)).where(
            WorkerHeartbeat.seen_at <= now + CLOCK_SKEW
        )
    )
    return Backlog(
        counts=counts,
        oldest_unpicked=timedelta(0) if oldest is None else now - oldest,
        seen_worker=None if seen is None else now - seen,
    )
