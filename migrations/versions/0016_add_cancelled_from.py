"""Remember what a workshop was before it was cancelled, so that undoing goes back there."""

import sqlalchemy as sa
from alembic import op

revision = "0016_add_cancelled_from"
down_revision = "0015_add_photos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("cancelled_from", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("workshop", "cancelled_from")
