"""Reports, the prose people edited, snapshots and numbered editions."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base, JSONType
from eventsapp.core.unsaved import Unsaved
from eventsapp.workshops.models import Workshop


class Report(Base):
    """One report a workshop. Prose lives per section and language, facts in the snapshot."""

    __tablename__ = "report"
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft','in_review','approved','issued')", name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    languages: Mapped[list[str]]
    # Its own sections; where it has none, its project's.
    outline: Mapped[list[Any] | None] = mapped_column(JSONType)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    # Who was asked to approve it; where nobody was, every editor is.
    reviewer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    approver_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    workshop: Mapped[Workshop] = relationship()
    texts: Mapped[list["ReportText"]] = relationship(cascade="all, delete-orphan")
    comments: Mapped[list["ReviewComment"]] = relationship(order_by="ReviewComment.id")
    snapshots: Mapped[list["Snapshot"]] = relationship(order_by="Snapshot.id")

    __mapper_args__ = {"version_id_col": version}


class ReportTemplate(Base):
    """The outline of a project's reports; an empty one is the usual one."""

    __tablename__ = "report_template"

    project_id: Mapped[int] = mapped_column(
        sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    outline: Mapped[list[Any]]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ReportText(Base):
    """Edited prose of one section in one language; a section without a row drafts itself."""

    __tablename__ = "report_text"
    __table_args__ = (sa.UniqueConstraint("report_id", "section_key", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id", ondelete="CASCADE"))
    section_key: Mapped[str]
    lang: Mapped[str]
    prose: Mapped[str]
    edited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    edited_at: Mapped[datetime]


class TextVersion(Base):
    """What a section was changed to, by whom and when; without prose it drafts itself again."""

    __tablename__ = "report_text_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        sa.ForeignKey("report.id", ondelete="CASCADE"), index=True
    )
    section_key: Mapped[str]
    lang: Mapped[str]
    prose: Mapped[str | None]
    edited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    edited_at: Mapped[datetime]


class UnsavedText(Unsaved, Base):
    """What somebody typed into a workshop's report and has not saved."""

    __tablename__ = "report_unsaved_text"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "user_id", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"))
    report_version: Mapped[int]


class ReviewComment(Base):
    """A word of the review, about a section or about the whole report."""

    __tablename__ = "review_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        sa.ForeignKey("report.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    section_key: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class Snapshot(Base):
    """The frozen facts and prose of an approved report; ``hash`` covers their canonical JSON."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"), index=True)
    content: Mapped[dict[str, Any]]
    hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class Edition(Base):
    """A numbered issue: snapshot x kind x language, rendered once, never edited."""

    __tablename__ = "edition"
    __table_args__ = (
        sa.UniqueConstraint("report_id", "number", "kind", "lang"),
        sa.UniqueConstraint("snapshot_id", "kind", "lang"),
        sa.CheckConstraint("kind IN ('public','donor')", name="kind"),
        sa.CheckConstraint("status IN ('waiting','ready','failed')", name="status"),
        sa.CheckConstraint("status <> 'ready' OR file_key IS NOT NULL", name="ready_has_file"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(sa.ForeignKey("snapshot.id"))
    number: Mapped[int]
    kind: Mapped[str]
    lang: Mapped[str]
    status: Mapped[str] = mapped_column(default="waiting")
    job_id: Mapped[int | None]
    file_key: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    pages: Mapped[int | None]
    failure: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]

    snapshot: Mapped[Snapshot] = relationship()
    report: Mapped[Report] = relationship()
