"""What somebody who presents must know: their sessions, how they join, and what changed of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from eventsapp.core.errors import N_, Refused
from eventsapp.workshops.models import TeamMember, Workshop, WorkshopSession
from eventsapp.workshops.types import CONCERNS, PUBLIC_STATUSES, Aspect, Mode, Status


class NotToBeTold(Refused):
    message = N_("This workshop is not announced yet, or it is over or cancelled.")


class NobodyToTell(Refused):
    message = N_("Nobody who presents has an e-mail address yet. Write them beside the names.")


@dataclass(frozen=True, slots=True)
class Part:
    """A session that somebody presents; ``link`` only where they join it online."""

    session: WorkshopSession
    mode: Mode
    link: str


def parts_of(workshop: Workshop, member: TeamMember) -> list[Part]:
    """What they present, in the order of the agenda."""
    found = []
    for session in workshop.sessions:
        mode = next((row.how for row in session.presenters if row.member_id == member.id), None)
        if mode is not None:
            online = mode == Mode.ONLINE
            link = (session.join_link or workshop.join_link) if online else ""
            found.append(Part(session, mode, link))
    return found


def modes_of_presenter(workshop: Workshop, member: TeamMember) -> frozenset[Mode]:
    """How they join: for their sessions, or as a whole while nobody said which those are."""
    modes = [part.mode for part in parts_of(workshop, member)]
    return frozenset(modes or [Mode(member.mode)])


def link_of(workshop: Workshop, member: TeamMember) -> str:
    """The joining link of the workshop, for those alone who join anything online."""
    return workshop.join_link if Mode.ONLINE in modes_of_presenter(workshop, member) else ""


def members_of(workshop: Workshop) -> list[TeamMember]:
    return [member for team in workshop.teams for member in team.members]


def addressed(workshop: Workshop) -> list[TeamMember]:
    return [member for member in members_of(workshop) if member.email]


def concerned(workshop: Workshop, changed: Iterable[Aspect]) -> list[TeamMember]:
    """Those who were written to before and whom such a change concerns."""
    found = frozenset(changed)
    return [
        member
        for member in addressed(workshop)
        if member.told_at is not None
        and any(CONCERNS[mode] & found for mode in modes_of_presenter(workshop, member))
    ]


def check_may_tell(workshop: Workshop, *, now: datetime) -> None:
    is_known = workshop.status in PUBLIC_STATUSES - {Status.CANCELLED}
    if not is_known or now >= workshop.ends_at:
        raise NotToBeTold
    if not addressed(workshop):
        raise NobodyToTell
