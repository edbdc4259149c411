"""Use cases of workshops: the only place that writes them."""

from eventsapp.workshops.service.describing import Described, describe_workshop, register_workshop
from eventsapp.workshops.service.locking import lock_workshop
from eventsapp.workshops.service.statuses import (
    call_off,
    call_on,
    change_status,
    note_reported,
)

__all__ = [
    "Described",
    "call_off",
    "call_on",
    "change_status",
    "describe_workshop",
    "lock_workshop",
    "note_reported",
    "register_workshop",
]
