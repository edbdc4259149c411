"""Give each project a theme of the style sheets."""

import sqlalchemy as sa
from alembic import op

revision = "0031_add_accent"
down_revision = "0030_add_project_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "project",
        sa.Column("accent", sa.Text(), server_default=sa.text("'petrol'"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("project", "accent")
