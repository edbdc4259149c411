"""A file's evidence in the ledger: written once, and taken back by adding."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from eventsapp.attendance.models import (
    AttendanceRecord,
    ImportBatch,
    ImportLine,
    ImportStay,
)
from eventsapp.attendance.queries import live
from eventsapp.attendance.queries.imports import count_people, find_confirmed, get_batch
from eventsapp.attendance.rules import importing as rules
from eventsapp.attendance.service.imports.notes import note
from eventsapp.attendance.types import BatchStage, BatchStatus, Source
from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Actor
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop
from eventsapp.workshops.types import Mode

IMPORT_FILE = "attendance.import_file"
# What is longer is a worker's: a page must not wait for it.
MOST_ROWS_AT_ONCE = 20_000
_R = AttendanceRecord
Values = dict[InstrumentedAttribute[Any], Any]


@transaction
def confirm_import(
    workshop_id: int, batch_id: int, *, by: Actor, now: datetime, at_once: bool = False
) -> int:
    """Write the evidence of a kept file, and give how many people it is about.

    A long file is imported by a worker, unless it has to be ``at_once``. Raises AlreadyImported
    for the same file again.
    """
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    rules.check_may_confirm(batch)
    rules.check_is_ready(batch)
    if find_confirmed(workshop_id, batch.file_hash) is not None:
        raise rules.AlreadyImported
    people = count_people(batch.id)
    if not people:
        raise rules.NothingToImport
    recorded_by = by.id if by.is_signed_in else None
    note("attendance.import_confirmed", batch, by=by, now=now)
    if batch.row_count > MOST_ROWS_AT_ONCE and not at_once:
        _have_imported(batch, recorded_by, now=now)
    else:
        _import(batch, recorded_by, now=now)
    return people


def _have_imported(batch: ImportBatch, recorded_by: int | None, *, now: datetime) -> None:
    """Let a worker import the file; asked twice, it is imported once."""
    batch.stage = BatchStage.IMPORTING
    payload = {"batch": batch.id, "by": recorded_by}
    subject = f"import_batch:{batch.id}"
    enqueue(IMPORT_FILE, payload, now=now, subject=subject, unique_key=f"confirm {subject}")


@transaction
def import_file(
    batch_id: int, recorded_by: int | None, *, confirm_lease: Callable[[], None], now: datetime
) -> None:
    """Import a confirmed file, all of it or, after a failure, nothing yet; done again it adds
    nothing."""
    confirm_lease()
    batch = db.get(ImportBatch, batch_id)
    lock_workshop(batch.workshop_id)
    if batch.stage != BatchStage.IMPORTING:
        return
    if find_confirmed(batch.workshop_id, batch.file_hash) is None:
        _import(batch, recorded_by, now=now)
    # The same file was imported by another batch meanwhile: this one stays what it was.
    batch.stage = BatchStage.READY


def _import(batch: ImportBatch, recorded_by: int | None, *, now: datetime) -> None:
    """One statement, however long the file is."""
    _write(_evidence_of(batch), _recorded(batch, recorded_by, now=now))
    batch.status, batch.confirmed_at = BatchStatus.CONFIRMED, now
    note("attendance.imported", batch, by=SYSTEM, now=now)


def _recorded(batch: ImportBatch, recorded_by: int | None, *, now: datetime) -> Values:
    """What all records of one act have in common."""
    return {
        _R.workshop_id: batch.workshop_id,
        _R.source: Source.VIDEO,
        _R.batch_id: batch.id,
        _R.reason: "",
        _R.recorded_by: recorded_by,
        _R.recorded_at: now,
    }


def _evidence_of(batch: ImportBatch) -> tuple[Values, Any]:
    """What each stay of somebody recognised says, and which those are."""
    columns: Values = {
        _R.registration_id: ImportLine.registration_id,
        _R.mode: sa.literal(str(Mode.ONLINE)),
        _R.started_at: ImportStay.started_at,
        _R.ended_at: ImportStay.ended_at,
        _R.minutes: ImportStay.minutes,
    }
    of_line = sa.and_(
        ImportLine.batch_id == ImportStay.batch_id, ImportLine.number == ImportStay.number
    )
    rows = sa.and_(
        ImportStay.batch_id == batch.id, of_line, ImportLine.registration_id.is_not(None)
    )
    return columns, rows


def _write(evidence: tuple[Values, Any], recorded: Values) -> None:
    """Add a record for each row of a select, which the database makes of its own rows."""
    columns, rows = evidence
    named = [column.key for column in (*columns, *recorded)]
    common = [
        sa.bindparam(f"common_{column.key}", value, type_=column.type)
        for column, value in recorded.items()
    ]
    chosen = sa.select(*columns.values(), *common).where(rows)
    db.session().execute(
        sa.insert(AttendanceRecord).from_select(named, chosen, include_defaults=False)
    )


@transaction
def undo_import(workshop_id: int, batch_id: int, *, by: Actor, now: datetime) -> ImportBatch:
    """Take back all that a file brought; the ledger keeps that it was there."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    if batch.status == BatchStatus.UNDONE:
        return batch
    rules.check_is_confirmed(batch)
    _write(_revocation_of(batch), _recorded(batch, by.id if by.is_signed_in else None, now=now))
    batch.status, batch.undone_at = BatchStatus.UNDONE, now
    note("attendance.import_undone", batch, by=by, now=now)
    return batch


def _revocation_of(batch: ImportBatch) -> tuple[Values, Any]:
    """A record that takes back each one of the file that still holds."""
    columns: Values = {
        _R.registration_id: _R.registration_id,
        _R.session_id: _R.session_id,
        _R.mode: _R.mode,
        _R.revokes_id: _R.id,
    }
    return columns, sa.and_(_R.batch_id == batch.id, live())
