"""What an attendance file may bring into the ledger."""

from collections.abc import Iterable

from eventsapp.attendance.import_format import ImportRow, RowProblem
from eventsapp.attendance.models import ImportBatch
from eventsapp.attendance.types import BatchStatus, Interval
from eventsapp.core.errors import N_, Invalid, Refused


class AlreadyImported(Refused):
    message = N_("This very file was imported already; importing it again would change nothing.")


class NotImported(Refused):
    message = N_("This file is not imported, so there is nothing to undo.")


class NothingToImport(Refused):
    message = N_("Nobody in this file was matched to somebody on the list.")


class FileMissing(Invalid):
    message = N_("Choose a file.")
    field = "file"


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
