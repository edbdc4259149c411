"""Papers to print, scanned sheets, head-counts and certificates."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.attendance.models.registrations import Registration
from eventsapp.core.db import Base


class AttendancePaper(Base):
    """A paper to print, made by a worker: the latest of its kind, day and language.

    ``day`` is a local date as text, empty for papers of the whole workshop.
    """

    __tablename__ = "attendance_paper"
    __table_args__ = (
        sa.UniqueConstraint("workshop_id", "kind", "day", "lang"),
        sa.CheckConstraint("kind IN ('sheet','badges')", name="kind"),
        sa.CheckConstraint("state IN ('waiting','ready','failed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"))
    kind: Mapped[str]
    day: Mapped[str] = mapped_column(default="")
    lang: Mapped[str]
    state: Mapped[str]
    file_key: Mapped[str | None]
    pages: Mapped[int | None]
    people: Mapped[int] = mapped_column(default=0)
    requested_at: Mapped[datetime]
    job_id: Mapped[int | None]


class SheetScan(Base):
    """A signed sheet, scanned: the paper behind the evidence of its day."""

    __tablename__ = "sheet_scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    day: Mapped[str]
    file_key: Mapped[str]
    file_name: Mapped[str]
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]


class HeadCount(Base):
    """How many were counted in a room or a call, without names; a mistake is taken back."""

    __tablename__ = "head_count"
    __table_args__ = (
        sa.CheckConstraint("mode IN ('in_person','online')", name="mode"),
        sa.CheckConstraint("persons >= 0", name="persons"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    day: Mapped[str]
    mode: Mapped[str]
    persons: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    counted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    counted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class CertificateOffer(Base):
    """On which terms a workshop certifies attendance."""

    __tablename__ = "certificate_offer"
    __table_args__ = (
        sa.CheckConstraint("min_days >= 1 AND min_online_minutes >= 0", name="terms"),
    )

    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), primary_key=True)
    is_offered: Mapped[bool] = mapped_column(default=False)
    min_days: Mapped[int] = mapped_column(default=1)
    min_online_minutes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Certificate(Base):
    """That somebody took part, with the words it was issued with; ``code`` opens its proof."""

    __tablename__ = "certificate"
    __table_args__ = (sa.CheckConstraint("state IN ('waiting','ready','failed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"), unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    lang: Mapped[str]
    took_part: Mapped[str]
    days: Mapped[int]
    state: Mapped[str]
    file_key: Mapped[str | None]
    issued_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    registration: Mapped[Registration] = relationship()
