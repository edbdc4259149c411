"""File articles under their countries, their workshops' topics and projects."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038_file_articles"
down_revision = "0037_widen_articles"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ARTICLE = sa.table(
    "article",
    sa.column("id", sa.Integer),
    sa.column("workshop_id", sa.Integer),
    sa.column("project_id", sa.Integer),
    sa.column("country_codes", JSON),
    sa.column("languages", JSON),
    sa.column("original_lang", sa.Text),
    sa.column("origin", sa.Text),
)
TAG = sa.table(
    "article_tag",
    sa.column("article_id", sa.Integer),
    sa.column("kind", sa.Text),
    sa.column("value", sa.Text),
)
WORKSHOP = sa.table("workshop", sa.column("id", sa.Integer), sa.column("project_id", sa.Integer))
ABOUT = sa.table(
    "workshop_topic", sa.column("workshop_id", sa.Integer), sa.column("topic_id", sa.Integer)
)
TOPIC = sa.table("topic", sa.column("id", sa.Integer), sa.column("slug", sa.Text))
MADE_ANEW = ("slug_redirect", "article_version", "article")


def upgrade() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(ARTICLE)).all():
        for code in dict.fromkeys(row.country_codes or []):
            _tag(row.id, "country", code)
        if row.languages:
            _set(row.id, original_lang=row.languages[0])
    of_project = (
        sa.select(WORKSHOP.c.project_id)
        .where(WORKSHOP.c.id == ARTICLE.c.workshop_id)
        .scalar_subquery()
    )
    op.execute(sa.update(ARTICLE).values(project_id=of_project))
    topics = (
        sa.select(ARTICLE.c.id, sa.literal("topic"), TOPIC.c.slug)
        .join(ABOUT, ABOUT.c.workshop_id == ARTICLE.c.workshop_id)
        .join(TOPIC, TOPIC.c.id == ABOUT.c.topic_id)
    )
    op.execute(sa.insert(TAG).from_select(["article_id", "kind", "value"], topics))


def downgrade() -> None:
    """Articles without a workshop have no place in the former structure; they go."""
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM article_tag WHERE kind = 'topic'"))
    lost = "SELECT id FROM article WHERE workshop_id IS NULL"
    for table in MADE_ANEW:
        column = "id" if table == "article" else "article_id"
        connection.execute(sa.text(f"DELETE FROM {table} WHERE {column} IN ({lost})"))  # noqa: S608
    codes: dict[int, list[str]] = {}
    for row in connection.execute(sa.select(TAG).order_by(TAG.c.value)).all():
        codes.setdefault(row.article_id, []).append(row.value)
    for article_id, found in codes.items():
        _set(article_id, country_codes=found)


def _tag(article_id: int, kind: str, value: str) -> None:
    op.execute(sa.insert(TAG).values(article_id=article_id, kind=kind, value=value))


def _set(article_id: int, **values: Any) -> None:
    op.execute(sa.update(ARTICLE).where(ARTICLE.c.id == article_id).values(**values))
