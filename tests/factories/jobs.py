"""Jobs for tests: handlers, and looks at rows that never come from a stale session."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from eventsapp.core import clock, db
from eventsapp.edge.jobs import Job, Run, find_job
from eventsapp.edge.jobs.leases import writing_connection

Payload = dict[str, Any]


def do_nothing(payload: Payload, run: Run) -> None:
    """A job that always works."""


def note_in(ran: list[tuple[int, Payload]]) -> Callable[[Payload, Run], None]:
    """A job that notes its id and payload."""

    def handler(payload: Payload, run: Run) -> None:
        ran.append((run.job_id, payload))

    return handler


def fetch(job_id: int) -> Job:
    db.session().expire_all()
    found = find_job(job_id)
    assert found is not None
    return found


def state_of(job_id: int) -> tuple[str, int, str]:
    found = fetch(job_id)
    return found.status, found.attempts, found.error


def make_due(job_id: int) -> None:
    """Let the delay of a job that backs off be over."""
    with writing_connection() as connection:
        connection.execute(sa.update(Job).where(Job.id == job_id).values(due_at=clock.now()))
