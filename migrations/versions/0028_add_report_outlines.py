"""Let a project's reports, and each report, have the sections that were chosen for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028_add_report_outlines"
down_revision = "0027_keep_disclaimers"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("report", sa.Column("outline", JSON, nullable=True))
    op.create_table(
        "report_template",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("outline", JSON, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name="fk_report_template_project_id_project",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name="pk_report_template"),
    )


def downgrade() -> None:
    op.drop_table("report_template")
    op.drop_column("report", "outline")
