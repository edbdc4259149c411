"""Mails to a subscriber that came back are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0048_add_subscriber_bounces"
down_revision = "0047_add_article_pictures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "subscriber", sa.Column("bounces", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("subscriber", sa.Column("bounced_at", sa.DateTime(timezone=True)))
    op.add_column(
        "subscriber", sa.Column("bounce_status", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    with op.batch_alter_table("subscriber") as batch:
        batch.drop_column("bounce_status")
        batch.drop_column("bounced_at")
        batch.drop_column("bounces")
