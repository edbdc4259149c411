"""Pages of attendance: registering, one's own registration, and running it all."""

from eventsapp.attendance.views import (
    certificates,
    changes,
    circulars,
    columns,
    delegations,
    door,
    door_sync,
    duplicates,
    files,
    inviting,
    kiosk,
    mails,
    own,
    own_details,
    papers,
    people,
    person,
    register,
    requests,
    setup,
)
from eventsapp.attendance.views.blueprint import pages

__all__ = [
    "certificates",
    "changes",
    "circulars",
    "columns",
    "delegations",
    "door",
    "door_sync",
    "duplicates",
    "files",
    "inviting",
    "kiosk",
    "mails",
    "own",
    "own_details",
    "papers",
    "people",
    "person",
    "register",
    "requests",
    "setup",
]

BLUEPRINTS = [pages]
