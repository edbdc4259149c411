"""Add feedback forms on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0041_add_feedback_papers"
down_revision = "0040_add_deliveries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting','ready','failed')", name=op.f("ck_feedback_paper_state")
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["feedback_form.id"], name=op.f("fk_feedback_paper_form_id_feedback_form")
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_feedback_paper_form_version_id_form_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_paper")),
        sa.UniqueConstraint(
            "form_version_id",
            "lang",
            "sheet",
            name=op.f("uq_feedback_paper_form_version_id_lang_sheet"),
        ),
    )
    with op.batch_alter_table("feedback_paper") as batch:
        batch.create_index(batch.f("ix_feedback_paper_form_id"), ["form_id"])


def downgrade() -> None:
    op.drop_table("feedback_paper")
