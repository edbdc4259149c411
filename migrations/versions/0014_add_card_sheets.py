"""Remember how many feedback cards each sheet has, so that it can be printed again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_add_card_sheets"
down_revision = "0013_add_invited_at"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "feedback_form",
        sa.Column(
            "card_sheets",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("feedback_form", "card_sheets")
