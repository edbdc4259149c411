"""What may be written into the ledger."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.types import Interval, Source
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.workshops.models import Workshop

# Doors open before the agenda does, and people leave after it.
MARGIN = timedelta(hours=12)


class UnknownCode(Invalid):
    message = N_("Nobody on the list of this workshop has this code.")
    field = "code"


class NotConfirmed(Refused):
    message = N_("%(name)s has no confirmed place. Confirm the registration first.")
    field = "code"


class NotTheDay(Refused):
    message = N_("Check-in is possible only on the days of the workshop.")
    field = "code"


class ReasonMissing(Invalid):
    message = N_("Say why, so that others can follow it later.")
    field = "reason"


class IntervalBackwards(Invalid):
    message = N_("The end must come after the start.")
    field = "ended_at"


class OutsideWorkshop(Invalid):
    message = N_("This time is not within the dates of the workshop.")
    field = "started_at"


class UnknownSession(Invalid):
    message = N_("This session does not belong to the workshop.")
    field = "session_id"


class NotEvidence(Refused):
    message = N_("Only evidence can be taken back.")


def check_is_expected(registration: Registration) -> None:
    if registration.status != Status.CONFIRMED:
        raise NotConfirmed(name=registration.person.name)


def check_is_time_for_check_in(workshop: Workshop, *, now: datetime) -> None:
    if not is_time_for_check_in(workshop, now=now):
        raise NotTheDay


def is_time_for_check_in(workshop: Workshop, *, now: datetime) -> bool:
    return workshop.starts_at - MARGIN <= now <= workshop.ends_at + MARGIN


def time_of_scan(scanned_at: datetime | None, *, now: datetime) -> datetime:
    """When somebody stood at the door; a phone cannot have scanned in the future."""
    return now if scanned_at is None else min(scanned_at, now)


def day_of(moment: datetime, zone: str) -> Interval:
    """The local day of a moment, from its first to the next day's first instant."""
    local = moment.astimezone(ZoneInfo(zone))
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return Interval(start, start + timedelta(days=1))


def check_evidence(
    workshop: Workshop,
    *,
    source: Source,
    started_at: datetime | None,
    ended_at: datetime | None,
    session_id: int | None,
    reason: str,
) -> None:
    if source == Source.MANUAL and not reason.strip():
        raise ReasonMissing
    if started_at is not None and ended_at is not None and ended_at < started_at:
        raise IntervalBackwards
    if session_id not in {None, *(item.id for item in workshop.sessions)}:
        raise UnknownSession
    check_is_within(workshop, started_at)


def check_is_within(workshop: Workshop, time: datetime | None) -> None:
    """Evidence belongs to the workshop's dates, with a margin; an unknown time is not refused."""
    if time is None:
        return
    if not is_time_for_check_in(workshop, now=time):
        raise OutsideWorkshop


def check_is_evidence(record: AttendanceRecord) -> None:
    if record.revokes_id is not None:
        raise NotEvidence
