"""Use cases of attendance: the only place that writes registrations and evidence."""

from eventsapp.attendance.service.bounces import record_bounce
from eventsapp.attendance.service.cancelling import cancel_workshop, restore_workshop
from eventsapp.attendance.service.certificates import (
    complete_certificate,
    fail_certificate,
    issue_certificate,
    offer_certificates,
    withdraw_certificate,
)
from eventsapp.attendance.service.changes import keep_change_quiet, tell_change_now
from eventsapp.attendance.service.circulars import (
    record_letters,
    send_circular_again,
    write_to_people,
)
from eventsapp.attendance.service.deciding import (
    approve_requests,
    change_setup,
    decline_requests,
)
from eventsapp.attendance.service.delegations import register_delegation, withdraw_member
from eventsapp.attendance.service.duplicates import keep_apart, merge_registrations
from eventsapp.attendance.service.evidence import (
    CheckIn,
    begin_kiosk,
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
    import_file,
    keep_file,
    look_again,
    read_file,
    undo_import,
)
from eventsapp.attendance.service.inviting import invite_people
from eventsapp.attendance.service.letters import (
    record_due_letters,
    remind_invited,
    send_invitations_again,
    send_last_again,
    word_mail,
)
from eventsapp.attendance.service.notices import announce_to, request_links
from eventsapp.attendance.service.own_fields import (
    answer_fields,
    erase_answers,
    erase_due_answers,
    keep_field,
    remove_field,
)
from eventsapp.attendance.service.papers import (
    complete_paper,
    count_heads,
    fail_paper,
    keep_scan,
    note_signed,
    remove_scan,
    request_paper,
    take_back_count,
)
from eventsapp.attendance.service.places import (
    accept_invitation,
    cancel_registration,
    change_mode,
    confirm_registration,
    correct_address,
    correct_participant,
    decline_registration,
    fill_free_seats,
    undo_cancellation,
)
from eventsapp.attendance.service.registering import add_participant, register_participant

__all__ = [
    "CheckIn",
    "accept_invitation",
    "add_participant",
    "add_walk_in",
    "announce_to",
    "answer_fields",
    "approve_requests",
    "ask_about",
    "begin_kiosk",
    "cancel_registration",
    "cancel_workshop",
    "change_mode",
    "change_setup",
    "check_in",
    "check_in_registration",
    "choose_columns",
    "complete_certificate",
    "complete_paper",
    "confirm_import",
    "confirm_registration",
    "correct_address",
    "correct_participant",
    "count_heads",
    "decide_rows",
    "decline_registration",
    "decline_requests",
    "erase_answers",
    "erase_due_answers",
    "fail_certificate",
    "fail_paper",
    "fill_free_seats",
    "import_file",
    "invite_people",
    "issue_certificate",
    "keep_apart",
    "keep_change_quiet",
    "keep_field",
    "keep_file",
    "keep_scan",
    "look_again",
    "merge_registrations",
    "note_signed",
    "offer_certificates",
    "read_file",
    "record_attendance",
    "record_bounce",
    "record_due_letters",
    "record_letters",
    "register_delegation",
    "register_participant",
    "remind_invited",
    "remove_field",
    "remove_scan",
    "request_links",
    "request_paper",
    "restore_workshop",
    "revoke_record",
    "send_circular_again",
    "send_invitations_again",
    "send_last_again",
    "take_back_count",
    "tell_change_now",
    "undo_cancellation",
    "undo_import",
    "withdraw_certificate",
    "withdraw_member",
    "word_mail",
    "write_to_people",
]
