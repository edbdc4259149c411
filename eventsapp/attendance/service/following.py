"""What a change of the workshop's description means for those who registered."""

from datetime import datetime

from eventsapp.attendance.queries import list_confirmed_ids
from eventsapp.attendance.service.changes import announce_change
from eventsapp.attendance.service.seats import promote_waiting
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules.changes import can_be_news
from eventsapp.workshops.types import CONCERNS, Aspect, Mode


@transaction
def follow_change(
    workshop: Workshop, changed: frozenset[Aspect], *, tell: bool, by: Actor, now: datetime
) -> int:
    """Tell those with a place what concerns them, then give added seats to those who wait.

    In this order: who gets a seat now is written to about the seat, and once. The number of
    those who are told about the change.
    """
    told = _concerned(workshop, changed, now=now) if tell else []
    if told:
        announce_change(workshop, told, changed, now=now)
    for mode in Mode:
        promote_waiting(workshop, mode, by=by, now=now)
    return len(told)


def _concerned(workshop: Workshop, changed: frozenset[Aspect], *, now: datetime) -> list[int]:
    if not can_be_news(workshop, now=now):
        return []
    modes = [mode for mode in Mode if CONCERNS[mode] & changed]
    return [number for mode in modes for number in list_confirmed_ids(workshop.id, mode)]
