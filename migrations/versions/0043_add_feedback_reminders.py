"""When those who have not answered are reminded, and the rounds of reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0043_add_feedback_reminders"
down_revision = "0042_add_contracts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feedback_form") as batch:
        batch.add_column(sa.Column("remind_after", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("remind_before", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("most_reminders", sa.Integer(), nullable=False, server_default="2")
        )
        batch.add_column(sa.Column("invited_on", sa.Date(), nullable=True))
    op.create_table(
        "feedback_reminder",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.Column("mailed", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('after','before','now')", name=op.f("ck_feedback_reminder_kind")
        ),
        sa.ForeignKeyConstraint(
            ["form_id"],
            ["feedback_form.id"],
            name=op.f("fk_feedback_reminder_form_id_feedback_form"),
        ),
        sa.PrimaryKeyConstraint("form_id", "number", name=op.f("pk_feedback_reminder")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("feedback_reminder")
    with op.batch_alter_table("feedback_form") as batch:
        for column in ("invited_on", "most_reminders", "remind_before", "remind_after"):
            batch.drop_column(column)
