"""What the list of a workshop's people is ordered and searched by is kept with each row."""

import sqlalchemy as sa
from alembic import op

revision = "0049_add_roster_keys"
down_revision = "0048_add_subscriber_bounces"
branch_labels = None
depends_on = None

KEYS = ("list_key", "search_key", "name_key")


def upgrade() -> None:
    # A constant default: no row is rewritten, on either database.
    for name in KEYS:
        op.add_column(
            "registration", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False)
        )


def downgrade() -> None:
    for name in KEYS:
        op.drop_column("registration", name)
