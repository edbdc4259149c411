"""Reads of the ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from eventsapp.attendance.models import AttendanceRecord
from eventsapp.attendance.rules.presence import presence
from eventsapp.attendance.types import Evidence, Interval, Presence
from eventsapp.core import db
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A record and whether it still holds; ``revoked`` is the record that took it back."""

    record: AttendanceRecord
    revoked: AttendanceRecord | None


def live() -> sa.ColumnElement[bool]:
    """Records that are evidence: not those that take back, not those taken back."""
    later = aliased(AttendanceRecord)
    revoked = sa.select(later.id).where(later.revokes_id == AttendanceRecord.id).exists()
    return sa.and_(AttendanceRecord.revokes_id.is_(None), sa.not_(revoked))


def find_live_record(
    registration_id: int, *, mode: Mode, day: Interval, session_id: int | None
) -> AttendanceRecord | None:
    """The evidence of a mode within a day, for one session or for the day as a whole."""
    return db.session().scalar(
        sa.select(AttendanceRecord)
        .where(
            AttendanceRecord.registration_id == registration_id,
            AttendanceRecord.mode == mode,
            AttendanceRecord.started_at >= day.start,
            AttendanceRecord.started_at < day.end,
            AttendanceRecord.session_id.is_(session_id)
            if session_id is None
            else AttendanceRecord.session_id == session_id,
            live(),
        )
        .order_by(AttendanceRecord.id)
        .limit(1)
    )


def find_scan(scan_key: str) -> AttendanceRecord | None:
    """The record of a scan that was sent before, whether it still holds or not."""
    return db.session().scalar(
        sa.select(AttendanceRecord).where(AttendanceRecord.scan_key == scan_key)
    )


def count_attended(workshop_id: int, *, mode: Mode | None = None) -> int:
    """How many persons left evidence, of any mode or of one."""
    counted = sa.select(sa.func.count(AttendanceRecord.registration_id.distinct())).where(
        AttendanceRecord.workshop_id == workshop_id, live()
    )
    if mode is not None:
        counted = counted.where(AttendanceRecord.mode == mode)
    return db.session().scalar(counted) or 0


def list_ledger(registration_id: int) -> list[LedgerLine]:
    """Everything that was ever noted about a registration, in order, and what became of it."""
    rows = (
        db.session()
        .scalars(
            sa.select(AttendanceRecord)
            .where(AttendanceRecord.registration_id == registration_id)
            .order_by(AttendanceRecord.id)
        )
        .all()
    )
    revoked = {row.revokes_id: row for row in rows if row.revokes_id is not None}
    return [
        LedgerLine(record=row, revoked=revoked.get(row.id))
        for row in rows
        if row.revokes_id is None
    ]


def whole_of(workshop: Workshop) -> Interval:
    return Interval(workshop.starts_at, workshop.ends_at)


def evidence_of(
    workshop_id: int, registration_ids: Iterable[int] | None = None
) -> dict[int, list[Evidence]]:
    """The live evidence of a workshop by registration, of all or of some."""
    statement = (
        sa.select(
            AttendanceRecord.registration_id,
            AttendanceRecord.mode,
            AttendanceRecord.started_at,
            AttendanceRecord.ended_at,
            AttendanceRecord.session_id,
            AttendanceRecord.minutes,
        )
        .where(AttendanceRecord.workshop_id == workshop_id, live())
        .order_by(AttendanceRecord.id)
    )
    if registration_ids is not None:
        statement = statement.where(AttendanceRecord.registration_id.in_(list(registration_ids)))
    found: dict[int, list[Evidence]] = {}
    for registration_id, mode, start, end, session_id, minutes in db.session().execute(statement):
        record = Evidence(Mode(mode), start, end, session_id, minutes)
        found.setdefault(registration_id, []).append(record)
    return found


def presences_of(
    workshop: Workshop, registration_ids: Sequence[int] | None = None
) -> dict[int, Presence]:
    """What each registration's evidence adds up to; those without evidence are absent."""
    sessions = {item.id: Interval(item.starts_at, item.ends_at) for item in workshop.sessions}
    return {
        registration_id: presence(
            evidence,
            whole=whole_of(workshop),
            sessions=sessions,
            zone=ZoneInfo(workshop.timezone),
        )
        for registration_id, evidence in evidence_of(workshop.id, registration_ids).items()
    }
