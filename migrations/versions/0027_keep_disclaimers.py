"""Make the present disclaimer of each project the first of its versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027_keep_disclaimers"
down_revision = "0026_add_visibility"
branch_labels = None
depends_on = None

TEXTS = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PROJECT = sa.table(
    "project",
    sa.column("id", sa.Integer),
    sa.column("contract_number", sa.Text),
    sa.column("disclaimer", TEXTS),
    sa.column("created_at", sa.DateTime(timezone=True)),
)
DISCLAIMER = sa.table(
    "disclaimer",
    sa.column("project_id", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("contract_number", sa.Text),
    sa.column("text", TEXTS),
    sa.column("since", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    written = sa.select(
        PROJECT.c.id,
        sa.literal(1),
        PROJECT.c.contract_number,
        PROJECT.c.disclaimer,
        PROJECT.c.created_at,
    ).where(sa.cast(PROJECT.c.disclaimer, sa.Text) != "{}")
    columns = ["project_id", "number", "contract_number", "text", "since"]
    op.execute(sa.insert(DISCLAIMER).from_select(columns, written))


def downgrade() -> None:
    op.execute(sa.delete(DISCLAIMER))
