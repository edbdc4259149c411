"""Pages of attendance: registering, one's own registration, and running it all."""

from eventsapp.attendance.views import (
    circulars,
    columns,
    delegations,
    door,
    door_sync,
    duplicates,
    files,
    inviting,
    mails,
    own,
    people,
    person,
    register,
    requests,
    setup,
)
from eventsapp.attendance.views.blueprint import pages

__all__ = [
    "circulars",
    "columns",
    "delegations",
    "door",
    "door_sync",
    "duplicates",
    "files",
    "inviting",
    "mails",
    "own",
    "people",
    "person",
    "register",
    "requests",
    "setup",
]

BLUEPRINTS = [pages]
