"""Add registrations and the ledger of evidence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006_add_attendance"
down_revision = "0005_add_workshops"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("layout_key", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "decisions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('preview','confirmed','undone')", name=op.f("ck_import_batch_status")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["user_account.id"],
            name=op.f("fk_import_batch_imported_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_import_batch_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(
        op.f("ix_import_batch_workshop_id"), "import_batch", ["workshop_id"], unique=False
    )
    op.create_index(
        "uq_import_batch_confirmed",
        "import_batch",
        ["workshop_id", "file_hash"],
        unique=True,
        sqlite_where=sa.text("status = 'confirmed'"),
        postgresql_where=sa.text("status = 'confirmed'"),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("mode IN ('in_person','online')", name=op.f("ck_registration_mode")),
        sa.CheckConstraint(
            "status IN ('invited','requested','confirmed','waitlisted','declined','cancelled')",
            name=op.f("ck_registration_status"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["participant_group.id"],
            name=op.f("fk_registration_group_id_participant_group"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_registration_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("workshop_id", "code", name=op.f("uq_registration_workshop_id_code")),
        sa.UniqueConstraint(
            "workshop_id", "person_id", name=op.f("uq_registration_workshop_id_person_id")
        ),
    )
    op.create_index(op.f("ix_registration_person_id"), "registration", ["person_id"], unique=False)
    op.create_index(
        "ix_registration_waiting",
        "registration",
        ["workshop_id", "mode", "status", "queued_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_registration_workshop_id"), "registration", ["workshop_id"], unique=False
    )
    op.create_table(
        "attendance_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("scan_key", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revokes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "mode IN ('in_person','online')", name=op.f("ck_attendance_record_mode")
        ),
        sa.CheckConstraint(
            "source IN ('qr','kiosk','sheet','head_count','video','manual')",
            name=op.f("ck_attendance_record_source"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_attendance_record_interval")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_attendance_record_batch_id_import_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["user_account.id"],
            name=op.f("fk_attendance_record_recorded_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_attendance_record_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["revokes_id"],
            ["attendance_record.id"],
            name=op.f("fk_attendance_record_revokes_id_attendance_record"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workshop_session.id"],
            name=op.f("fk_attendance_record_session_id_workshop_session"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_attendance_record_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_record")),
        sa.UniqueConstraint("revokes_id", name=op.f("uq_attendance_record_revokes_id")),
        sa.UniqueConstraint("scan_key", name=op.f("uq_attendance_record_scan_key")),
    )
    op.create_index(
        op.f("ix_attendance_record_batch_id"), "attendance_record", ["batch_id"], unique=False
    )
    op.create_index(
        op.f("ix_attendance_record_registration_id"),
        "attendance_record",
        ["registration_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attendance_record_workshop_id"), "attendance_record", ["workshop_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_attendance_record_workshop_id"), table_name="attendance_record")
    op.drop_index(op.f("ix_attendance_record_registration_id"), table_name="attendance_record")
    op.drop_index(op.f("ix_attendance_record_batch_id"), table_name="attendance_record")
    op.drop_table("attendance_record")
    op.drop_index(op.f("ix_registration_workshop_id"), table_name="registration")
    op.drop_index("ix_registration_waiting", table_name="registration")
    op.drop_index(op.f("ix_registration_person_id"), table_name="registration")
    op.drop_table("registration")
    op.drop_index(
        "uq_import_batch_confirmed",
        table_name="import_batch",
        sqlite_where=sa.text("status = 'confirmed'"),
        postgresql_where=sa.text("status = 'confirmed'"),
    )
    op.drop_index(op.f("ix_import_batch_workshop_id"), table_name="import_batch")
    op.drop_table("import_batch")
