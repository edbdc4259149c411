"""Topics can be renamed and merged: their old addresses are kept, and who edits sees a version."""

import sqlalchemy as sa
from alembic import op

revision = "0052_add_topic_aliases"
down_revision = "0051_index_roster_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topic_alias",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_topic_alias_topic_id_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_topic_alias")),
    )
    op.create_index(op.f("ix_topic_alias_topic_id"), "topic_alias", ["topic_id"])
    with op.batch_alter_table("topic") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("topic") as batch:
        batch.drop_column("version")
    op.drop_table("topic_alias")
