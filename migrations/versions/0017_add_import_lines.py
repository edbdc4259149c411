"""Keep what was read out of attendance files, and which column held what.

A file is read once, in the background where it is long; its page shows the rows that were kept.
Minutes without times get a column of their own in the ledger.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017_add_import_lines"
down_revision = "0016_add_cancelled_from"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("import_batch") as batch:
        batch.add_column(sa.Column("stage", sa.String(), nullable=False, server_default="ready"))
        batch.add_column(sa.Column("layout_name", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("columns", JSON, nullable=False, server_default="{}"))
        batch.add_column(sa.Column("row_count", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(
            sa.Column("problem_count", sa.Integer(), nullable=False, server_default="0")
        )
        batch.add_column(sa.Column("problems", JSON, nullable=False, server_default="[]"))
        batch.create_check_constraint(
            op.f("ck_import_batch_stage"), "stage IN ('columns','reading','ready')"
        )
    with op.batch_alter_table("attendance_record") as batch:
        batch.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_attendance_record_minutes"), "minutes IS NULL OR minutes >= 0"
        )
    op.create_table(
        "import_line",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("stays", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("suggestions", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name="fk_import_line_batch_id_import_batch"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name="fk_import_line_registration_id_registration",
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name="pk_import_line"),
    )
    op.create_index("ix_import_line_registration_id", "import_line", ["registration_id"])
    op.create_table(
        "import_stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name="fk_import_stay_batch_id_import_batch"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_stay"),
    )
    op.create_index("ix_import_stay_batch_id", "import_stay", ["batch_id"])
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("head_shape", sa.String(), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["user_account.id"], name="fk_import_mapping_kept_by_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_mapping"),
        sa.UniqueConstraint("head_shape", name="uq_import_mapping_head_shape"),
    )


def downgrade() -> None:
    op.drop_table("import_mapping")
    op.drop_table("import_stay")
    op.drop_table("import_line")
    with op.batch_alter_table("attendance_record") as batch:
        batch.drop_constraint(op.f("ck_attendance_record_minutes"), type_="check")
        batch.drop_column("minutes")
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_constraint(op.f("ck_import_batch_stage"), type_="check")
        for name in ("stage", "layout_name", "columns", "row_count", "problem_count", "problems"):
            batch.drop_column(name)
