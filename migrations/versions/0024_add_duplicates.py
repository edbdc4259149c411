"""Add what was decided about registrations that may be one person's."""

import sqlalchemy as sa
from alembic import op

revision = "0024_add_duplicates"
down_revision = "0023_add_delegations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merged_registration",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "registration_id <> into_id", name=op.f("ck_merged_registration_another")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"],
            ["registration.id"],
            name=op.f("fk_merged_registration_into_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_merged_registration_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_merged_registration")),
    )
    op.create_index(op.f("ix_merged_registration_into_id"), "merged_registration", ["into_id"])
    op.create_table(
        "kept_apart",
        sa.Column("one_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_kept_apart_order")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["registration.id"], name=op.f("fk_kept_apart_one_id_registration")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["registration.id"], name=op.f("fk_kept_apart_other_id_registration")
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_kept_apart")),
    )


def downgrade() -> None:
    op.drop_table("kept_apart")
    op.drop_table("merged_registration")
