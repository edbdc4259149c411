"""Add feedback forms and anonymous answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_add_feedback"
down_revision = "0006_add_attendance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "access IN ('cards','personal','open')", name=op.f("ck_feedback_form_access")
        ),
        sa.CheckConstraint(
            "status IN ('draft','open','closed')", name=op.f("ck_feedback_form_status")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_feedback_form_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_form")),
        sa.UniqueConstraint(
            "workshop_id", "purpose", name=op.f("uq_feedback_form_workshop_id_purpose")
        ),
    )
    op.create_index(
        op.f("ix_feedback_form_workshop_id"), "feedback_form", ["workshop_id"], unique=False
    )
    op.create_table(
        "form_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "questions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["feedback_form.id"], name=op.f("fk_form_version_form_id_feedback_form")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_form_version_form_id_number")),
    )
    op.create_table(
        "feedback_inbox",
        sa.Column("rid", sa.Text(), nullable=False),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_feedback_inbox_form_version_id_form_version"),
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_feedback_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_feedback_inbox_form_version_id"),
        "feedback_inbox",
        ["form_version_id"],
        unique=False,
    )
    op.create_table(
        "feedback_response",
        sa.Column("rid", sa.Text(), nullable=False),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_feedback_response_form_version_id_form_version"),
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_feedback_response")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_feedback_response_form_version_id"),
        "feedback_response",
        ["form_version_id"],
        unique=False,
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("token_mac", sa.Text(), nullable=False),
        sa.Column("spent", sa.Boolean(), nullable=False),
        sa.Column("retry_mac", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["feedback_form.id"], name=op.f("fk_invitation_form_id_feedback_form")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_invitation_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_mac", name=op.f("uq_invitation_token_mac")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_invitation_form_id"), "invitation", ["form_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_invitation_form_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_feedback_response_form_version_id"), table_name="feedback_response")
    op.drop_table("feedback_response")
    op.drop_index(op.f("ix_feedback_inbox_form_version_id"), table_name="feedback_inbox")
    op.drop_table("feedback_inbox")
    op.drop_table("form_version")
    op.drop_index(op.f("ix_feedback_form_workshop_id"), table_name="feedback_form")
    op.drop_table("feedback_form")
