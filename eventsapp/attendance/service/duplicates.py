"""Two registrations of one person become one; two people who look alike are kept apart."""

from datetime import datetime

import sqlalchemy as sa

from eventsapp.attendance.models import (
    AttendanceRecord,
    KeptApart,
    MergedRegistration,
    Registration,
)
from eventsapp.attendance.queries import count_registrations_of, live, merges_of
from eventsapp.attendance.rules import duplicates as rules
from eventsapp.attendance.service.evidence import revoking
from eventsapp.attendance.service.seats import (
    become,
    free_seat,
    lock_registration,
    promote_waiting,
)
from eventsapp.attendance.types import EXPECTED
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.people.service import take_over_addresses
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.types import Mode

REASON = "merged"


@transaction
def merge_registrations(keep_id: int, other_id: int, *, by: Actor, now: datetime) -> Registration:
    """Let ``keep`` stand for both: the better place, all evidence, and the addresses of both.

    The other one's private link opens the one that is kept. Nobody is written to.
    """
    keep = lock_registration(keep_id)
    other = lock_registration(other_id)
    check_may_manage(keep.workshop, by=by)
    rules.check_may_merge(keep, other, merges_of([keep_id, other_id]))
    _pass_place_on(keep, other, by=by, now=now)
    _pass_evidence_on(keep, other, by=by, now=now)
    keep.answers = {**other.answers, **keep.answers}
    if count_registrations_of(other.person_id) == 1:
        take_over_addresses(keep.person_id, other.person_id, by=by, now=now)
    db.session().add(MergedRegistration(registration_id=other_id, into_id=keep_id, merged_at=now))
    audit.record(
        "registration.merged",
        f"registration:{keep_id}",
        by=by,
        now=now,
        detail={"other": other_id},
    )
    return keep


def _pass_place_on(keep: Registration, other: Registration, *, by: Actor, now: datetime) -> None:
    """The better of two places stays taken; a second one goes to whoever waits."""
    workshop, had = other.workshop, Status(other.status)
    if had not in EXPECTED:
        return
    takes_over = rules.holds_more(other, keep)
    become(other, Status.CANCELLED, by=by, now=now)
    if takes_over:
        keep.mode, keep.queued_at = other.mode, other.queued_at
        become(keep, had, by=by, now=now)
    db.session().flush()
    if had == Status.CONFIRMED and not takes_over:
        free_seat(workshop, Mode(other.mode))
        promote_waiting(workshop, Mode(other.mode), by=by, now=now)


def _pass_evidence_on(keep: Registration, other: Registration, *, by: Actor, now: datetime) -> None:
    """The ledger is only added to: each record is taken back, and noted anew for the one kept."""
    session = db.session()
    evidence = session.scalars(
        sa.select(AttendanceRecord)
        .where(AttendanceRecord.registration_id == other.id, live())
        .order_by(AttendanceRecord.id)
    ).all()
    for record in evidence:
        taken_back = revoking(record, by=by, now=now, reason=REASON)
        session.add(AttendanceRecord(**taken_back))
        again = {**taken_back, "registration_id": keep.id, "revokes_id": None}
        session.add(
            AttendanceRecord(**again, started_at=record.started_at, ended_at=record.ended_at)
        )
    session.flush()


@transaction
def keep_apart(one_id: int, other_id: int, *, by: Actor, now: datetime) -> None:
    """Say that two who look alike are two people; they are not named again."""
    first, second = sorted((one_id, other_id))
    registration = lock_registration(first)
    check_may_manage(registration.workshop, by=by)
    rules.check_may_merge(registration, lock_registration(second), {})
    db.session().execute(
        db.insert_for(KeptApart)
        .values(one_id=first, other_id=second)
        .on_conflict_do_nothing(index_elements=["one_id", "other_id"])
    )
    audit.record(
        "registration.kept_apart",
        f"registration:{first}",
        by=by,
        now=now,
        detail={"other": second},
    )
