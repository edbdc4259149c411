"""How states are called."""

from flask_babel import lazy_gettext as _l

from eventsapp.attendance.rules.matching import MatchKind
from eventsapp.attendance.types import BatchStage, BatchStatus, Source, TookPart
from eventsapp.attendance.types import RegistrationStatus as Status

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
BATCH_LABELS = {
    BatchStatus.PREVIEW: _l("not imported"),
    BatchStatus.CONFIRMED: _l("imported"),
    BatchStatus.UNDONE: _l("undone"),
}
STAGE_LABELS = {
    BatchStage.COLUMNS: _l("columns to be said"),
    BatchStage.READING: _l("being read"),
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
