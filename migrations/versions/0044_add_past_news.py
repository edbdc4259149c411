"""Add files of past news: looked at, taken in, undone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044_add_past_news"
down_revision = "0043_add_feedback_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_news_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "articles",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('preview','confirmed','undone')", name=op.f("ck_past_news_import_status")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["user_account.id"],
            name=op.f("fk_past_news_import_imported_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_news_import")),
    )
    op.create_index(
        "uq_past_news_import_confirmed",
        "past_news_import",
        ["file_key"],
        unique=True,
        sqlite_where=sa.text("status = 'confirmed'"),
        postgresql_where=sa.text("status = 'confirmed'"),
    )
    op.create_index(op.f("ix_past_news_import_imported_by"), "past_news_import", ["imported_by"])


def downgrade() -> None:
    op.drop_table("past_news_import")
