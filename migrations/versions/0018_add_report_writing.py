"""Keep every version of a report's text, what is not saved yet, and what review comments are about."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018_add_report_writing"
down_revision = "0017_add_import_lines"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "report_text_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("section_key", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("prose", sa.Text(), nullable=True),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name="fk_report_text_version_report_id_report",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"],
            ["user_account.id"],
            name="fk_report_text_version_edited_by_user_account",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_text_version"),
    )
    op.create_index(
        "ix_report_text_version_report_id", "report_text_version", ["report_id"], unique=False
    )
    op.create_table(
        "report_unsaved_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("opened", JSON, nullable=False),
        sa.Column("report_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name="fk_report_unsaved_text_workshop_id_workshop",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name="fk_report_unsaved_text_user_id_user_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_unsaved_text"),
        sa.UniqueConstraint(
            "workshop_id",
            "user_id",
            "lang",
            name="uq_report_unsaved_text_workshop_id_user_id_lang",
        ),
    )
    with op.batch_alter_table("review_comment") as batch:
        batch.add_column(
            sa.Column("section_key", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch.add_column(sa.Column("resolved_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("resolved_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_review_comment_resolved_by_user_account", "user_account", ["resolved_by"], ["id"]
        )
    with op.batch_alter_table("report") as batch:
        batch.add_column(sa.Column("reviewer_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_report_reviewer_id_user_account", "user_account", ["reviewer_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("report") as batch:
        batch.drop_constraint("fk_report_reviewer_id_user_account", type_="foreignkey")
        batch.drop_column("reviewer_id")
    with op.batch_alter_table("review_comment") as batch:
        batch.drop_constraint("fk_review_comment_resolved_by_user_account", type_="foreignkey")
        batch.drop_column("resolved_by")
        batch.drop_column("resolved_at")
        batch.drop_column("section_key")
    op.drop_table("report_unsaved_text")
    op.drop_index("ix_report_text_version_report_id", table_name="report_text_version")
    op.drop_table("report_text_version")
