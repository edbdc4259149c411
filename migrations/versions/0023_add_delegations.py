"""Add delegations: several people of one institution whom one of them registers."""

import sqlalchemy as sa
from alembic import op

revision = "0023_add_delegations"
down_revision = "0022_add_participant_mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["head_id"], ["registration.id"], name=op.f("fk_delegation_head_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index(op.f("ix_delegation_head_id"), "delegation", ["head_id"])
    op.create_table(
        "delegation_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["delegation_id"],
            ["delegation.id"],
            name=op.f("fk_delegation_member_delegation_id_delegation"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_delegation_member_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_member")),
        sa.UniqueConstraint(
            "delegation_id", "position", name=op.f("uq_delegation_member_delegation_id_position")
        ),
        sa.UniqueConstraint("registration_id", name=op.f("uq_delegation_member_registration_id")),
    )


def downgrade() -> None:
    op.drop_table("delegation_member")
    op.drop_table("delegation")
