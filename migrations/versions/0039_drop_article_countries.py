"""Drop the list of an article's countries: they are tags now."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039_drop_article_countries"
down_revision = "0038_file_articles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("article") as batch:
        batch.drop_column("country_codes")


def downgrade() -> None:
    texts = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("article") as batch:
        batch.add_column(
            sa.Column("country_codes", texts, server_default=sa.text("'[]'"), nullable=False)
        )
