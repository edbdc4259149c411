"""Articles, what they are filed under, and every version of them that was published."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.news.models.writing import ArticleComment, ArticlePhoto, ArticleText
from eventsapp.news.types import TagKind
from eventsapp.projects.models import Project
from eventsapp.reports.models import Report, Snapshot
from eventsapp.workshops.models import Workshop


class Article(Base):
    """One piece of news: about one workshop, made of its report, or of its author's words alone.

    Headline, standfirst and languages are those of what was published last; before that, of what
    is being written. The text itself is in ``versions`` (published) and ``texts`` (in work).
    """

    __tablename__ = "article"
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('draft','in_review','approved','scheduled','published','corrected',"
            "'withdrawn')",
            name="status",
        ),
        sa.CheckConstraint("revision IN ('draft','in_review','approved')", name="revision"),
        sa.CheckConstraint("origin IN ('report','plain','imported')", name="origin"),
        sa.CheckConstraint(
            "origin <> 'report' OR (workshop_id IS NOT NULL AND report_id IS NOT NULL "
            "AND snapshot_id IS NOT NULL)",
            name="report_has_snapshot",
        ),
        sa.CheckConstraint(
            "status <> 'scheduled' OR publish_at IS NOT NULL", name="scheduled_has_moment"
        ),
        sa.Index("ix_article_status_dated", "status", "dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    origin: Mapped[str] = mapped_column(default="report")
    workshop_id: Mapped[int | None] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(sa.ForeignKey("report.id"), unique=True)
    snapshot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("snapshot.id"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"), index=True)
    status: Mapped[str] = mapped_column(default="draft")
    # How far the next version of what was published once is; none where nobody works on one.
    revision: Mapped[str | None]
    # The date readers see, in the organisation's zone; not the moment of publishing.
    dated: Mapped[date]
    headline: Mapped[Texts]
    standfirst: Mapped[Texts]
    search_key: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]]
    # The others are its translations.
    original_lang: Mapped[str] = mapped_column(default="en")
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    # When a job publishes it, and the moment before which nothing of it is public.
    publish_at: Mapped[datetime | None]
    embargoed_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    correction: Mapped[Texts]
    # The file of its own photo that its last version has: everybody may see it while they may
    # read the article.
    shown_photo: Mapped[str | None] = mapped_column(index=True)
    withdrawal_reason: Mapped[Texts]
    withdrawn_at: Mapped[datetime | None]
    # Who took it down at once and alone, until somebody else has looked at it.
    taken_down_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    workshop: Mapped[Workshop | None] = relationship()
    report: Mapped[Report | None] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
    project: Mapped[Project | None] = relationship()
    tags: Mapped[list["ArticleTag"]] = relationship(
        cascade="all, delete-orphan", order_by="ArticleTag.value", lazy="selectin"
    )
    versions: Mapped[list["ArticleVersion"]] = relationship(order_by="ArticleVersion.number")
    texts: Mapped[list[ArticleText]] = relationship(cascade="all, delete-orphan")
    comments: Mapped[list[ArticleComment]] = relationship(
        cascade="all, delete-orphan", order_by="ArticleComment.id"
    )
    photo: Mapped[ArticlePhoto | None] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def country_codes(self) -> list[str]:
        return self._tagged(TagKind.COUNTRY)

    @property
    def topic_slugs(self) -> list[str]:
        return self._tagged(TagKind.TOPIC)

    def _tagged(self, kind: TagKind) -> list[str]:
        return [tag.value for tag in self.tags if tag.kind == kind]

    def tag(self, kind: TagKind, values: Iterable[str]) -> None:
        """File it under exactly these, of one kind."""
        others = [tag for tag in self.tags if tag.kind != kind]
        own = {tag.value: tag for tag in self.tags if tag.kind == kind}
        chosen = sorted({value for value in values if value})
        self.tags = [
            *others,
            *(own.get(value) or ArticleTag(kind=kind, value=value) for value in chosen),
        ]


class ArticleTag(Base):
    """What an article is filed under; lists, feeds and counts narrow by it."""

    __tablename__ = "article_tag"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('country','topic')", name="kind"),
        sa.Index("ix_article_tag_kind_value", "kind", "value"),
    )

    article_id: Mapped[int] = mapped_column(
        sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


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
