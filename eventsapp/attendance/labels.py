"""How states are called."""

from typing import Any

from flask_babel import lazy_gettext as _l

from eventsapp.attendance.rules.matching import MatchKind
from eventsapp.attendance.types import BatchStage, BatchStatus, Delivery, Message, Source, TookPart
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
# What the log knows beside the mails about a place.
LOG_LABELS: dict[str, Any] = {
    **{str(message): label for message, label in MESSAGE_LABELS.items()},
    "circular": _l("What you wrote to people"),
}
MAIL_STATE_LABELS = {
    MailStatus.SENT: _l("sent"),
    MailStatus.DEFERRED: _l("not accepted yet, tried again"),
    MailStatus.REFUSED: _l("refused by the mail server"),
    MailStatus.RETURNED: _l("came back"),
}
MAIL_STATE_TONES = {
    MailStatus.SENT: "good",
    MailStatus.DEFERRED: "wait",
    MailStatus.REFUSED: "bad",
    MailStatus.RETURNED: "bad",
}
DELIVERY_LABELS = {
    Delivery.WAITING: _l("waiting to be sent"),
    Delivery.SENT: _l("sent"),
    Delivery.FAILED: _l("not sent"),
    Delivery.RETURNED: _l("came back"),
    Delivery.ANSWERED: _l("answered"),
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

# What the far end says of an address (RFC 3463), as far as an organiser can do something about it.
_RETURN_REASONS = {
    "5.1.2": _l("there is no such mail server: look for a typing error behind the @"),
    "5.1.10": _l("there is no such mail server: look for a typing error behind the @"),
    "5.1.3": _l("this is no complete address"),
    "5.1": _l("there is no such mailbox: look for a typing error, or ask for another address"),
    "5.2.1": _l("the mailbox is closed"),
    "5.2.2": _l("the mailbox is full"),
    "5.3": _l("their mail server cannot take it"),
    "5.4": _l("their mail server cannot be reached"),
    "5.7": _l("their mail server does not take mail from here"),
}
_UNKNOWN_REASON = _l("the far end gave no reason")


def return_reason(status: str) -> str:
    """Why mail came back, in words; ``status`` reads ``5.1.1``."""
    family = status.rpartition(".")[0]
    return str(_RETURN_REASONS.get(status) or _RETURN_REASONS.get(family) or _UNKNOWN_REASON)
