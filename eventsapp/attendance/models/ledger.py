"""Registrations, what is written to people about them, and the append-only ledger of evidence."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.people.models import Person
from eventsapp.workshops.models import ParticipantGroup, Workshop


class Registration(Base):
    __tablename__ = "registration"
    __table_args__ = (
        sa.UniqueConstraint("workshop_id", "person_id"),
        sa.UniqueConstraint("workshop_id", "code"),
        sa.CheckConstraint("mode IN ('in_person','online')", name="mode"),
        sa.CheckConstraint(
            "status IN ('invited','requested','confirmed','waitlisted','declined','cancelled')",
            name="status",
        ),
        sa.Index("ix_registration_waiting", "workshop_id", "mode", "status", "queued_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("participant_group.id"))
    mode: Mapped[str]
    status: Mapped[str]
    # Typed at the door when the camera fails; unique within the workshop.
    code: Mapped[str]
    # When the organiser asked them to come; empty for those who came by themselves.
    invited_at: Mapped[datetime | None]
    # The place in the waiting list.
    queued_at: Mapped[datetime]
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    # To the questions of the workshop's own form, by the question's key.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=sa.text("'{}'"))
    # What the organiser told them with the last no.
    reason: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    # The organiser's own no: the person cannot take it back by registering again.
    is_turned_down: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # What a cancellation leads back to when it is undone.
    status_before: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    workshop: Mapped[Workshop] = relationship()
    person: Mapped[Person] = relationship()
    group: Mapped[ParticipantGroup | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class RegistrationSetup(Base):
    """How a workshop takes registrations; without a row everything is as usual."""

    __tablename__ = "registration_setup"
    __table_args__ = (
        sa.CheckConstraint("reminder_hours >= 0", name="reminder"),
        sa.CheckConstraint("joining_hours >= 0", name="joining"),
    )

    workshop_id: Mapped[int] = mapped_column(
        sa.ForeignKey("workshop.id"), primary_key=True, autoincrement=False
    )
    needs_approval: Mapped[bool]
    # Before the start; 0 sends none.
    reminder_hours: Mapped[int]
    joining_hours: Mapped[int]
    sends_thanks: Mapped[bool]
    fields: Mapped[list[Any]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class TimedLetter(Base):
    """A letter that was recorded when its time came: once for each occasion, whatever restarts."""

    __tablename__ = "timed_letter"

    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registration.id"), primary_key=True, autoincrement=False
    )
    message: Mapped[str] = mapped_column(primary_key=True)
    # What it was about: a start that is moved is a new occasion.
    occasion: Mapped[str] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime]


class MailWording(Base):
    """The organiser's own words for one mail of a workshop, in one language."""

    __tablename__ = "mail_wording"

    workshop_id: Mapped[int] = mapped_column(
        sa.ForeignKey("workshop.id"), primary_key=True, autoincrement=False
    )
    message: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    opening: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Delegation(Base):
    """Several people of one institution whom one of them, the head, registered."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(primary_key=True)
    head_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"), index=True)
    institution: Mapped[str]
    created_at: Mapped[datetime]

    head: Mapped[Registration] = relationship()
    members: Mapped[list["DelegationMember"]] = relationship(order_by="DelegationMember.position")


class DelegationMember(Base):
    """Somebody whom the head named, as the head wrote it.

    Without a registration the person had registered alone before, which the head is not told.
    """

    __tablename__ = "delegation_member"
    __table_args__ = (sa.UniqueConstraint("delegation_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(sa.ForeignKey("delegation.id"))
    position: Mapped[int]
    name: Mapped[str]
    registration_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("registration.id"), unique=True
    )
    withdrawn_at: Mapped[datetime | None]

    registration: Mapped[Registration | None] = relationship()


class MergedRegistration(Base):
    """A registration that turned out to be the same person's as another one."""

    __tablename__ = "merged_registration"
    __table_args__ = (sa.CheckConstraint("registration_id <> into_id", name="another"),)

    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registration.id"), primary_key=True, autoincrement=False
    )
    into_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"), index=True)
    merged_at: Mapped[datetime]


class KeptApart(Base):
    """Two registrations that look alike and are two people's, as the organiser says."""

    __tablename__ = "kept_apart"
    __table_args__ = (sa.CheckConstraint("one_id < other_id", name="order"),)

    one_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registration.id"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registration.id"), primary_key=True, autoincrement=False
    )


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


class Circular(Base):
    """What an organiser wrote to some of the people: the words and whom they were for, no names."""

    __tablename__ = "circular"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    subject: Mapped[Texts]
    body: Mapped[Texts]
    # By which statuses, modes and so on they were chosen.
    audience: Mapped[dict[str, Any]]
    recipients: Mapped[int]
    written_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    written_at: Mapped[datetime]
