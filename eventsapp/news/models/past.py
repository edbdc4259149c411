"""Files of a former site's news: looked at, perhaps taken in, perhaps undone."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Base


class PastNewsImport(Base):
    __tablename__ = "past_news_import"
    __table_args__ = (
        sa.CheckConstraint("status IN ('preview','confirmed','undone')", name="status"),
        # The same file publishes nothing twice.
        sa.Index(
            "uq_past_news_import_confirmed",
            "file_key",
            unique=True,
            sqlite_where=sa.text("status = 'confirmed'"),
            postgresql_where=sa.text("status = 'confirmed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_key: Mapped[str]
    file_name: Mapped[str]
    lang: Mapped[str]
    status: Mapped[str] = mapped_column(default="preview")
    # Number and original address of each article that it published.
    articles: Mapped[list[Any]] = mapped_column(default=list)
    imported_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
