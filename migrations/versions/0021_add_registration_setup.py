"""Add how a workshop takes registrations, and what a registration remembers of decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021_add_registration_setup"
down_revision = "0020_add_outcomes"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "registration_setup",
        sa.Column("workshop_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("reminder_hours", sa.Integer(), nullable=False),
        sa.Column("joining_hours", sa.Integer(), nullable=False),
        sa.Column("sends_thanks", sa.Boolean(), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reminder_hours >= 0", name=op.f("ck_registration_setup_reminder")),
        sa.CheckConstraint("joining_hours >= 0", name=op.f("ck_registration_setup_joining")),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_registration_setup_workshop_id_workshop"),
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_registration_setup")),
    )
    # Plain ALTERs, not a rebuilt table: each has a default.
    op.add_column(
        "registration",
        sa.Column("answers", JSON, server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "registration", sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "registration",
        sa.Column("is_turned_down", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("registration", sa.Column("status_before", sa.Text(), nullable=True))


def downgrade() -> None:
    for column in ("status_before", "is_turned_down", "reason", "answers"):
        op.drop_column("registration", column)
    op.drop_table("registration_setup")
