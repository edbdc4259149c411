"""Add workshops, agenda, teams and groups."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_add_workshops"
down_revision = "0004_add_projects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ref_counter",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_ref_counter")),
    )
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column(
            "title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("city", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("country_code", sa.Text(), nullable=False),
        sa.Column("join_link", sa.Text(), nullable=False),
        sa.Column("seats_in_person", sa.Integer(), nullable=False),
        sa.Column("seats_online", sa.Integer(), nullable=False),
        sa.Column("taken_in_person", sa.Integer(), nullable=False),
        sa.Column("taken_online", sa.Integer(), nullable=False),
        sa.Column(
            "rationale", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "outlook", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "languages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "format IN ('in_person','hybrid','online')", name=op.f("ck_workshop_format")
        ),
        sa.CheckConstraint(
            "status IN ('draft','announced','open','closed','held','reported','cancelled')",
            name=op.f("ck_workshop_status"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_workshop_ends_after_start")),
        sa.CheckConstraint(
            "taken_in_person >= 0 AND taken_in_person <= seats_in_person",
            name=op.f("ck_workshop_seats_in_person"),
        ),
        sa.CheckConstraint(
            "taken_online >= 0 AND taken_online <= seats_online",
            name=op.f("ck_workshop_seats_online"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_workshop_owner_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_workshop_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("ref", name=op.f("uq_workshop_ref")),
    )
    op.create_index(op.f("ix_workshop_country_code"), "workshop", ["country_code"], unique=False)
    op.create_index(op.f("ix_workshop_owner_id"), "workshop", ["owner_id"], unique=False)
    op.create_index(op.f("ix_workshop_project_id"), "workshop", ["project_id"], unique=False)
    op.create_index(op.f("ix_workshop_starts_at"), "workshop", ["starts_at"], unique=False)
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_objective_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint(
            "workshop_id", "position", name=op.f("uq_objective_workshop_id_position")
        ),
    )
    op.create_table(
        "participant_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_participant_group_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_group")),
        sa.UniqueConstraint(
            "workshop_id", "position", name=op.f("uq_participant_group_workshop_id_position")
        ),
    )
    op.create_table(
        "presenting_team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_presenting_team_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presenting_team")),
        sa.UniqueConstraint(
            "workshop_id", "position", name=op.f("uq_presenting_team_workshop_id_position")
        ),
    )
    op.create_table(
        "workshop_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "ends_at > starts_at", name=op.f("ck_workshop_session_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_workshop_session_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_session")),
        sa.UniqueConstraint(
            "workshop_id", "position", name=op.f("uq_workshop_session_workshop_id_position")
        ),
    )
    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.CheckConstraint("mode IN ('in_person','online')", name=op.f("ck_team_member_mode")),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["presenting_team.id"],
            name=op.f("fk_team_member_team_id_presenting_team"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("team_id", "position", name=op.f("uq_team_member_team_id_position")),
    )


def downgrade() -> None:
    op.drop_table("team_member")
    op.drop_table("workshop_session")
    op.drop_table("presenting_team")
    op.drop_table("participant_group")
    op.drop_table("objective")
    op.drop_index(op.f("ix_workshop_starts_at"), table_name="workshop")
    op.drop_index(op.f("ix_workshop_project_id"), table_name="workshop")
    op.drop_index(op.f("ix_workshop_owner_id"), table_name="workshop")
    op.drop_index(op.f("ix_workshop_country_code"), table_name="workshop")
    op.drop_table("workshop")
    op.drop_table("ref_counter")
