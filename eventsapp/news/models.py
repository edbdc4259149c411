"""Articles and every version of them that was published."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.reports.models import Report, Snapshot
from eventsapp.workshops.models import Workshop


class Article(Base):
    """One piece of news about one workshop, in the languages its report was issued in."""

    __tablename__ = "article"
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('draft','in_review','approved','scheduled','published','corrected',"
            "'withdrawn')",
            name="status",
        ),
        sa.Index("ix_article_status_dated", "status", "dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"), unique=True)
    snapshot_id: Mapped[int] = mapped_column(sa.ForeignKey("snapshot.id"))
    status: Mapped[str] = mapped_column(default="draft")
    # The date readers see, in the organisation's zone; not the moment of publishing.
    dated: Mapped[date]
    headline: Mapped[Texts]
    standfirst: Mapped[Texts]
    search_key: Mapped[str] = mapped_column(default="")
    country_codes: Mapped[list[str]]
    languages: Mapped[list[str]]
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    correction: Mapped[Texts]
    withdrawal_reason: Mapped[Texts]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    workshop: Mapped[Workshop] = relationship()
    report: Mapped[Report] = relationship()
    snapshot: Mapped[Snapshot] = relationship()
    versions: Mapped[list["ArticleVersion"]] = relationship(order_by="ArticleVersion.number")

    __mapper_args__ = {"version_id_col": version}


class ArticleVersion(Base):
    """What was published, whole, so that the history stays readable."""

    __tablename__ = "article_version"
    __table_args__ = (sa.UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    note: Mapped[Texts]
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class SlugRedirect(Base):
    """An address an article once had; it never breaks."""

    __tablename__ = "slug_redirect"

    slug: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"))
