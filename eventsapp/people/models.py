"""Persons and what they consented to."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Base


class Person(Base):
    """One human being, known by at most one current mail address."""

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint("sex IN ('female','male','undisclosed')", name="sex"),
        sa.Index("ix_person_name_key", "name_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    # Order-free, accent-free, casefolded: what names are matched by (rules.name_key).
    name_key: Mapped[str]
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="en")
    sex: Mapped[str] = mapped_column(default="undisclosed")
    institution: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    country_code: Mapped[str] = mapped_column(default="")
    # The last time that a mail to the present address came back, and what the far end said.
    bounced_at: Mapped[datetime | None]
    bounce_status: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class PersonAddress(Base):
    """Every mail address a person was ever known by; imports match against all of them."""

    __tablename__ = "person_address"

    email_key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)


class Consent(Base):
    """What somebody agreed to: the very text, the choice and the time."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    purpose: Mapped[str]
    text_version: Mapped[str]
    granted: Mapped[bool]
    at: Mapped[datetime]
