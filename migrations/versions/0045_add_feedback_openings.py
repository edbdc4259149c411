"""When a feedback form opens by itself, and for how many days."""

import sqlalchemy as sa
from alembic import op

revision = "0045_add_feedback_openings"
down_revision = "0044_add_past_news"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feedback_form") as batch:
        batch.add_column(sa.Column("opens_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("opens_after", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("open_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("feedback_form") as batch:
        for column in ("open_days", "opens_after", "opens_on"):
            batch.drop_column(column)
