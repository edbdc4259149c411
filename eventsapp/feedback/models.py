"""Forms, the right to answer, and answers that carry no trace of who gave them.

The three tables at the end are shaped by what a database dump gives away: random keys, no
times, no order of insertion after mixing. Change nothing here without running the proof.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.workshops.models import Workshop


class FeedbackForm(Base):
    __tablename__ = "feedback_form"
    __table_args__ = (
        sa.CheckConstraint("access IN ('cards','personal','open')", name="access"),
        sa.CheckConstraint("status IN ('draft','open','closed')", name="status"),
        sa.CheckConstraint("late IN ('refuse','hold')", name="late"),
        sa.UniqueConstraint("workshop_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    purpose: Mapped[str] = mapped_column(default="end")
    title: Mapped[Texts]
    access: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    closes_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    # What becomes of answers that come after closing.
    late: Mapped[str] = mapped_column(default="refuse", server_default="refuse")
    # When a draft opens by itself, in months after the workshop's end where not on a given day.
    opens_on: Mapped[date | None]
    opens_after: Mapped[int | None]
    open_days: Mapped[int | None]
    # Reminders of mailed links, in days after the mails and before the last day.
    remind_after: Mapped[int | None]
    remind_before: Mapped[int | None]
    most_reminders: Mapped[int] = mapped_column(default=2, server_default="2")
    # The day on which mails went out last, in the workshop's zone.
    invited_on: Mapped[date | None]
    # How many cards each printed sheet has; their codes are made from form, sheet and number.
    card_sheets: Mapped[list[Any]] = mapped_column(default=list, server_default=sa.text("'[]'"))
    # What can be put back: the last removed first, each with the place where it stood.
    removed_questions: Mapped[list[Any]] = mapped_column(
        default=list, server_default=sa.text("'[]'")
    )
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    workshop: Mapped[Workshop] = relationship()
    versions: Mapped[list["FormVersion"]] = relationship(order_by="FormVersion.number")

    __mapper_args__ = {"version_id_col": version}

    @property
    def timezone(self) -> str:
        return self.workshop.timezone


class FormVersion(Base):
    """The questions as asked; a form that has answers gets a new version, never another text."""

    __tablename__ = "form_version"
    __table_args__ = (sa.UniqueConstraint("form_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_form.id"))
    number: Mapped[int]
    questions: Mapped[list[Any]]
    created_at: Mapped[datetime]


class FeedbackPaper(Base):
    """Copies to fill in by pen, as one file; it goes when the form closes, for it shows codes.

    ``sheet`` is the sheet of cards whose codes the copies have, 0 where one code is open to all.
    """

    __tablename__ = "feedback_paper"
    __table_args__ = (
        sa.UniqueConstraint("form_version_id", "lang", "sheet"),
        sa.CheckConstraint("state IN ('waiting','ready','failed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_form.id"), index=True)
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))
    lang: Mapped[str]
    sheet: Mapped[int]
    state: Mapped[str]
    file_key: Mapped[str | None]
    pages: Mapped[int | None]
    requested_at: Mapped[datetime]
    job_id: Mapped[int | None]


class Invitation(Base):
    """A right to answer once. It knows whether it was spent, never when or with what."""

    __tablename__ = "invitation"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_form.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registration.id"))
    token_mac: Mapped[str] = mapped_column(unique=True)
    spent: Mapped[bool] = mapped_column(default=False)
    retry_mac: Mapped[str | None]
    expires_on: Mapped[date]


class FeedbackReminder(Base):
    """A round of reminders, one of a form's few: of the round as a whole, never of a person.

    While it is under way ``reached`` is the invitation that it came to last. The round passes over
    those that were spent, so that names nobody who had answered; it is emptied at the end.
    """

    __tablename__ = "feedback_reminder"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('after','before','now')", name="kind"),
        {"sqlite_with_rowid": False},
    )

    form_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_form.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    started_on: Mapped[date]
    reached: Mapped[str] = mapped_column(default="")
    mailed: Mapped[int] = mapped_column(default=0)
    is_done: Mapped[bool] = mapped_column(default=False)


class FeedbackInbox(Base):
    """Answers that wait to be mixed; read by nothing but the mixer."""

    __tablename__ = "feedback_inbox"
    __table_args__ = {"sqlite_with_rowid": False}

    rid: Mapped[str] = mapped_column(primary_key=True)
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"), index=True)
    payload: Mapped[dict[str, Any]]


class FeedbackResponse(Base):
    """A mixed answer: new random key, no date."""

    __tablename__ = "feedback_response"
    __table_args__ = {"sqlite_with_rowid": False}

    rid: Mapped[str] = mapped_column(primary_key=True)
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"), index=True)
    payload: Mapped[dict[str, Any]]


class FeedbackSummary(Base):
    """What a form's answers come to, counted when they were mixed.

    ``content`` is JSON of the shape that queries.summaries reads: of everybody where ``by_key``
    is empty, of each group of that grouping otherwise.
    """

    __tablename__ = "feedback_summary"

    form_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_form.id"), primary_key=True)
    by_key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class FeedbackText(Base):
    """Something written in answer to one question, apart from all else its author answered.

    ``quote_by`` is how the author agreed to be named (None: not to be quoted at all), and
    ``withdrawal_mac`` knows the code that takes the agreement back. ``is_picked`` is staff's.
    """

    __tablename__ = "feedback_text"
    __table_args__ = (
        sa.CheckConstraint("quote_by IN ('none','role','name')", name="quote_by"),
        # A random key, so that each question's texts lie in an order of their own.
        sa.Index("ix_feedback_text_read", "form_id", "question_key", "rid"),
        {"sqlite_with_rowid": False},
    )

    rid: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_form.id"))
    question_key: Mapped[str]
    lang: Mapped[str]
    text: Mapped[str]
    search_key: Mapped[str]
    quote_by: Mapped[str | None]
    quote_as: Mapped[str] = mapped_column(default="")
    withdrawal_mac: Mapped[str | None] = mapped_column(index=True)
    is_picked: Mapped[bool] = mapped_column(default=False)
