"""A mail that was accepted and came back later is noted as such."""

from alembic import op

revision = "0046_add_returned_mails"
down_revision = "0045_add_feedback_openings"
branch_labels = None
depends_on = None

NAME = "ck_mail_log_status"


def upgrade() -> None:
    op.create_index("ix_mail_log_kind", "mail_log", ["kind"])
    with op.batch_alter_table("mail_log") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(
            op.f(NAME), "status IN ('sent', 'deferred', 'refused', 'returned')"
        )


def downgrade() -> None:
    # Before, it counted as sent for good.
    op.drop_index("ix_mail_log_kind", table_name="mail_log")
    op.execute("DELETE FROM mail_log WHERE status = 'returned'")
    with op.batch_alter_table("mail_log") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), "status IN ('sent', 'deferred', 'refused')")
