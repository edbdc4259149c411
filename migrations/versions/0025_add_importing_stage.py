"""A long file is imported by a worker: its batch waits in a stage of its own."""

from alembic import op

revision = "0025_add_importing_stage"
down_revision = "0024_add_duplicates"
branch_labels = None
depends_on = None

NAME = "ck_import_batch_stage"


def upgrade() -> None:
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(
            op.f(NAME), "stage IN ('columns','reading','ready','importing')"
        )


def downgrade() -> None:
    # What a worker has not imported waits for its confirmation again.
    op.execute("UPDATE import_batch SET stage = 'ready' WHERE stage = 'importing'")
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), "stage IN ('columns','reading','ready')")
