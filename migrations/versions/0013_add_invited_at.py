"""Remember who was invited: the status alone forgets it with the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0013_add_invited_at"
down_revision = "0012_add_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A plain ALTER, not a rebuilt table: nullable columns can be added in place everywhere.
    op.add_column(
        "registration", sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("registration", "invited_at")
