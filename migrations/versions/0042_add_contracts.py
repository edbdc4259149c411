"""Add contracts of projects, and which of them workshops are held under."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042_add_contracts"
down_revision = "0041_add_feedback_papers"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("disclaimer", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_contract_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["donor.id"], name=op.f("fk_contract_donor_id_donor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_contract_project_id_number")),
    )
    op.create_table(
        "workshop_contract",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_workshop_contract_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_workshop_contract_contract_id_contract"),
        ),
        sa.PrimaryKeyConstraint("workshop_id", "contract_id", name=op.f("pk_workshop_contract")),
    )
    op.create_index(op.f("ix_workshop_contract_contract_id"), "workshop_contract", ["contract_id"])
    with op.batch_alter_table("disclaimer") as batch:
        batch.add_column(sa.Column("contract_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_disclaimer_contract_id_contract"),
            "contract",
            ["contract_id"],
            ["id"],
            ondelete="CASCADE",
        )


def downgrade() -> None:
    with op.batch_alter_table("disclaimer") as batch:
        batch.drop_constraint(op.f("fk_disclaimer_contract_id_contract"), type_="foreignkey")
        batch.drop_column("contract_id")
    op.drop_index(op.f("ix_workshop_contract_contract_id"), table_name="workshop_contract")

    op.drop_table("workshop_contract")
    op.drop_table("contract")
