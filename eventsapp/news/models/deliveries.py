"""Where news is sent, and what each place has: a row a target, article and language."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.news.models.articles import Article


class ChannelTarget(Base):
    """A place that is told of news; ``kind`` is the key of its channel.

    Empty lists of languages, countries and projects narrow nothing.
    """

    __tablename__ = "channel_target"
    __table_args__ = (
        # All subscribers are one target, also where two confirm at once.
        sa.Index(
            "uq_channel_target_mail",
            "kind",
            unique=True,
            sqlite_where=sa.text("kind = 'mail'"),
            postgresql_where=sa.text("kind = 'mail'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    settings: Mapped[dict[str, Any]]
    # Encrypted with a key of the data folder; empty where the channel needs none.
    secret: Mapped[str]
    languages: Mapped[list[str]]
    countries: Mapped[list[str]]
    projects: Mapped[list[Any]]
    # Only articles published since then; all of them where it is empty.
    covers_since: Mapped[datetime | None]
    is_active: Mapped[bool]
    # It does not let us in: nothing is sent until its settings change.
    is_shut: Mapped[bool]
    error: Mapped[str]
    error_values: Mapped[dict[str, Any]]
    # It asked us to wait until then.
    quiet_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Delivery(Base):
    """What a target should have of an article in a language, and what it has.

    Versions are numbers of what was published; 0 stands for "nothing". ``sent_version`` is empty
    until something was sent.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        sa.UniqueConstraint("target_id", "article_id", "lang"),
        sa.CheckConstraint("state IN ('waiting','done','stopped')", name="state"),
        sa.CheckConstraint("wanted_version >= 0 AND attempts >= 0", name="numbers"),
        sa.Index("ix_delivery_state_next_try", "state", "next_try"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(sa.ForeignKey("channel_target.id", ondelete="CASCADE"))
    article_id: Mapped[int] = mapped_column(
        sa.ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    lang: Mapped[str]
    # Names the article in this language there, whatever its address here becomes.
    handle: Mapped[str]
    wanted_version: Mapped[int]
    sent_version: Mapped[int | None]
    state: Mapped[str]
    remote_id: Mapped[str]
    remote_url: Mapped[str]
    attempts: Mapped[int]
    # Whether it may have reached the target, whatever the target answered.
    was_tried: Mapped[bool]
    next_try: Mapped[datetime]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    error: Mapped[str]
    error_values: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]

    target: Mapped[ChannelTarget] = relationship()
    article: Mapped[Article] = relationship()
