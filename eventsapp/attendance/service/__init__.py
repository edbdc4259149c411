"""Use cases of attendance: the only place that writes registrations and evidence."""

from eventsapp.attendance.service.cancelling import cancel_workshop, restore_workshop
from eventsapp.attendance.service.evidence import (
    CheckIn,
    check_in,
    check_in_registration,
    record_attendance,
    revoke_record,
)
from eventsapp.attendance.service.imports import (
    add_walk_in,
    ask_about,
    choose_columns,
    confirm_import,
    decide_rows,
    keep_file,
    look_again,
    read_file,
    undo_import,
)
from eventsapp.attendance.service.notices import announce_to, request_links
from eventsapp.attendance.service.places import (
    accept_invitation,
    cancel_registration,
    change_mode,
    confirm_registration,
    correct_participant,
    decline_registration,
    fill_free_seats,
)
from eventsapp.attendance.service.registering import add_participant, register_participant

__all__ = [
    "CheckIn",
    "accept_invitation",
    "add_participant",
    "add_walk_in",
    "announce_to",
    "ask_about",
    "cancel_registration",
    "cancel_workshop",
    "change_mode",
    "check_in",
    "check_in_registration",
    "choose_columns",
    "confirm_import",
    "confirm_registration",
    "correct_participant",
    "decide_rows",
    "decline_registration",
    "fill_free_seats",
    "keep_file",
    "look_again",
    "read_file",
    "record_attendance",
    "register_participant",
    "request_links",
    "restore_workshop",
    "revoke_record",
    "undo_import",
]
