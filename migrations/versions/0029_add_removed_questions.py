"""Keep the last questions that were removed from a form, so that they can be put back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029_add_removed_questions"
down_revision = "0028_add_report_outlines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "feedback_form",
        sa.Column(
            "removed_questions",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("feedback_form", "removed_questions")
