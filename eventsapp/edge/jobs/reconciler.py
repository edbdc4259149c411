"""What keeps the promise: looks at the rows every few seconds, and rings again for what waits."""

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa

from eventsapp.core import clock, db
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import leases
from eventsapp.edge.jobs.executor import executor_of
from eventsapp.edge.jobs.leases import writing_connection
from eventsapp.edge.jobs.models import Job, JobStatus, WorkerHeartbeat
from eventsapp.edge.jobs.registry import repeated_jobs
from eventsapp.edge.jobs.runner import Runner
from eventsapp.edge.jobs.service import enqueue

log = logging.getLogger("eventsapp.jobs")

# As many as a sweep sends again; the broker never holds more than twice as many repeats.
BATCH = 50
KEEP_FINISHED = timedelta(days=30)
KEEP_FAILED = timedelta(days=180)
KEEP_HEARTBEATS = timedelta(days=1)


def sweep(runner: Runner) -> int:
    """Send again what is due: wake-ups that were lost, delays that are over, dead workers' jobs.

    While the broker refuses, the jobs run here instead, one after the other. Gives how many
    jobs were due.
    """
    executor = executor_of(runner.app)
    with runner.app.app_context():
        due = leases.find_due(now=clock.now(), lease=runner.timing.lease, limit=BATCH)
    waiting = executor.waiting() if due else 0
    if waiting is not None and waiting >= BATCH:
        return len(due)
    for job_id in due:
        if not executor.send(job_id):
            runner.run(job_id)
    return len(due)


def enqueue_repeated(*, now: datetime) -> None:
    """Record each repeated job whose last one lies longer back than its interval."""
    for name, interval in repeated_jobs().items():
        if _lies_before(name, now - interval):
            _enqueue_again(name, now - interval, now=now)


@transaction
def _enqueue_again(name: str, before: datetime, *, now: datetime) -> None:
    # Looked at again: another worker may have been faster.
    if _lies_before(name, before):
        enqueue(name, {}, now=now, unique_key=f"every:{name}")


def _lies_before(name: str, before: datetime) -> bool:
    last = db.session().scalar(
        sa.select(sa.func.max(Job.created_at)).where(Job.unique_key == f"every:{name}")
    )
    return last is None or last <= before


def prune(*, now: datetime) -> None:
    """Remove the rows of jobs that ended long ago, and of workers long gone."""
    finished = Job.status.in_((JobStatus.DONE, JobStatus.CANCELLED))
    with writing_connection() as connection:
        connection.execute(sa.delete(Job).where(finished, Job.finished_at < now - KEEP_FINISHED))
        connection.execute(
            sa.delete(Job).where(
                Job.status == JobStatus.FAILED, Job.finished_at < now - KEEP_FAILED
            )
        )
        connection.execute(
            sa.delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < now - KEEP_HEARTBEATS)
        )
