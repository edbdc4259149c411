"""Workshops with their agenda, presenting teams and groups of participants."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.projects.models import Contract, Project
from eventsapp.workshops.types import Mode

workshop_topic = sa.Table(
    "workshop_topic",
    Base.metadata,
    sa.Column("workshop_id", sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("topic_id", sa.ForeignKey("topic.id"), primary_key=True, index=True),
)
# Which sessions take place elsewhere than at the workshop's own place.
session_venue = sa.Table(
    "session_venue",
    Base.metadata,
    sa.Column(
        "session_id", sa.ForeignKey("workshop_session.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("venue_id", sa.ForeignKey("venue.id", ondelete="CASCADE"), index=True),
)
# Under which of its project's contracts a workshop is held.
workshop_contract = sa.Table(
    "workshop_contract",
    Base.metadata,
    sa.Column("workshop_id", sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("contract_id", sa.ForeignKey("contract.id"), primary_key=True, index=True),
)
# A workshop is of one series at most.
series_member = sa.Table(
    "series_member",
    Base.metadata,
    sa.Column("workshop_id", sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("series_id", sa.ForeignKey("workshop_series.id", ondelete="CASCADE"), index=True),
)


class Topic(Base):
    """What workshops are about, as the organisation names it; readers filter by it."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Stands in addresses.
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Texts]
    version: Mapped[int] = mapped_column(server_default=sa.text("1"))

    __mapper_args__ = {"version_id_col": version}


class TopicAlias(Base):
    """What a topic was called in addresses before it was renamed, or became part of another."""

    __tablename__ = "topic_alias"

    slug: Mapped[str] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id", ondelete="CASCADE"), index=True)


