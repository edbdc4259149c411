"""Indexes for the list of a workshop's people, once the keys are there."""

from alembic import op

revision = "0051_index_roster_keys"
down_revision = "0050_fill_roster_keys"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_registration_roster": (
        *("workshop_id", "list_key", "id", "status", "mode", "group_id", "code", "search_key"),
    ),
    "ix_registration_names": ("workshop_id", "name_key", "status", "id"),
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "registration", list(columns))


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "registration")
