"""Roll-ups as they were asked for as a PDF: frozen when asked, drawn in the background."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Base


class ProjectPaper(Base):
    """``content`` is the frozen document, so that the file says what the page said then."""

    __tablename__ = "project_paper"
    __table_args__ = (
        sa.CheckConstraint("status IN ('waiting','ready','failed')", name="status"),
        sa.CheckConstraint("status <> 'ready' OR file_key IS NOT NULL", name="ready_has_file"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    lang: Mapped[str]
    content: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(default="waiting")
    job_id: Mapped[int | None]
    file_key: Mapped[str | None]
    pages: Mapped[int | None]
    size: Mapped[int | None]
    failure: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