class WorkshopSeries(Base):
    """Workshops that are one thing on several dates."""

    __tablename__ = "workshop_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class Workshop(Base):
    """Seats taken are counted here under a constraint, so that a race cannot oversell them."""

    __tablename__ = "workshop"
    __table_args__ = (
        sa.CheckConstraint("format IN ('in_person','hybrid','online')", name="format"),
        sa.CheckConstraint(
            "status IN ('draft','announced','open','closed','held','reported','cancelled')",
            name="status",
        ),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint(
            "taken_in_person >= 0 AND taken_in_person <= seats_in_person", name="seats_in_person"
        ),
        sa.CheckConstraint(
            "taken_online >= 0 AND taken_online <= seats_online", name="seats_online"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    status: Mapped[str] = mapped_column(default="draft")
    # What undoing a cancellation goes back to.
    cancelled_from: Mapped[str | None]
    format: Mapped[str]
    title: Mapped[Texts]
    # Every language's title, casefolded, for search; SQLite's lower() knows only ASCII.
    search_key: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    timezone: Mapped[str]
    venue: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    city: Mapped[Texts]
    country_code: Mapped[str] = mapped_column(default="", index=True)
    join_link: Mapped[str] = mapped_column(default="")
    seats_in_person: Mapped[int] = mapped_column(default=0)
    seats_online: Mapped[int] = mapped_column(default=0)
    taken_in_person: Mapped[int] = mapped_column(default=0)
    taken_online: Mapped[int] = mapped_column(default=0)
    rationale: Mapped[Texts]
    outlook: Mapped[Texts]
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["en"])
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    # Grows with each change that calendars must learn of (RFC 5545 SEQUENCE).
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    # Another one after each change of the description; what was drawn from it is kept under it.
    revision: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    contracts: Mapped[list[Contract]] = relationship(
        secondary=workshop_contract, order_by=Contract.id
    )
    topics: Mapped[list[Topic]] = relationship(secondary=workshop_topic, order_by=Topic.id)
    series: Mapped[WorkshopSeries | None] = relationship(secondary=series_member)
    venues: Mapped[list["Venue"]] = relationship(
        order_by="Venue.position", cascade="all, delete-orphan"
    )
    objectives: Mapped[list["Objective"]] = relationship(
        order_by="Objective.position", cascade="all, delete-orphan"
    )
    sessions: Mapped[list["WorkshopSession"]] = relationship(
        order_by="WorkshopSession.position", cascade="all, delete-orphan"
    )
    teams: Mapped[list["PresentingTeam"]] = relationship(
        order_by="PresentingTeam.position", cascade="all, delete-orphan"
    )
    groups: Mapped[list["ParticipantGroup"]] = relationship(
        order_by="ParticipantGroup.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class WorkshopImport(Base):
    """A sheet of workshops: looked at, perhaps confirmed, perhaps undone."""

    __tablename__ = "workshop_import"
    __table_args__ = (
        sa.CheckConstraint("status IN ('preview','confirmed','undone')", name="status"),
        # The same sheet registers nothing twice.
        sa.Index(
            "uq_workshop_import_confirmed",
            "file_key",
            unique=True,
            sqlite_where=sa.text("status = 'confirmed'"),
            postgresql_where=sa.text("status = 'confirmed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_key: Mapped[str]
    file_name: Mapped[str]
    status: Mapped[str] = mapped_column(default="preview")
    # The workshops that it registered.
    workshop_ids: Mapped[list[Any]] = mapped_column(default=list)
    imported_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class RefCounter(Base):
    """The last number given under ``LY-2022``; its row lock puts registrations in order."""

    __tablename__ = "ref_counter"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Objective(Base):
    __tablename__ = "objective"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[Texts]


class Venue(Base):
    """A further place, beside the workshop's own."""

    __tablename__ = "venue"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")


class WorkshopSession(Base):
    """An item of the agenda."""

    __tablename__ = "workshop_session"
    __table_args__ = (
        sa.UniqueConstraint("workshop_id", "position"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[Texts]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str] = mapped_column(default="")
    # A call of its own, as parallel sessions have; else the workshop's.
    join_link: Mapped[str | None]

    venue: Mapped[Venue | None] = relationship(secondary=session_venue)
    presenters: Mapped[list["SessionPresenter"]] = relationship(
        order_by="SessionPresenter.position", cascade="all, delete-orphan"
    )

    @property
    def place(self) -> str:
        """Where it is held, as far as that is not the workshop's own place."""
        named = self.venue.name if self.venue else ""
        return ", ".join(part for part in (named, self.room) if part)


class PresentingTeam(Base):
    __tablename__ = "presenting_team"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[Texts]
    members: Mapped[list["TeamMember"]] = relationship(
        order_by="TeamMember.position", cascade="all, delete-orphan", back_populates="team"
    )


class TeamMember(Base):
    """Somebody who presents, and how they joined."""

    __tablename__ = "team_member"
    __table_args__ = (
        sa.UniqueConstraint("team_id", "position"),
        sa.CheckConstraint("mode IN ('in_person','online')", name="mode"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("presenting_team.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    function: Mapped[str] = mapped_column(default="")
    mode: Mapped[str]
    # Never shown in public: where their own mail goes, in which language, and when they first got
    # it; who has it is told of changes.
    email: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    language: Mapped[str] = mapped_column(default="en", server_default=sa.text("'en'"))
    told_at: Mapped[datetime | None]

    team: Mapped[PresentingTeam] = relationship(back_populates="members")
    presents: Mapped[list["SessionPresenter"]] = relationship(
        back_populates="member", cascade="all, delete-orphan"
    )


class SessionPresenter(Base):
    """Who presents a session, and how they join for it."""

    __tablename__ = "session_presenter"
    __table_args__ = (sa.CheckConstraint("mode IN ('in_person','online')", name="mode"),)

    session_id: Mapped[int] = mapped_column(
        sa.ForeignKey("workshop_session.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        sa.ForeignKey("team_member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    mode: Mapped[str]

    member: Mapped[TeamMember] = relationship(back_populates="presents")

    @property
    def how(self) -> Mode:
        return Mode(self.mode)


class ParticipantGroup(Base):
    """Whom the workshop is for, named in the plural; registrations may belong to one."""

    __tablename__ = "participant_group"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[Texts]
