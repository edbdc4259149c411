"""An article's own photo is kept and cut as those of workshops are; the article knows which file
of it readers see."""

import sqlalchemy as sa
from alembic import op

revision = "0047_add_article_pictures"
down_revision = "0046_add_returned_mails"
branch_labels = None
depends_on = None

SIDES = ("cut_left", "cut_top", "cut_right", "cut_bottom")
CHECKS = {
    "recognisable": "recognisable IN ('unknown','nobody','agreed')",
    "cut_across": "cut_left >= 0 AND cut_right >= 0 AND cut_left + cut_right <= 90",
    "cut_down": "cut_top >= 0 AND cut_bottom >= 0 AND cut_top + cut_bottom <= 90",
}


def upgrade() -> None:
    with op.batch_alter_table("article_photo") as batch:
        batch.add_column(
            sa.Column("master_key", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        for side in SIDES:
            batch.add_column(
                sa.Column(side, sa.Integer(), server_default=sa.text("0"), nullable=False)
            )
        batch.add_column(
            sa.Column(
                "recognisable", sa.Text(), server_default=sa.text("'unknown'"), nullable=False
            )
        )
        batch.add_column(sa.Column("described_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_article_photo_described_by_user_account"),
            "user_account",
            ["described_by"],
            ["id"],
        )
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_article_photo_{name}"), condition)
    with op.batch_alter_table("article") as batch:
        batch.add_column(sa.Column("shown_photo", sa.Text(), nullable=True))
    op.create_index(op.f("ix_article_shown_photo"), "article", ["shown_photo"])


def downgrade() -> None:
    op.drop_index(op.f("ix_article_shown_photo"), table_name="article")
    with op.batch_alter_table("article") as batch:
        batch.drop_column("shown_photo")
    with op.batch_alter_table("article_photo") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_article_photo_{name}"), type_="check")
        batch.drop_constraint(
            op.f("fk_article_photo_described_by_user_account"), type_="foreignkey"
        )
        for column in ("described_by", "recognisable", *reversed(SIDES), "master_key"):
            batch.drop_column(column)
