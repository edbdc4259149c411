"""Let articles be written without a workshop: tags, working texts, comments, schedule, embargo."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037_widen_articles"
down_revision = "0036_add_attendance_papers"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
FROM_REPORT = ("workshop_id", "report_id", "snapshot_id")
PEOPLE = ("author_id", "approved_by", "taken_down_by")
CHECKS = {
    "revision": "revision IN ('draft','in_review','approved')",
    "origin": "origin IN ('report','plain','imported')",
    "report_has_snapshot": "origin <> 'report' OR (workshop_id IS NOT NULL AND "
    "report_id IS NOT NULL AND snapshot_id IS NOT NULL)",
    "scheduled_has_moment": "status <> 'scheduled' OR publish_at IS NOT NULL",
}


def upgrade() -> None:
    with op.batch_alter_table("article") as batch:
        batch.add_column(
            sa.Column("origin", sa.Text(), server_default=sa.text("'report'"), nullable=False)
        )
        batch.add_column(
            sa.Column("original_lang", sa.Text(), server_default=sa.text("'en'"), nullable=False)
        )
        batch.add_column(sa.Column("revision", sa.Text(), nullable=True))
        batch.add_column(sa.Column("project_id", sa.Integer(), nullable=True))
        for name in ("submitted_at", "publish_at", "embargoed_until"):
            batch.add_column(sa.Column(name, MOMENT, nullable=True))
        for name in PEOPLE:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_article_{name}_user_account"), "user_account", [name], ["id"]
            )
        batch.create_foreign_key(
            op.f("fk_article_project_id_project"), "project", ["project_id"], ["id"]
        )
        for name in FROM_REPORT:
            batch.alter_column(name, existing_type=sa.Integer(), nullable=True)
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_article_{name}"), condition)
    op.create_index(op.f("ix_article_project_id"), "article", ["project_id"])
    op.create_table(
        "article_tag",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('country','topic')", name=op.f("ck_article_tag_kind")),
        _of_article("article_tag"),
        sa.PrimaryKeyConstraint("article_id", "kind", "value", name=op.f("pk_article_tag")),
    )
    op.create_index("ix_article_tag_kind_value", "article_tag", ["kind", "value"])
    op.create_table(
        "article_text",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("standfirst", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("lead_photo", sa.Integer(), nullable=True),
        sa.Column("quotes", JSON, nullable=True),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('draft','ready')", name=op.f("ck_article_text_state")),
        _of_article("article_text"),
        _by_user("article_text", "edited_by"),
        sa.PrimaryKeyConstraint("article_id", "lang", name=op.f("pk_article_text")),
    )
    op.create_table(
        "article_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sends_back", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of_article("article_comment"),
        _by_user("article_comment", "author_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_comment")),
    )
    op.create_index(op.f("ix_article_comment_article_id"), "article_comment", ["article_id"])
    op.create_table(
        "article_photo",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alternative", JSON, nullable=False),
        sa.Column("caption", JSON, nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        _of_article("article_photo"),
        _by_user("article_photo", "uploaded_by"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_photo")),
    )
    op.create_index(op.f("ix_article_photo_file_key"), "article_photo", ["file_key"])


def _of_article(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_article_id_article")
    return sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=name, ondelete="CASCADE")


def _by_user(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_user_account")
    return sa.ForeignKeyConstraint([column], ["user_account.id"], name=name)


def downgrade() -> None:
    for table in ("article_photo", "article_comment", "article_text", "article_tag"):
        op.drop_table(table)
    op.drop_index(op.f("ix_article_project_id"), table_name="article")
    with op.batch_alter_table("article") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_article_{name}"), type_="check")
        for name in FROM_REPORT:
            batch.alter_column(name, existing_type=sa.Integer(), nullable=False)
        batch.drop_constraint(op.f("fk_article_project_id_project"), type_="foreignkey")
        for name in PEOPLE:
            batch.drop_constraint(op.f(f"fk_article_{name}_user_account"), type_="foreignkey")
            batch.drop_column(name)
        for name in (
            "project_id",
            "submitted_at",
            "publish_at",
            "embargoed_until",
            "revision",
            "original_lang",
            "origin",
        ):
            batch.drop_column(name)
