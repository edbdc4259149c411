"""Add targets of channels, the ledger of deliveries, and subscribers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040_add_deliveries"
down_revision = "0039_drop_article_countries"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "channel_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("countries", JSON, nullable=False),
        sa.Column("projects", JSON, nullable=False),
        sa.Column("covers_since", MOMENT, nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_shut", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_values", JSON, nullable=False),
        sa.Column("quiet_until", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user_account.id"],
            name=op.f("fk_channel_target_created_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_target")),
    )
    op.create_index(
        "uq_channel_target_mail",
        "channel_target",
        ["kind"],
        unique=True,
        sqlite_where=sa.text("kind = 'mail'"),
        postgresql_where=sa.text("kind = 'mail'"),
    )

    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("countries", JSON, nullable=False),
        sa.Column("projects", JSON, nullable=False),
        sa.Column("pending", JSON, nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user_account.id"], name=op.f("fk_subscriber_added_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("email", name=op.f("uq_subscriber_email")),
    )
    op.create_index(op.f("ix_subscriber_confirmed_at"), "subscriber", ["confirmed_at"])

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("sent_version", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("remote_url", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("was_tried", sa.Boolean(), nullable=False),
        sa.Column("next_try", MOMENT, nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_values", JSON, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('waiting','done','stopped')", name=op.f("ck_delivery_state")),
        sa.CheckConstraint(
            "wanted_version >= 0 AND attempts >= 0", name=op.f("ck_delivery_numbers")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_delivery_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["channel_target.id"],
            name=op.f("fk_delivery_target_id_channel_target"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "target_id", "article_id", "lang", name=op.f("uq_delivery_target_id_article_id_lang")
        ),
    )
    op.create_index(op.f("ix_delivery_article_id"), "delivery", ["article_id"])
    op.create_index("ix_delivery_state_next_try", "delivery", ["state", "next_try"])

    op.create_table(
        "subscriber_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("correction", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_subscriber_mail_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_subscriber_mail_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber_mail")),
        sa.UniqueConstraint(
            "subscriber_id",
            "article_id",
            "correction",
            name=op.f("uq_subscriber_mail_subscriber_id_article_id_correction"),
        ),
    )
    op.create_index(op.f("ix_subscriber_mail_article_id"), "subscriber_mail", ["article_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_subscriber_mail_article_id"), table_name="subscriber_mail")

    op.drop_table("subscriber_mail")
    op.drop_index("ix_delivery_state_next_try", table_name="delivery")
    op.drop_index(op.f("ix_delivery_article_id"), table_name="delivery")

    op.drop_table("delivery")
    op.drop_index(op.f("ix_subscriber_confirmed_at"), table_name="subscriber")

    op.drop_table("subscriber")
    op.drop_index("uq_channel_target_mail", table_name="channel_target")

    op.drop_table("channel_target")
