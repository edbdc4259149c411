"""Attendance files: kept, imported once, and undone without a trace in the counts."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

import sqlalchemy as sa

from eventsapp.attendance.models import AttendanceRecord, ImportBatch
from eventsapp.attendance.queries import live
from eventsapp.attendance.queries.imports import (
    ImportPreview,
    find_confirmed,
    get_batch,
    preview_batch,
    preview_file,
)
from eventsapp.attendance.rules import importing as rules
from eventsapp.attendance.service.evidence import revoking
from eventsapp.attendance.types import BatchStatus, Source
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge import storage
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage, check_zone
from eventsapp.workshops.service import lock_workshop
from eventsapp.workshops.types import Mode

LONGEST_FILE_NAME = 200


@transaction
def keep_file(
    workshop_id: int, data: bytes, *, name: str, timezone: str, by: Actor, now: datetime
) -> ImportBatch:
    """Keep an attendance file for its preview; nothing of it counts before it is confirmed.

    Raises UnreadableFile and UnknownLayout, and keeps nothing then.
    """
    workshop = db.get(Workshop, workshop_id)
    check_may_manage(workshop, by=by)
    preview = preview_file(workshop, data, zone=check_zone(timezone))
    key = storage.put(data)
    batch = ImportBatch(
        workshop_id=workshop_id,
        file_key=key,
        file_name=PurePosixPath(name.replace("\\", "/")).name[:LONGEST_FILE_NAME],
        file_hash=key,
        layout_key=preview.layout.key,
        timezone=timezone,
        status=BatchStatus.PREVIEW,
        imported_by=by.id if by.is_signed_in else None,
        created_at=now,
    )
    db.session().add(batch)
    db.session().flush()
    _note("attendance.file_kept", batch, by=by, now=now)
    return batch


@transaction
def decide_rows(
    workshop_id: int, batch_id: int, decisions: Mapping[int, int], *, by: Actor, now: datetime
) -> ImportBatch:
    """Keep whom a person took rows for; both are numbers, of the row and of the registration."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    rules.check_may_confirm(batch)
    kept = {str(row): chosen for row, chosen in decisions.items()}
    batch.decisions = {**batch.decisions, **kept}
    _note("attendance.rows_decided", batch, by=by, now=now)
    return batch


@transaction
def confirm_import(workshop_id: int, batch_id: int, *, by: Actor, now: datetime) -> ImportPreview:
    """Write the evidence of a kept file; raises AlreadyImported for the same file again."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    rules.check_may_confirm(batch)
    if find_confirmed(workshop_id, batch.file_hash) is not None:
        raise rules.AlreadyImported
    preview = preview_batch(workshop, batch)
    if not preview.matched:
        raise rules.NothingToImport
    db.session().execute(sa.insert(AttendanceRecord), _rows(preview, batch, by=by, now=now))
    batch.status, batch.confirmed_at = BatchStatus.CONFIRMED, now
    _note("attendance.imported", batch, by=by, now=now)
    return preview


def _rows(
    preview: ImportPreview, batch: ImportBatch, *, by: Actor, now: datetime
) -> list[dict[str, object]]:
    return [
        {
            "workshop_id": batch.workshop_id,
            "registration_id": line.match.registration_id,
            "mode": Mode.ONLINE,
            "source": Source.VIDEO,
            "started_at": row.start,
            "ended_at": row.end,
            "batch_id": batch.id,
            "reason": "",
            "recorded_by": by.id if by.is_signed_in else None,
            "recorded_at": now,
        }
        for line in preview.matched
        for row in line.attendee.rows
    ]


@transaction
def undo_import(workshop_id: int, batch_id: int, *, by: Actor, now: datetime) -> ImportBatch:
    """Take back all that a file brought; the ledger keeps that it was there."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    if batch.status == BatchStatus.UNDONE:
        return batch
    rules.check_is_confirmed(batch)
    records = db.session().scalars(
        sa.select(AttendanceRecord).where(AttendanceRecord.batch_id == batch.id, live())
    )
    rows = [revoking(record, by=by, now=now) for record in records]
    if rows:
        db.session().execute(sa.insert(AttendanceRecord), rows)
    batch.status, batch.undone_at = BatchStatus.UNDONE, now
    _note("attendance.import_undone", batch, by=by, now=now)
    return batch


def _note(action: str, batch: ImportBatch, *, by: Actor, now: datetime) -> None:
    audit.record(
        action,
        f"workshop:{batch.workshop_id}",
        by=by,
        now=now,
        detail={"batch": batch.id, "layout": batch.layout_key},
    )
