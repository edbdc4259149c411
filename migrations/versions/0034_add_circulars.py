"""Add what organisers write to some of the people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034_add_circulars"
down_revision = "0033_add_workshop_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "circular",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("subject", json, nullable=False),
        sa.Column("body", json, nullable=False),
        sa.Column("audience", json, nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_circular_workshop_id_workshop")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["user_account.id"], name=op.f("fk_circular_written_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular")),
    )
    op.create_index(op.f("ix_circular_workshop_id"), "circular", ["workshop_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_circular_workshop_id"), "circular")
    op.drop_table("circular")
