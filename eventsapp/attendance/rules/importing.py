"""What an attendance file may bring into the ledger."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from eventsapp.attendance.import_format import ImportRow, RowProblem
from eventsapp.attendance.models import ImportBatch
from eventsapp.attendance.rules.matching import Attendee
from eventsapp.attendance.rules.presence import presence
from eventsapp.attendance.types import BatchStatus, Evidence, Interval
from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.workshops.types import Mode


class AlreadyImported(Refused):
    message = N_("This very file was imported already; importing it again would change nothing.")


class NotImported(Refused):
    message = N_("This file is not imported, so there is nothing to undo.")


class NothingToImport(Refused):
    message = N_("Nobody in this file was matched to somebody on the list.")


class FileMissing(Invalid):
    message = N_("Choose a file.")
    field = "file"


class FileTooLarge(Invalid):
    message = N_("This file is larger than 16 MB. An attendance file is much smaller: is it one?")
    field = "file"
    status = 413


def check_may_confirm(batch: ImportBatch) -> None:
    if batch.status == BatchStatus.CONFIRMED:
        raise AlreadyImported


def check_is_confirmed(batch: ImportBatch) -> None:
    if batch.status != BatchStatus.CONFIRMED:
        raise NotImported


def split_by_time(
    rows: Iterable[ImportRow], whole: Interval
) -> tuple[list[ImportRow], list[RowProblem]]:
    """Stays that touch the workshop, and a problem for each that does not: another day's call."""
    within: list[ImportRow] = []
    outside: list[RowProblem] = []
    for row in rows:
        if _touches(row, whole):
            within.append(row)
        else:
            message = N_("%(name)s was in the call before or after the workshop.")
            outside.append(RowProblem(row.number, message, {"name": row.name}))
    return within, outside


def _touches(row: ImportRow, whole: Interval) -> bool:
    if row.start is None or row.end is None:
        return True
    return row.start < whole.end and row.end > whole.start


def minutes_of(attendee: Attendee, whole: Interval) -> int:
    """How long somebody was in the call during the workshop; two devices at once count once."""
    evidence = [Evidence(Mode.ONLINE, row.start, row.end) for row in attendee.rows]
    return presence(evidence, whole=whole, sessions={}, zone=ZoneInfo("UTC")).online_minutes or 0
