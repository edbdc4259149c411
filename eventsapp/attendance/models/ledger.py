"""Attendance files, and the append-only ledger of evidence."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.attendance.models.registrations import Registration
from eventsapp.core.db import Base


class ImportBatch(Base):
    """One attendance file: what was read, what was decided about it, and whether it still holds."""

    __tablename__ = "import_batch"
    __table_args__ = (
        sa.CheckConstraint("status IN ('preview','confirmed','undone')", name="status"),
        sa.CheckConstraint("stage IN ('columns','reading','ready','importing')", name="stage"),
        # The same file changes nothing twice.
        sa.Index(
            "uq_import_batch_confirmed",
            "workshop_id",
            "file_hash",
            unique=True,
            sqlite_where=sa.text("status = 'confirmed'"),
            postgresql_where=sa.text("status = 'confirmed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    file_key: Mapped[str]
    file_name: Mapped[str]
    file_hash: Mapped[str]
    layout_key: Mapped[str]
    # The name of a kept mapping, where one was used.
    layout_name: Mapped[str] = mapped_column(default="")
    # Which column holds what, where no layout knows; and what a person said about dates.
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    timezone: Mapped[str]
    status: Mapped[str] = mapped_column(default="preview")
    # Whether it waits for a person to say what the columns are, for a worker, or for nobody.
    stage: Mapped[str] = mapped_column(default="ready")
    row_count: Mapped[int] = mapped_column(default=0)
    problem_count: Mapped[int] = mapped_column(default=0)
    # The first of them: row, message, values.
    problems: Mapped[list[Any]] = mapped_column(default=list)
    # Row number to registration id, as a person decided it.
    decisions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    imported_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportLine(Base):
    """Somebody in a file, by the first of their rows, and whom they are taken for."""

    __tablename__ = "import_line"

    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    # Unknown is not zero.
    minutes: Mapped[int | None]
    stays: Mapped[int]
    kind: Mapped[str]
    registration_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("registration.id"), index=True
    )
    # Registrations of people with similar names, the most similar first.
    suggestions: Mapped[list[Any]] = mapped_column(default=list)

    registration: Mapped[Registration | None] = relationship()


class ImportStay(Base):
    """A stay of somebody in a file: what becomes evidence when the file is imported."""

    __tablename__ = "import_stay"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    # The line that it belongs to.
    number: Mapped[int]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    minutes: Mapped[int | None]


class ImportMapping(Base):
    """Which column holds what in files with a certain head, as somebody said once."""

    __tablename__ = "import_mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    head_shape: Mapped[str] = mapped_column(unique=True)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kept_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    kept_at: Mapped[datetime]


class AttendanceRecord(Base):
    """One piece of evidence: person x session x mode x source. Never changed, never deleted;
    a record that names another in ``revokes_id`` takes it back."""

    __tablename__ = "attendance_record"
    __table_args__ = (
        sa.CheckConstraint("mode IN ('in_person','online')", name="mode"),
        sa.CheckConstraint(
            "source IN ('qr','kiosk','sheet','head_count','video','manual')", name="source"
        ),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="interval"),
        sa.CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes"),
        sa.UniqueConstraint("revokes_id"),
        # A replayed scan is the same scan.
        sa.UniqueConstraint("scan_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("workshop_session.id"))
    mode: Mapped[str]
    source: Mapped[str]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # How long, where the source does not tell from when until when.
    minutes: Mapped[int | None]
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    scan_key: Mapped[str | None]
    recorded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    revokes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attendance_record.id"))
