"""What became of each mail; never to whom it went or what it said."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Base


class MailStatus(StrEnum):
    SENT = "sent"
    DEFERRED = "deferred"  # will be tried again
    REFUSED = "refused"  # given up
    RETURNED = "returned"  # accepted, and came back later


class MailLog(Base):
    __tablename__ = "mail_log"
    __table_args__ = (
        sa.CheckConstraint("status IN ('sent', 'deferred', 'refused', 'returned')", name="status"),
        sa.Index("ix_mail_log_subject_ref", "subject_ref"),
        sa.Index("ix_mail_log_job_id", "job_id"),
        sa.Index("ix_mail_log_kind", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # No foreign key: jobs are pruned sooner than the proof that a mail went out.
    job_id: Mapped[int]
    kind: Mapped[str]
    subject_ref: Mapped[str]
    status: Mapped[str]
    at: Mapped[datetime]
    error: Mapped[str]
