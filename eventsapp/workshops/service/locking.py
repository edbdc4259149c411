"""The row that puts everybody who changes one workshop in order."""

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.workshops.models import Workshop


def lock_workshop(workshop_id: int) -> Workshop:
    """The workshop as it is now; nobody else changes it or its seats until the commit."""
    # SQLite knows no row locks; there the transaction holds the writer's lock already.
    workshop = db.session().scalar(
        sa.select(Workshop)
        .where(Workshop.id == workshop_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if workshop is None:
        raise NotFound
    return workshop
