"""The ledger: what is added to it, and how something is taken back by adding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.queries import find_by_code, find_live_record, find_scan
from eventsapp.attendance.rules import evidence as rules
from eventsapp.attendance.rules.registering import check_not_cancelled, clean_code
from eventsapp.attendance.types import Source
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.types import Mode


@dataclass(frozen=True, slots=True)
class CheckIn:
    """``is_new`` is false for somebody who had been checked in before."""

    record: AttendanceRecord
    registration: Registration
    is_new: bool


@transaction
def check_in(
    workshop_id: int,
    code: str,
    *,
    by: Actor,
    now: datetime,
    scan_key: str | None = None,
    scanned_at: datetime | None = None,
) -> CheckIn:
    """Check somebody in by the code on their phone; raises UnknownCode, NotConfirmed.

    ``scanned_at`` is earlier than ``now`` for a scan that waited on a phone without reception.
    """
    registration = find_by_code(workshop_id, clean_code(code))
    if registration is None:
        check_may_manage(db.get(Workshop, workshop_id), by=by)
        raise rules.UnknownCode
    return _check_in(
        registration, Source.QR, by=by, now=now, scan_key=scan_key, scanned_at=scanned_at
    )


@transaction
def begin_kiosk(workshop_id: int, *, by: Actor, now: datetime) -> None:
    """Note that a device checks people in by itself from now on, in the name of ``by``."""
    workshop = db.get(Workshop, workshop_id)
    check_may_manage(workshop, by=by)
    check_not_cancelled(workshop)
    rules.check_is_time_for_check_in(workshop, now=now)
    audit.record("attendance.kiosk_begun", f"workshop:{workshop_id}", by=by, now=now)


@transaction
def check_in_registration(
    registration_id: int, *, by: Actor, now: datetime, scan_key: str | None = None
) -> CheckIn:
    """Check somebody in from the list at the door."""
    registration = db.get(Registration, registration_id)
    return _check_in(registration, Source.KIOSK, by=by, now=now, scan_key=scan_key)


def _check_in(
    registration: Registration,
    source: Source,
    *,
    by: Actor,
    now: datetime,
    scan_key: str | None,
    scanned_at: datetime | None = None,
) -> CheckIn:
    # Two doors that scan one person wait for each other here.
    db.session().execute(
        sa.select(Registration.id).where(Registration.id == registration.id).with_for_update()
    )
    workshop = registration.workshop
    at = rules.time_of_scan(scanned_at, now=now)
    check_may_manage(workshop, by=by)
    check_not_cancelled(workshop)
    rules.check_is_expected(registration)
    rules.check_is_time_for_check_in(workshop, now=at)
    # Somebody who is here needs no second record, and a scan sent again adds nothing: not even
    # where its record was taken back since.
    known = find_live_record(
        registration.id,
        mode=Mode.IN_PERSON,
        day=rules.day_of(at, workshop.timezone),
        session_id=None,
    ) or (find_scan(_scoped(workshop.id, scan_key)) if scan_key else None)
    if known is not None:
        return CheckIn(known, registration, is_new=False)
    record = record_attendance(
        registration.id,
        mode=Mode.IN_PERSON,
        source=source,
        started_at=at,
        scan_key=scan_key,
        by=by,
        now=now,
    )
    return CheckIn(record, registration, is_new=True)


def _scoped(workshop_id: int, scan_key: str) -> str:
    """Devices make their keys themselves: those of one workshop must not meet another's."""
    return f"{workshop_id}:{scan_key}"


@transaction
def record_attendance(
    registration_id: int,
    *,
    mode: Mode,
    source: Source,
    by: Actor,
    now: datetime,
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
    session_id: int | None = None,
    reason: str = "",
    scan_key: str | None = None,
) -> AttendanceRecord:
    """Add a piece of evidence. With a ``scan_key`` the same scan, sent again, is the same record.

    A correction by hand needs a reason.
    """
    registration = db.get(Registration, registration_id)
    check_may_manage(registration.workshop, by=by)
    rules.check_evidence(
        registration.workshop,
        source=source,
        started_at=started_at,
        ended_at=ended_at,
        session_id=session_id,
        reason=reason,
    )
    values = _noted(registration.workshop_id, registration.id, by=by, now=now) | {
        "session_id": session_id,
        "mode": mode,
        "source": source,
        "started_at": started_at,
        "ended_at": ended_at,
        "reason": reason,
        "scan_key": _scoped(registration.workshop_id, scan_key) if scan_key else None,
    }
    record, is_new = _add(values, unique="scan_key")
    if is_new:
        _note("attendance.recorded", record, by=by, now=now)
    return record


@transaction
def revoke_record(
    record_id: int, *, by: Actor, now: datetime, reason: str = ""
) -> AttendanceRecord:
    """Take a piece of evidence back by adding one that says so; doing it twice adds nothing."""
    record = db.get(AttendanceRecord, record_id)
    check_may_manage(db.get(Workshop, record.workshop_id), by=by)
    rules.check_is_evidence(record)
    values = revoking(record, by=by, now=now, reason=reason)
    revoking_record, is_new = _add(values, unique="revokes_id")
    if is_new:
        _note("attendance.revoked", record, by=by, now=now)
    return revoking_record


def revoking(
    record: AttendanceRecord, *, by: Actor, now: datetime, reason: str = ""
) -> dict[str, object]:
    """The row that takes a record back."""
    return _noted(record.workshop_id, record.registration_id, by=by, now=now) | {
        "session_id": record.session_id,
        "mode": record.mode,
        "source": record.source,
        "batch_id": record.batch_id,
        "reason": reason,
        "revokes_id": record.id,
    }


def _noted(
    workshop_id: int, registration_id: int, *, by: Actor, now: datetime
) -> dict[str, object]:
    """What every record says: whom it is about, who noted it and when."""
    return {
        "workshop_id": workshop_id,
        "registration_id": registration_id,
        "recorded_by": by.id if by.is_signed_in else None,
        "recorded_at": now,
    }


def _add(values: Mapping[str, object], *, unique: str) -> tuple[AttendanceRecord, bool]:
    """Insert, or find the row that has the same unique value; whether it was inserted."""
    session = db.session()
    statement = (
        db.insert_for(AttendanceRecord)
        .values({"reason": "", **values})
        .on_conflict_do_nothing(index_elements=[unique])
        .returning(AttendanceRecord.id)
    )
    record_id = session.execute(statement).scalar_one_or_none()
    if record_id is not None:
        return db.get(AttendanceRecord, record_id), True
    column = getattr(AttendanceRecord, unique)
    found = session.scalar(sa.select(AttendanceRecord).where(column == values[unique]))
    if found is None:
        raise NotFound
    return found, False


def _note(action: str, record: AttendanceRecord, *, by: Actor, now: datetime) -> None:
    audit.record(
        action,
        f"registration:{record.registration_id}",
        by=by,
        now=now,
        detail={"record": record.id, "source": record.source, "mode": record.mode},
    )
