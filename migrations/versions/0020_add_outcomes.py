"""Add outcomes, difficulties and recommendations of workshops, and indicators of projects."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020_add_outcomes"
down_revision = "0019_add_feedback_results"
branch_labels = None
depends_on = None

TEXTS = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _add_sheets()
    _add_rows_of_sheets()
    _add_indicators()


def _add_sheets() -> None:
    op.create_table(
        "outcome_sheet",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        *_changed(),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_outcome_sheet_workshop_id_workshop")
        ),
        _changed_by("outcome_sheet"),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_outcome_sheet")),
    )
    op.create_table(
        "indicator_set",
        sa.Column("project_id", sa.Integer(), nullable=False),
        *_changed(),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_indicator_set_project_id_project")
        ),
        _changed_by("indicator_set"),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_indicator_set")),
    )


def _changed() -> tuple[sa.Column[int], sa.Column[sa.DateTime], sa.Column[int]]:
    return (
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _changed_by(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["changed_by"], ["user_account.id"], name=op.f(f"fk_{table}_changed_by_user_account")
    )


def _of_sheet(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workshop_id"],
        ["outcome_sheet.workshop_id"],
        name=op.f(f"fk_{table}_workshop_id_outcome_sheet"),
        ondelete="CASCADE",
    )


def _add_rows_of_sheets() -> None:
    op.create_table(
        "outcome",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("objective", TEXTS, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("evidence", TEXTS, nullable=False),
        sa.CheckConstraint("status IN ('achieved','partly','not')", name=op.f("ck_outcome_status")),
        _of_sheet("outcome"),
        sa.ForeignKeyConstraint(
            ["objective_id"],
            ["objective.id"],
            name=op.f("fk_outcome_objective_id_objective"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("objective_id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_workshop_id"), "outcome", ["workshop_id"])
    op.create_table(
        "difficulty",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", TEXTS, nullable=False),
        sa.Column("resolution", TEXTS, nullable=False),
        _of_sheet("difficulty"),
        sa.PrimaryKeyConstraint("workshop_id", "position", name=op.f("pk_difficulty")),
    )
    op.create_table(
        "recommendation",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", TEXTS, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        _of_sheet("recommendation"),
        sa.PrimaryKeyConstraint("workshop_id", "position", name=op.f("pk_recommendation")),
    )


def _add_indicators() -> None:
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", TEXTS, nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "measure IN ('persons','women','attendances','workshops','by_hand')",
            name=op.f("ck_indicator_measure"),
        ),
        sa.CheckConstraint("baseline >= 0", name=op.f("ck_indicator_baseline")),
        sa.CheckConstraint("target IS NULL OR target > 0", name=op.f("ck_indicator_target")),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["indicator_set.project_id"],
            name=op.f("fk_indicator_project_id_indicator_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    op.create_index(op.f("ix_indicator_project_id"), "indicator", ["project_id"])
    op.create_table(
        "contribution",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_contribution_value")),
        _of_sheet("contribution"),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicator.id"],
            name=op.f("fk_contribution_indicator_id_indicator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "indicator_id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_indicator_id"), "contribution", ["indicator_id"])


def downgrade() -> None:
    op.drop_table("contribution")
    op.drop_table("indicator")
    op.drop_table("recommendation")
    op.drop_table("difficulty")
    op.drop_table("outcome")
    op.drop_table("indicator_set")
    op.drop_table("outcome_sheet")
