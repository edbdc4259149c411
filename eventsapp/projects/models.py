"""Organisations, donors, projects and the disclaimers of their contracts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts


class Organisation(Base):
    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Texts]
    acronym: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")


class Donor(Base):
    """Who pays. ``statement`` is the donor's own wording, printed beside the emblem."""

    __tablename__ = "donor"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Texts]
    acronym: Mapped[str] = mapped_column(default="")
    # A file below static/emblems, a stored PNG's key, or empty: an emblem is never altered.
    emblem: Mapped[str] = mapped_column(default="")
    statement: Mapped[Texts]
    represented_by: Mapped[list["DonorRepresentative"]] = relationship(
        order_by="DonorRepresentative.position", cascade="all, delete-orphan"
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class DonorRepresentative(Base):
    """An authority through which a donor acts, named in every acknowledgement."""

    __tablename__ = "donor_representative"
    __table_args__ = (sa.UniqueConstraint("donor_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[Texts]
    acronym: Mapped[str] = mapped_column(default="")
    # What goes before the name when it acts through another ("the Federal Department ...
    # acting through its"), empty otherwise.
    acting_through: Mapped[Texts]


class Project(Base):
    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    acronym: Mapped[str]
    name: Mapped[Texts]
    summary: Mapped[Texts]
    background: Mapped[Texts]
    url: Mapped[str] = mapped_column(default="")
    contract_number: Mapped[str] = mapped_column(default="")
    disclaimer: Mapped[Texts]
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    reports_sex: Mapped[bool] = mapped_column(default=True)
    # A theme of the style sheets: pages, articles and papers of the project wear it.
    accent: Mapped[str] = mapped_column(default="petrol")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    organisation: Mapped[Organisation] = relationship()
    donations: Mapped[list["ProjectDonor"]] = relationship(
        order_by="ProjectDonor.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def donors(self) -> list[Donor]:
        return [donation.donor for donation in self.donations]


class ProjectDonor(Base):
    __tablename__ = "project_donor"

    project_id: Mapped[int] = mapped_column(
        sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id"), primary_key=True)
    position: Mapped[int]
    donor: Mapped[Donor] = relationship()


class Contract(Base):
    """A further contract of a project: its number, who grants it, its time and its disclaimer.

    What the project says itself stands for workshops that are of none of them.
    """

    __tablename__ = "contract"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    # None where all of the project's donors grant it together.
    donor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("donor.id"))
    number: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    disclaimer: Mapped[Texts]
    version: Mapped[int] = mapped_column()

    donor: Mapped[Donor | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Disclaimer(Base):
    """A disclaimer as a contract worded it at a time; without a contract it is the project's own,
    whose newest one stands."""

    __tablename__ = "disclaimer"
    __table_args__ = (sa.UniqueConstraint("project_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    number: Mapped[int]
    contract_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contract.id", ondelete="CASCADE")
    )
    contract_number: Mapped[str]
    text: Mapped[Texts]
    since: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class Derogation(Base):
    """Why a donor is not shown for a time, such as for people's safety, and who allowed it."""

    __tablename__ = "derogation"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        sa.ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id"))
    reason: Mapped[str]
    authorised_by: Mapped[str]
    until: Mapped[date]
    recorded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    donor: Mapped[Donor] = relationship()
