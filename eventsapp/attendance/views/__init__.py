"""Pages of attendance: registering, one's own registration, and running it all."""

from eventsapp.attendance.views import (
    columns,
    door,
    door_sync,
    files,
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
    "columns",
    "door",
    "door_sync",
    "files",
    "mails",
    "own",
    "people",
    "person",
    "register",
    "requests",
    "setup",
]

BLUEPRINTS = [pages]
