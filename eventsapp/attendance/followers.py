"""What registrations and evidence hold on to in a workshop, and how they follow its changes."""

from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.queries import list_confirmed_ids
from eventsapp.attendance.rules.references import GroupInUse, SessionInUse
from eventsapp.attendance.service.following import follow_change
from eventsapp.workshops.follower import Follower, Reference
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode


def _reach(workshop: Workshop) -> dict[Mode, int]:
    return {mode: len(list_confirmed_ids(workshop.id, mode)) for mode in Mode}


FOLLOWER = Follower(
    key="attendance",
    references=(
        Reference(Registration.group_id, GroupInUse),
        Reference(AttendanceRecord.session_id, SessionInUse),
    ),
    follow=follow_change,
    reach=_reach,
)
