"""Whether the database has the structure that this program was written for."""

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from eventsapp.core import db


def require_structure() -> None:
    """Say in one line what to do, and end, where migrations have not been run.

    A structure that this program does not know is newer: programs are replaced one by one, and
    the old ones go on until then. Raises ClickException.
    """
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.session() as session:
        found = MigrationContext.configure(session.connection()).get_current_heads()
    known = {revision.revision for revision in script.walk_revisions()}
    if set(found) <= known and set(found) != set(script.get_heads()):
        raise click.ClickException(
            "The database has not the structure that this version needs. Run: make migrate"
        )
