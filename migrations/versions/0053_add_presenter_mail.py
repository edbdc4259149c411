"""Those who present have an address and a language of their own, for the mail about it."""

import sqlalchemy as sa
from alembic import op

revision = "0053_add_presenter_mail"
down_revision = "0052_add_topic_aliases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("email", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("'en'"), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("team_member", column)


def downgrade() -> None:
    for name in ("told_at", "language", "email"):
        op.drop_column("team_member", name)
