"""How states are called."""

from flask_babel import lazy_gettext as _l

from eventsapp.attendance.rules.matching import MatchKind
from eventsapp.attendance.types import BatchStage, BatchStatus, Message, Source, TookPart
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.edge.mail import MailStatus

STATUS_LABELS = {
    Status.INVITED: _l("invited"),
    Status.REQUESTED: _l("asked for a place"),
    Status.CONFIRMED: _l("confirmed"),
    Status.WAITLISTED: _l("waiting"),
    Status.DECLINED: _l("declined"),
    Status.CANCELLED: _l("cancelled"),
}
STATUS_TONES = {
    Status.INVITED: "accent",
    Status.REQUESTED: "wait",
    Status.CONFIRMED: "good",
    Status.WAITLISTED: "wait",
    Status.DECLINED: "quiet",
    Status.CANCELLED: "quiet",
}
TOOK_PART_LABELS = {
    TookPart.IN_PERSON: _l("in person"),
    TookPart.ONLINE: _l("online"),
    TookPart.BOTH: _l("in person and online"),
}
SOURCE_LABELS = {
    Source.QR: _l("code at the door"),
    Source.KIOSK: _l("list at the door"),
    Source.SHEET: _l("signature sheet"),
    Source.HEAD_COUNT: _l("head-count"),
    Source.VIDEO: _l("video tool"),
    Source.MANUAL: _l("by hand"),
}
MESSAGE_LABELS = {
    Message.INVITED: _l("Invitation"),
    Message.INVITED_AGAIN: _l("Invitation, once more"),
    Message.REQUESTED: _l("Request received"),
    Message.CONFIRMED: _l("Place confirmed"),
    Message.WAITLISTED: _l("On the waiting list"),
    Message.PROMOTED: _l("A seat became free"),
    Message.MODE_CHANGED: _l("Way of taking part changed"),
    Message.DECLINED: _l("Declined"),
    Message.CANCELLED: _l("Registration cancelled"),
    Message.CHANGED: _l("Workshop changed"),
    Message.REMINDER: _l("Reminder before the start"),
    Message.JOINING: _l("Joining link"),
    Message.THANKS: _l("Thanks and feedback"),
    Message.KNOWN_ALREADY: _l("Registered already"),
    Message.WORKSHOP_CANCELLED: _l("Workshop cancelled"),
    Message.WORKSHOP_RESTORED: _l("Workshop takes place after all"),
}
MAIL_STATE_LABELS = {
    MailStatus.SENT: _l("sent"),
    MailStatus.DEFERRED: _l("not accepted yet, tried again"),
    MailStatus.REFUSED: _l("refused by the mail server"),
}
MAIL_STATE_TONES = {
    MailStatus.SENT: "good",
    MailStatus.DEFERRED: "wait",
    MailStatus.REFUSED: "bad",
}
BATCH_LABELS = {
    BatchStatus.PREVIEW: _l("not imported"),
    BatchStatus.CONFIRMED: _l("imported"),
    BatchStatus.UNDONE: _l("undone"),
}
STAGE_LABELS = {
    BatchStage.COLUMNS: _l("columns to be said"),
    BatchStage.READING: _l("being read"),
    BatchStage.IMPORTING: _l("being imported"),
}
MATCH_LABELS = {
    MatchKind.DECIDED: _l("your decision"),
    MatchKind.CODE: _l("code"),
    MatchKind.ADDRESS: _l("e-mail address"),
    MatchKind.NAME: _l("name"),
    MatchKind.SPELLING: _l("another spelling of the name"),
    MatchKind.SUGGESTED: _l("similar name"),
    MatchKind.NONE: _l("not recognised"),
    MatchKind.IGNORED: _l("left out, as you decided"),
}
