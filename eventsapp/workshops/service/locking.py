"""The row that puts everybody who changes one workshop in order."""

from eventsapp.core import db
from eventsapp.workshops.models import Workshop


def lock_workshop(workshop_id: int) -> Workshop:
    """The workshop as it is now; nobody else changes it or its seats until the commit."""
    return db.get_locked(Workshop, workshop_id)
