"""What becomes of answers that come after a form is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0035_add_late_answers"
down_revision = "0034_add_circulars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feedback_form") as batch:
        batch.add_column(sa.Column("late", sa.Text(), nullable=False, server_default="refuse"))
        batch.create_check_constraint("late", "late IN ('refuse','hold')")


def downgrade() -> None:
    with op.batch_alter_table("feedback_form") as batch:
        batch.drop_constraint("late", type_="check")
        batch.drop_column("late")
