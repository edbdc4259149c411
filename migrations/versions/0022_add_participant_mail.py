"""Add letters that are due at a time, a workshop's own wording, and addresses that mail bounced from."""

import sqlalchemy as sa
from alembic import op

revision = "0022_add_participant_mail"
down_revision = "0021_add_registration_setup"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "timed_letter",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_timed_letter_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint(
            "registration_id", "message", "occasion", name=op.f("pk_timed_letter")
        ),
    )
    op.create_table(
        "mail_wording",
        sa.Column("workshop_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_mail_wording_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "message", "lang", name=op.f("pk_mail_wording")),
    )
    op.add_column("person", sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "person",
        sa.Column("bounce_status", sa.Text(), server_default=sa.text("''"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("person", "bounce_status")
    op.drop_column("person", "bounced_at")
    op.drop_table("mail_wording")
    op.drop_table("timed_letter")
