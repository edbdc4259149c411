"""The mail about a changed workshop: it waits a while, so that saving several times is one mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from eventsapp.attendance.queries.changes import ANNOUNCE_CHANGE, find_waiting_change
from eventsapp.attendance.rules.changes import NoChangeWaits
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import amend_waiting, cancel_job, enqueue
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.rules.changes import change_goes_out
from eventsapp.workshops.service import lock_workshop
from eventsapp.workshops.types import Aspect


def announce_change(
    workshop: Workshop,
    registration_ids: Sequence[int],
    changed: Iterable[Aspect],
    *,
    now: datetime,
) -> None:
    """Tell these people what changed; those who get a place by the same change know it anew.

    While an earlier change still waits to be told, this one joins it. The caller holds the
    workshop's row, so that two changes never wait beside each other.
    """
    more = {"registrations": list(registration_ids), "about": sorted(changed)}
    joined = amend_waiting(
        ANNOUNCE_CHANGE,
        _subject(workshop.id),
        lambda payload: _joined(payload, more),
        due=lambda job: change_goes_out(workshop, first=job.created_at, now=now),
    )
    if joined is None:
        enqueue(
            ANNOUNCE_CHANGE,
            more,
            now=now,
            subject=_subject(workshop.id),
            not_before=change_goes_out(workshop, first=now, now=now),
        )


def _joined(payload: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted({*payload[key], *more[key]}) for key in ("registrations", "about")}


def _subject(workshop_id: int) -> str:
    return f"workshop:{workshop_id}"


@transaction
def tell_change_now(workshop_id: int, *, by: Actor, now: datetime) -> None:
    """Let the waiting mail go out without further delay. Raises NoChangeWaits."""
    check_may_manage(lock_workshop(workshop_id), by=by)
    told = amend_waiting(
        ANNOUNCE_CHANGE, _subject(workshop_id), lambda payload: payload, due=lambda _job: now
    )
    if told is None:
        raise NoChangeWaits


@transaction
def keep_change_quiet(workshop_id: int, *, by: Actor, now: datetime) -> None:
    """Tell nobody after all; what was saved stays. Raises NoChangeWaits."""
    check_may_manage(lock_workshop(workshop_id), by=by)
    waiting = find_waiting_change(workshop_id)
    if waiting is None:
        raise NoChangeWaits
    cancel_job(waiting.job_id, by=by, now=now)
