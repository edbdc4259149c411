"""Outcomes, difficulties and recommendations of workshops; indicators of projects."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts


class OutcomeSheet(Base):
    """What is edited as one page; its version lets the second of two editors see the first."""

    __tablename__ = "outcome_sheet"

    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), primary_key=True)
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    outcomes: Mapped[list["Outcome"]] = relationship(cascade="all, delete-orphan")
    difficulties: Mapped[list["Difficulty"]] = relationship(
        order_by="Difficulty.position", cascade="all, delete-orphan"
    )
    recommendations: Mapped[list["Recommendation"]] = relationship(
        order_by="Recommendation.position", cascade="all, delete-orphan"
    )
    contributions: Mapped[list["Contribution"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class Outcome(Base):
    """What became of an objective. ``objective`` is its wording when that was said: a verdict
    on other words is not printed."""

    __tablename__ = "outcome"
    __table_args__ = (sa.CheckConstraint("status IN ('achieved','partly','not')", name="status"),)

    workshop_id: Mapped[int] = mapped_column(
        sa.ForeignKey("outcome_sheet.workshop_id", ondelete="CASCADE"), index=True
    )
    objective_id: Mapped[int] = mapped_column(
        sa.ForeignKey("objective.id", ondelete="CASCADE"), primary_key=True
    )
    objective: Mapped[Texts]
    status: Mapped[str]
    evidence: Mapped[Texts]


class Difficulty(Base):
    __tablename__ = "difficulty"

    workshop_id: Mapped[int] = mapped_column(
        sa.ForeignKey("outcome_sheet.workshop_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[Texts]
    resolution: Mapped[Texts]


class Recommendation(Base):
    __tablename__ = "recommendation"

    workshop_id: Mapped[int] = mapped_column(
        sa.ForeignKey("outcome_sheet.workshop_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[Texts]
    owner: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]


class IndicatorSet(Base):
    """The indicators of a project as they are edited together."""

    __tablename__ = "indicator_set"

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), primary_key=True)
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    indicators: Mapped[list["Indicator"]] = relationship(
        order_by="Indicator.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class Indicator(Base):
    __tablename__ = "indicator"
    __table_args__ = (
        sa.CheckConstraint(
            "measure IN ('persons','women','attendances','workshops','by_hand')", name="measure"
        ),
        sa.CheckConstraint("baseline >= 0", name="baseline"),
        sa.CheckConstraint("target IS NULL OR target > 0", name="target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        sa.ForeignKey("indicator_set.project_id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    name: Mapped[Texts]
    measure: Mapped[str]
    baseline: Mapped[int] = mapped_column(default=0)
    target: Mapped[int | None]


class Contribution(Base):
    """What one workshop adds to an indicator that is counted by hand."""

    __tablename__ = "contribution"
    __table_args__ = (sa.CheckConstraint("value >= 0", name="value"),)

    workshop_id: Mapped[int] = mapped_column(
        sa.ForeignKey("outcome_sheet.workshop_id", ondelete="CASCADE"), primary_key=True
    )
    indicator_id: Mapped[int] = mapped_column(
        sa.ForeignKey("indicator.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    value: Mapped[int]
