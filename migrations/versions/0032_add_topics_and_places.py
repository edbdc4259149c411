"""Add topics, series, further venues, a session's own call, and who presents which session."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032_add_topics_and_places"
down_revision = "0031_add_accent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    texts = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", texts, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_slug")),
    )
    op.create_table(
        "workshop_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_series")),
    )
    op.create_table(
        "workshop_topic",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_workshop_topic_topic_id_topic")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_workshop_topic_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "topic_id", name=op.f("pk_workshop_topic")),
    )
    op.create_index(op.f("ix_workshop_topic_topic_id"), "workshop_topic", ["topic_id"])
    op.create_table(
        "series_member",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["workshop_series.id"],
            name=op.f("fk_series_member_series_id_workshop_series"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_series_member_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_series_member")),
    )
    op.create_index(op.f("ix_series_member_series_id"), "series_member", ["series_id"])
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_venue_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("workshop_id", "position", name=op.f("uq_venue_workshop_id_position")),
    )
    op.create_table(
        "session_venue",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workshop_session.id"],
            name=op.f("fk_session_venue_session_id_workshop_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"],
            ["venue.id"],
            name=op.f("fk_session_venue_venue_id_venue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_venue")),
    )
    op.create_index(op.f("ix_session_venue_venue_id"), "session_venue", ["venue_id"])
    op.create_table(
        "session_presenter",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "mode IN ('in_person','online')", name=op.f("ck_session_presenter_mode")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["team_member.id"],
            name=op.f("fk_session_presenter_member_id_team_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workshop_session.id"],
            name=op.f("fk_session_presenter_session_id_workshop_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "member_id", name=op.f("pk_session_presenter")),
    )
    op.create_index(op.f("ix_session_presenter_member_id"), "session_presenter", ["member_id"])
    op.add_column("workshop", sa.Column("revision", sa.Text(), nullable=True))
    op.add_column("workshop_session", sa.Column("join_link", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("workshop_session", "join_link")
    op.drop_column("workshop", "revision")
    for name in (
        "session_presenter",
        "session_venue",
        "venue",
        "series_member",
        "workshop_topic",
        "workshop_series",
        "topic",
    ):
        op.drop_table(name)
