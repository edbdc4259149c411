"""Recording work to be done later, and what an operator can do about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import N_, Refused
from eventsapp.edge.jobs.executor import wake
from eventsapp.edge.jobs.models import UNFINISHED, WHILE_UNFINISHED, Job, JobStatus
from eventsapp.edge.jobs.registry import get_registered


class JobNotWaiting(Refused):
    message = N_("This job is running or finished; only a waiting job can be cancelled.")


class JobNotRetryable(Refused):
    message = N_("Only a job that was given up, held or cancelled can be tried again.")


def enqueue(
    name: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    subject: str = "",
    not_before: datetime | None = None,
    unique_key: str | None = None,
) -> Job:
    """Record a job in the surrounding transaction; workers hear of it once that is committed.

    ``subject`` reads ``edition:7``. ``payload`` holds ids, never personal data: it outlives what
    it is about. With a ``unique_key`` an unfinished job of that key is returned instead of a
    second one. Raises UnknownJob for a name without a handler.
    """
    get_registered(name)
    if not db.in_transaction():
        raise RuntimeError("a job is recorded in the transaction that makes it necessary")
    values: dict[str, Any] = {
        "name": name,
        "payload": payload,
        "subject": subject,
        "due_at": not_before or now,
        "created_at": now,
        "unique_key": unique_key,
    } | _fresh()
    job = _insert(values) if unique_key is None else _insert_once(values)
    if job.due_at <= now:
        job_id = job.id
        db.after_commit(lambda: wake(job_id))
    return job


def amend_waiting(
    name: str,
    subject: str,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    *,
    due: Callable[[Job], datetime],
) -> Job | None:
    """Let a job that nobody has picked yet do something else, at another time, in the surrounding
    transaction; None where no such job waits. Its row is locked: a worker that comes at the same
    moment takes it before or after, never half changed."""
    job = db.session().scalar(
        sa.select(Job)
        .where(Job.name == name, Job.subject == subject, Job.status == JobStatus.QUEUED)
        .where(Job.attempts == 0)
        .order_by(Job.id)
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if job is not None:
        job.payload, job.due_at = change(job.payload), due(job)
        db.session().flush()
    return job


def _fresh() -> dict[str, Any]:
    """The columns of a job that nobody has picked yet."""
    return {
        "status": JobStatus.QUEUED,
        "attempts": 0,
        "started_at": None,
        "finished_at": None,
        "lease_until": None,
        "lease_owner": None,
        "progress_done": 0,
        "progress_total": 0,
        "progress_text": "",
        "error": "",
    }


def _insert(values: dict[str, Any]) -> Job:
    job = Job(**values)
    db.session().add(job)
    db.session().flush()
    return job


def _insert_once(values: dict[str, Any]) -> Job:
    """Insert unless an unfinished job has the key: the index decides, not a look beforehand."""
    session = db.session()
    statement = (
        db.insert_for(Job)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["unique_key"], index_where=WHILE_UNFINISHED)
        .returning(Job.id)
    )
    while True:
        created = session.execute(statement).scalar_one_or_none()
        if created is not None:
            return db.get(Job, created)
        # The other job may finish between the insert and this look; then the insert succeeds.
        found = session.scalars(
            sa.select(Job).where(Job.unique_key == values["unique_key"], Job.status.in_(UNFINISHED))
        ).one_or_none()
        if found is not None:
            return found


@transaction
def retry_job(job_id: int, *, by: Actor, now: datetime) -> Job:
    """Queue a given-up, held or cancelled job anew, with all its attempts."""
    job = _change(
        job_id,
        (JobStatus.FAILED, JobStatus.HELD, JobStatus.CANCELLED),
        _fresh() | {"due_at": now},
        JobNotRetryable,
    )
    audit.record("job.retried", f"job:{job_id}", by=by, now=now)
    db.after_commit(lambda: wake(job_id))
    return job


@transaction
def cancel_job(job_id: int, *, by: Actor, now: datetime) -> Job:
    """Keep a waiting job from ever running."""
    waiting = (JobStatus.QUEUED, JobStatus.HELD)
    values = {"status": JobStatus.CANCELLED, "finished_at": now}
    job = _change(job_id, waiting, values, JobNotWaiting)
    audit.record("job.cancelled", f"job:{job_id}", by=by, now=now)
    return job


@transaction
def hold_jobs(*, by: Actor, now: datetime) -> int:
    """Hold everything that waits or ran, as after a restore: no old mail is sent again."""
    held = db.session().execute(
        sa.update(Job)
        .where(Job.status.in_((JobStatus.QUEUED, JobStatus.RUNNING)))
        .values(status=JobStatus.HELD, lease_owner=None, lease_until=None)
        .returning(Job.id)
    )
    count = len(held.all())
    audit.record("jobs.held", "jobs:", by=by, now=now, detail={"count": count})
    return count


@transaction
def release_jobs(*, by: Actor, now: datetime) -> int:
    """Queue everything that is held; the workers' next sweep finds it."""
    released = db.session().execute(
        sa.update(Job)
        .where(Job.status == JobStatus.HELD)
        .values(**_fresh(), due_at=now)
        .returning(Job.id)
    )
    count = len(released.all())
    audit.record("jobs.released", "jobs:", by=by, now=now, detail={"count": count})
    return count


def _change(
    job_id: int,
    allowed: tuple[JobStatus, ...],
    values: dict[str, Any],
    refusal: type[Refused],
) -> Job:
    """Change a job's row only from the allowed states; the update decides, not a look."""
    job = db.get(Job, job_id)
    changed = db.session().execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.status.in_(allowed))
        .values(**values)
        .returning(Job.id)
    )
    if changed.scalar_one_or_none() is None:
        raise refusal
    db.session().refresh(job)
    return job
