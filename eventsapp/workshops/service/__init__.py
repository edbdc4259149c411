"""Use cases of workshops: the only place that writes them."""

from eventsapp.workshops.service.contracting import assign_contracts
from eventsapp.workshops.service.copying import copy_workshop
from eventsapp.workshops.service.describing import (
    Described,
    describe_workshop,
    register_workshop,
    taken_of,
)
from eventsapp.workshops.service.handing_over import hand_over_workshop
from eventsapp.workshops.service.importing import confirm_sheet, keep_sheet, undo_sheet
from eventsapp.workshops.service.locking import lock_workshop
from eventsapp.workshops.service.presenting import assign_presenters, write_to_presenters
from eventsapp.workshops.service.statuses import (
    call_off,
    call_on,
    change_status,
    note_reported,
)
from eventsapp.workshops.service.topics import add_topic, merge_topics, remove_topic, rename_topic

__all__ = [
    "Described",
    "add_topic",
    "assign_contracts",
    "assign_presenters",
    "call_off",
    "call_on",
    "change_status",
    "confirm_sheet",
    "copy_workshop",
    "describe_workshop",
    "hand_over_workshop",
    "keep_sheet",
    "lock_workshop",
    "merge_topics",
    "note_reported",
    "register_workshop",
    "remove_topic",
    "rename_topic",
    "taken_of",
    "undo_sheet",
    "write_to_presenters",
]
