"""What of an article is being written: its texts, what is said of them, and its own photo."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Base, JSONType
from eventsapp.core.unsaved import Unsaved
from eventsapp.photos.models import Pictured, picture_checks


class ArticleText(Base):
    """The working text in one language.

    Of an article made of a report, a part that is not there reads as it is composed from the
    snapshot; a text without a row is composed whole.
    """

    __tablename__ = "article_text"
    __table_args__ = (sa.CheckConstraint("state IN ('draft','ready')", name="state"),)

    article_id: Mapped[int] = mapped_column(
        sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    lang: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default="ready")
    headline: Mapped[str | None]
    standfirst: Mapped[str | None]
    # Prose with references to facts of the snapshot.
    body: Mapped[str | None]
    # The number of the workshop's photo it begins with (0: none), and the marks of the quotes
    # it has, in their order; where there is neither it has those that are usual.
    lead_photo: Mapped[int | None]
    quotes: Mapped[list[Any] | None] = mapped_column(JSONType)
    edited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    # When it was last written, or last compared with the original and found to say the same.
    changed_at: Mapped[datetime]


class UnsavedArticleText(Unsaved, Base):
    """What somebody typed into an article and has not saved."""

    __tablename__ = "article_unsaved_text"
    __table_args__ = (sa.UniqueConstraint("article_id", "user_id", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"))
    article_version: Mapped[int]


class ArticleComment(Base):
    """A word of the review."""

    __tablename__ = "article_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        sa.ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    text: Mapped[str]
    # Whether the article was sent back to its author with these words.
    sends_back: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class ArticlePhoto(Pictured, Base):
    """The photo of an article that is not made of a report, as it is in work."""

    __tablename__ = "article_photo"
    __table_args__ = picture_checks()

    article_id: Mapped[int] = mapped_column(
        sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]
    described_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
