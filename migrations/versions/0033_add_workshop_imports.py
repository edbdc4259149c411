"""Add sheets of workshops: looked at, confirmed, undone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033_add_workshop_imports"
down_revision = "0032_add_topics_and_places"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workshop_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "workshop_ids",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('preview','confirmed','undone')", name=op.f("ck_workshop_import_status")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["user_account.id"],
            name=op.f("fk_workshop_import_imported_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_import")),
    )
    op.create_index(
        "uq_workshop_import_confirmed",
        "workshop_import",
        ["file_key"],
        unique=True,
        sqlite_where=sa.text("status = 'confirmed'"),
        postgresql_where=sa.text("status = 'confirmed'"),
    )
    op.create_index(op.f("ix_workshop_import_imported_by"), "workshop_import", ["imported_by"])


def downgrade() -> None:
    op.drop_table("workshop_import")
