"""Add photos of workshops, who can be recognised in them, and which of them news shows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015_add_photos"
down_revision = "0014_add_card_sheets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    texts = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("master_key", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("cut_left", sa.Integer(), nullable=False),
        sa.Column("cut_top", sa.Integer(), nullable=False),
        sa.Column("cut_right", sa.Integer(), nullable=False),
        sa.Column("cut_bottom", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternative", texts, nullable=False),
        sa.Column("caption", texts, nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("recognisable", sa.Text(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "recognisable IN ('unknown','nobody','agreed')", name=op.f("ck_photo_recognisable")
        ),
        sa.CheckConstraint(
            "cut_left >= 0 AND cut_right >= 0 AND cut_left + cut_right <= 90",
            name=op.f("ck_photo_cut_across"),
        ),
        sa.CheckConstraint(
            "cut_top >= 0 AND cut_bottom >= 0 AND cut_top + cut_bottom <= 90",
            name=op.f("ck_photo_cut_down"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_photo_workshop_id_workshop")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["user_account.id"], name=op.f("fk_photo_uploaded_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint(
            "workshop_id", "master_key", name=op.f("uq_photo_workshop_id_master_key")
        ),
    )
    op.create_index(op.f("ix_photo_workshop_id"), "photo", ["workshop_id"])
    op.create_index(op.f("ix_photo_file_key"), "photo", ["file_key"])
    op.create_table(
        "photo_person",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photo.id"],
            name=op.f("fk_photo_person_photo_id_photo"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_photo_person_person_id_person")
        ),
        sa.PrimaryKeyConstraint("photo_id", "person_id", name=op.f("pk_photo_person")),
    )
    op.create_index(op.f("ix_photo_person_person_id"), "photo_person", ["person_id"])
    op.create_table(
        "published_photo",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_published_photo_photo_id_photo")
        ),
        sa.PrimaryKeyConstraint("photo_id", "file_key", name=op.f("pk_published_photo")),
    )
    op.create_index(op.f("ix_published_photo_file_key"), "published_photo", ["file_key"])


def downgrade() -> None:
    op.drop_table("published_photo")
    op.drop_table("photo_person")
    op.drop_table("photo")
