"""Keep what feedback comes to, and what was written, apart from who answered what else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019_add_feedback_results"
down_revision = "0018_add_report_writing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_summary",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("by_key", sa.Text(), nullable=False),
        sa.Column(
            "content",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["form_id"],
            ["feedback_form.id"],
            name=op.f("fk_feedback_summary_form_id_feedback_form"),
        ),
        sa.PrimaryKeyConstraint("form_id", "by_key", name=op.f("pk_feedback_summary")),
    )
    op.create_table(
        "feedback_text",
        sa.Column("rid", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("quote_by", sa.Text(), nullable=True),
        sa.Column("quote_as", sa.Text(), nullable=False),
        sa.Column("withdrawal_mac", sa.Text(), nullable=True),
        sa.Column("is_picked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "quote_by IN ('none','role','name')", name=op.f("ck_feedback_text_quote_by")
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["feedback_form.id"], name=op.f("fk_feedback_text_form_id_feedback_form")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_feedback_text")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_text_read", "feedback_text", ["form_id", "question_key", "rid"])
    op.create_index(op.f("ix_feedback_text_withdrawal_mac"), "feedback_text", ["withdrawal_mac"])


def downgrade() -> None:
    op.drop_table("feedback_text")
    op.drop_table("feedback_summary")
