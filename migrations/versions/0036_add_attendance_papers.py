"""Add papers to print, scanned sheets, head-counts and certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0036_add_attendance_papers"
down_revision = "0035_add_late_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('sheet','badges')", name=op.f("ck_attendance_paper_kind")),
        sa.CheckConstraint(
            "state IN ('waiting','ready','failed')", name=op.f("ck_attendance_paper_state")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_attendance_paper_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_paper")),
        sa.UniqueConstraint(
            "workshop_id",
            "kind",
            "day",
            "lang",
            name=op.f("uq_attendance_paper_workshop_id_kind_day_lang"),
        ),
    )
    op.create_table(
        "sheet_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["user_account.id"],
            name=op.f("fk_sheet_scan_uploaded_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_sheet_scan_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_scan")),
    )
    op.create_index(op.f("ix_sheet_scan_workshop_id"), "sheet_scan", ["workshop_id"])
    op.create_table(
        "head_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("counted_by", sa.Integer(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode IN ('in_person','online')", name=op.f("ck_head_count_mode")),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_head_count_persons")),
        sa.ForeignKeyConstraint(
            ["counted_by"], ["user_account.id"], name=op.f("fk_head_count_counted_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_head_count_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_count")),
    )
    op.create_index(op.f("ix_head_count_workshop_id"), "head_count", ["workshop_id"])
    op.create_table(
        "certificate_offer",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("min_days", sa.Integer(), nullable=False),
        sa.Column("min_online_minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "min_days >= 1 AND min_online_minutes >= 0", name=op.f("ck_certificate_offer_terms")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_certificate_offer_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_certificate_offer")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("took_part", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting','ready','failed')", name=op.f("ck_certificate_state")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_certificate_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_certificate_registration_id")),
    )


def downgrade() -> None:
    op.drop_table("certificate")
    op.drop_table("certificate_offer")
    op.drop_index(op.f("ix_head_count_workshop_id"), table_name="head_count")
    op.drop_table("head_count")
    op.drop_index(op.f("ix_sheet_scan_workshop_id"), table_name="sheet_scan")
    op.drop_table("sheet_scan")
    op.drop_table("attendance_paper")
