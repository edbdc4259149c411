"""What an attendance file may bring into the ledger."""

from datetime import timedelta

from eventsapp.attendance.import_format import ImportRow, RowProblem
from eventsapp.attendance.models import ImportBatch
from eventsapp.attendance.reading.columns import Columns
from eventsapp.attendance.rules.matching import Attendee
from eventsapp.attendance.rules.presence import minutes_within
from eventsapp.attendance.types import BatchStage, BatchStatus, Interval
from eventsapp.core.errors import N_, Invalid, Refused

# Calls are opened before the workshop begins.
EARLY = timedelta(hours=2)
OUTSIDE = N_("%(name)s was in the call before or after the workshop.")


class AlreadyImported(Refused):
    message = N_("This very file was imported already; importing it again would change nothing.")


class NotImported(Refused):
    message = N_("This file is not imported, so there is nothing to undo.")


class NothingToImport(Refused):
    message = N_("Nobody in this file was matched to somebody on the list.")


class NotReadYet(Refused):
    message = N_("This file is not read yet.")


class ColumnsMissing(Invalid):
    message = N_("Say which column holds the names, and which says when they joined or how long.")
    field = "columns-0"


class HeadMissing(Invalid):
    message = N_("Without a line of heads later files cannot be recognised. Leave this empty.")
    field = "keep_as"


class FileMissing(Invalid):
    message = N_("Choose a file.")
    field = "file"


class FileTooLarge(Invalid):
    message = N_("This file is larger than 48 MB. An attendance file is much smaller: is it one?")
    field = "file"
    status = 413


def check_may_confirm(batch: ImportBatch) -> None:
    if batch.status == BatchStatus.CONFIRMED:
        raise AlreadyImported


def check_is_confirmed(batch: ImportBatch) -> None:
    if batch.status != BatchStatus.CONFIRMED:
        raise NotImported


def is_outside(row: ImportRow, whole: Interval) -> bool:
    """Whether a stay does not touch the workshop: another day's call. Unknown times may."""
    if row.start is None:
        return False
    if row.end is None:
        return not whole.start - EARLY <= row.start < whole.end
    return row.start >= whole.end or row.end <= whole.start


def outside(row: ImportRow) -> RowProblem:
    return RowProblem(row.number, OUTSIDE, {"name": row.name})


def minutes_of(attendee: Attendee, whole: Interval) -> int | None:
    """How long somebody was in the call during the workshop; two devices at once count once."""
    return minutes_within(attendee.intervals, attendee.length, whole)


def check_is_ready(batch: ImportBatch) -> None:
    """Raises NotReadYet for a file whose rows are not known yet."""
    if batch.stage != BatchStage.READY:
        raise NotReadYet


def check_columns(columns: Columns | None) -> None:
    """Raises ColumnsMissing where columns do not tell who was there, and when or how long."""
    if columns is not None and not columns.is_complete:
        raise ColumnsMissing


def check_has_head(columns: Columns) -> None:
    """Raises HeadMissing: without a head no later file can be recognised."""
    if columns.head < 0:
        raise HeadMissing
