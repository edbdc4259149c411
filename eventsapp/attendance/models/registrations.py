"""Registrations, and what is written to people about them."""

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
        # A page of the list, its filters and its search are answered from this index alone.
        sa.Index(
            "ix_registration_roster",
            *("workshop_id", "list_key", "id", "status", "mode", "group_id", "code", "search_key"),
        ),
        sa.Index("ix_registration_names", "workshop_id", "name_key", "status", "id"),
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
    # What the list is ordered and searched by (rules.roster): it follows the person.
    list_key: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    search_key: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    name_key: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
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
