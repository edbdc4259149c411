"""Start the audit chain: the row whose lock puts concurrent writers in order."""

import sqlalchemy as sa
from alembic import op

revision = "0010_start_audit_chain"
down_revision = "0009_add_news"
branch_labels = None
depends_on = None

head = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("hash"))


def upgrade() -> None:
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])


def downgrade() -> None:
    op.execute(sa.delete(head))
