"""Who is told of news by mail. Whoever leaves is forgotten: no row remains of them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.news.models.articles import Article
from eventsapp.news.types import MOST_BOUNCES


class Subscriber(Base):
    """An address, and what it wants to hear of; empty lists narrow nothing.

    Nothing but the question whether they meant it is sent before ``confirmed_at``. ``nonce`` makes
    the links in their mails; ``pending`` is what they asked for and have not confirmed yet.
    ``bounces`` counts the mails that came back for good; after ``MOST_BOUNCES`` none is sent.
    """

    __tablename__ = "subscriber"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    lang: Mapped[str]
    countries: Mapped[list[str]]
    projects: Mapped[list[Any]]
    pending: Mapped[dict[str, Any]]
    nonce: Mapped[str]
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    bounces: Mapped[int] = mapped_column(default=0, server_default="0")
    bounced_at: Mapped[datetime | None]
    bounce_status: Mapped[str] = mapped_column(default="", server_default="")
    added_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    @property
    def is_reachable(self) -> bool:
        return self.bounces < MOST_BOUNCES


class SubscriberMail(Base):
    """That a subscriber is told of an article: once, and once more of a correction where asked."""

    __tablename__ = "subscriber_mail"
    __table_args__ = (sa.UniqueConstraint("subscriber_id", "article_id", "correction"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(sa.ForeignKey("subscriber.id", ondelete="CASCADE"))
    article_id: Mapped[int] = mapped_column(
        sa.ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    # 0 for the news itself, else the version that corrects it.
    correction: Mapped[int]
    lang: Mapped[str]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    subscriber: Mapped[Subscriber] = relationship()
    article: Mapped[Article] = relationship()
