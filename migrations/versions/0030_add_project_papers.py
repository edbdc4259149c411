"""Add roll-ups of projects as they were asked for as a PDF."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030_add_project_papers"
down_revision = "0029_add_removed_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting','ready','failed')", name=op.f("ck_project_paper_status")
        ),
        sa.CheckConstraint(
            "status <> 'ready' OR file_key IS NOT NULL",
            name=op.f("ck_project_paper_ready_has_file"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_paper_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user_account.id"],
            name=op.f("fk_project_paper_created_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_paper")),
    )
    op.create_index(op.f("ix_project_paper_project_id"), "project_paper", ["project_id"])


def downgrade() -> None:
    op.drop_table("project_paper")
