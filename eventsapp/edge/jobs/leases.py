"""Who has a job: each step is one conditional update on a connection of its own.

The session of the handler is never used here, so its state cannot matter, and no step depends on
what somebody read before.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.jobs.models import Job, JobStatus

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in the hands of one run."""

    job_id: int
    name: str
    payload: dict[str, Any]
    attempt: int
    owner: str


def held_by(job_id: int, owner: str) -> tuple[sa.ColumnElement[bool], ...]:
    """The job, but only while this run has it: a stalled worker must not touch another's run."""
    return (Job.id == job_id, Job.status == JobStatus.RUNNING, Job.lease_owner == owner)


def claim(job_id: int, owner: str, *, now: datetime, lease: timedelta) -> Claim | None:
    """Take a job that is due or whose worker died; None when somebody else has it."""
    row = _update(
        (Job.id == job_id, _claimable(now, lease)),
        {
            "status": JobStatus.RUNNING,
            "attempts": Job.attempts + 1,
            "started_at": now,
            "lease_owner": owner,
            "lease_until": now + lease,
        },
    )
    if row is None:
        return None
    return Claim(
        job_id=row.id, name=row.name, payload=row.payload, attempt=row.attempts, owner=owner
    )


def _claimable(now: datetime, lease: timedelta) -> sa.ColumnElement[bool]:
    # A lease that ends later than any could was taken before the clock was set back.
    lapsed = sa.or_(Job.lease_until < now, Job.lease_until > now + 2 * lease)
    return sa.or_(
        sa.and_(Job.status == JobStatus.QUEUED, Job.due_at <= now),
        sa.and_(Job.status == JobStatus.RUNNING, lapsed),
    )


def renew(held: Claim, *, until: datetime) -> bool:
    """Keep a job for longer; False when another run has it."""
    return _update(held_by(held.job_id, held.owner), {"lease_until": until}) is not None


def finish(held: Claim, *, now: datetime) -> bool:
    return _end(held, {"status": JobStatus.DONE, "finished_at": now, "error": ""})


def give_up(held: Claim, error: str, *, now: datetime) -> bool:
    return _end(held, {"status": JobStatus.FAILED, "finished_at": now, "error": error})


def postpone(held: Claim, error: str, *, now: datetime) -> bool:
    """Queue a failed run's job again, later each time."""
    due_at = now + delay_after(held.attempt)
    return _end(held, {"status": JobStatus.QUEUED, "due_at": due_at, "error": error})


def let_go(held: Claim, *, now: datetime) -> bool:
    """Hand a job back unfinished, as a worker does that must stop; it costs no attempt."""
    values = {"status": JobStatus.QUEUED, "due_at": now, "attempts": Job.attempts - 1}
    return _end(held, values)


def _end(held: Claim, values: dict[str, Any]) -> bool:
    ended = values | {"lease_owner": None, "lease_until": None}
    return _update(held_by(held.job_id, held.owner), ended) is not None


def delay_after(attempt: int) -> timedelta:
    """Ten seconds, then three times as long each time, up to an hour; spread to avoid crowds."""
    seconds = FIRST_DELAY.total_seconds() * 3 ** (min(attempt, 10) - 1)
    longest = min(LONGEST_DELAY, timedelta(seconds=seconds))
    return longest * random.uniform(0.75, 1.0)  # noqa: S311 - spreading, not secrecy


def find_due(*, now: datetime, lease: timedelta, limit: int) -> list[int]:
    """The jobs that wait for a worker, the oldest first, those of dead workers included."""
    statement = (
        sa.select(Job.id).where(_claimable(now, lease)).order_by(Job.due_at, Job.id).limit(limit)
    )
    with db.db.engine.connect() as connection:
        return list(connection.scalars(statement))


def _update(where: tuple[sa.ColumnElement[bool], ...], values: dict[str, Any]) -> Any:
    table = cast("sa.Table", Job.__table__)
    statement = sa.update(table).where(*where).values(**values).returning(*table.c)
    with writing_connection() as connection:
        return connection.execute(statement).one_or_none()


@contextmanager
def writing_connection() -> Iterator[sa.Connection]:
    """One short transaction of its own, apart from any session."""
    token = db.begin_writing()
    try:
        with db.db.engine.begin() as connection:
            yield connection
    finally:
        db.end_writing(token)
