"""What registrations and evidence hold on to in a workshop, and how they follow its changes."""

from dataclasses import replace
from datetime import datetime

from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.queries import list_confirmed_ids, setup_of
from eventsapp.attendance.rules.references import GroupInUse, SessionInUse
from eventsapp.attendance.service import change_setup
from eventsapp.attendance.service.following import follow_change
from eventsapp.core.actor import Actor
from eventsapp.workshops.follower import Follower, Reference
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode


def _reach(workshop: Workshop) -> dict[Mode, int]:
    return {mode: len(list_confirmed_ids(workshop.id, mode)) for mode in Mode}


def copy_setup(source: Workshop, workshop: Workshop, *, by: Actor, now: datetime) -> None:
    """A copy takes registrations as its source does, and asks the same questions."""
    setup = setup_of(source.id)
    if setup.version:
        change_setup(workshop.id, replace(setup, version=0), by=by, now=now)


FOLLOWER = Follower(
    key="attendance",
    references=(
        Reference(Registration.group_id, GroupInUse),
        Reference(AttendanceRecord.session_id, SessionInUse),
    ),
    follow=follow_change,
    reach=_reach,
    copy=copy_setup,
)
