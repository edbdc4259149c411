"""The job row is the truth about background work; a broker only says "look now"."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Base


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # given up; an operator may retry it
    HELD = "held"  # waits until an operator releases it
    CANCELLED = "cancelled"


UNFINISHED = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.HELD)


def _any_of(statuses: tuple[JobStatus, ...]) -> str:
    return "status IN ({})".format(", ".join(f"'{status}'" for status in statuses))


WHILE_UNFINISHED = sa.text(f"unique_key IS NOT NULL AND {_any_of(UNFINISHED)}")


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (
        sa.CheckConstraint(_any_of(tuple(JobStatus)), name="status"),
        sa.CheckConstraint("(status = 'running') = (lease_owner IS NOT NULL)", name="lease"),
        sa.CheckConstraint("attempts >= 0", name="attempts"),
        sa.Index("ix_job_status_due_at", "status", "due_at"),
        sa.Index("ix_job_subject", "subject"),
        sa.Index(
            "uq_job_unique_key_unfinished",
            "unique_key",
            unique=True,
            sqlite_where=WHILE_UNFINISHED,
            postgresql_where=WHILE_UNFINISHED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    payload: Mapped[dict[str, Any]]
    subject: Mapped[str]
    status: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    progress_done: Mapped[int]
    progress_total: Mapped[int]
    progress_text: Mapped[str]
    error: Mapped[str]
    unique_key: Mapped[str | None]

    @property
    def is_finished(self) -> bool:
        return self.status not in UNFINISHED


class WorkerHeartbeat(Base):
    """A worker that is alive says so here every few seconds."""

    __tablename__ = "worker_heartbeat"

    worker: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
