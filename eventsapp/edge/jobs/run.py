"""What a handler knows about its run, and what it can say about it."""

import time
from dataclasses import dataclass, field

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.jobs.leases import held_by, writing_connection
from eventsapp.edge.jobs.models import Job

MIN_SECONDS_BETWEEN_REPORTS = 0.5


class GiveUp(Exception):
    """Trying again would not help. The message is shown to operators: no personal data in it."""


class TryAgain(Exception):
    """It may work later. Any error is tried again; this one's message is shown to operators."""


class LeaseLost(RuntimeError):
    """This run was taken for dead and another one has the job; stop without writing."""


@dataclass(slots=True)
class Run:
    """One attempt at a job."""

    job_id: int
    attempt: int
    owner: str
    _reported_at: float = field(default=float("-inf"), repr=False)

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Show how far the work is; ``text`` is an English msgid, shown translated.

        Cheap to call often: reports are thinned to two a second. Outside a transaction it ends
        the session's open read, so that no lock is held while the work goes on.
        """
        instant = time.monotonic()
        if done < total and instant - self._reported_at < MIN_SECONDS_BETWEEN_REPORTS:
            return
        self._reported_at = instant
        report = (
            sa.update(Job)
            .where(*held_by(self.job_id, self.owner))
            .values(progress_done=done, progress_total=total, progress_text=text)
        )
        if db.in_transaction():
            db.session().execute(report, execution_options={"synchronize_session": False})
            return
        db.session().rollback()
        with writing_connection() as connection:
            connection.execute(report)

    def confirm_lease(self) -> None:
        """Inside a transaction: make its commit depend on this run still holding the job.

        Raises LeaseLost when another run has taken over. The row stays locked until the commit,
        so a stalled worker that wakes up late can write nothing.
        """
        if not db.in_transaction():
            raise RuntimeError("a lease is confirmed inside the transaction that depends on it")
        confirmed = db.session().execute(
            sa.update(Job)
            .where(*held_by(self.job_id, self.owner))
            .values(lease_owner=self.owner)
            .returning(Job.id),
            execution_options={"synchronize_session": False},
        )
        if confirmed.scalar_one_or_none() is None:
            raise LeaseLost(self.job_id)
