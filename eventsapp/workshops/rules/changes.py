"""What of a changed description concerns those who take part."""

from datetime import datetime, timedelta

from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Aspect, SessionDraft, Status, WorkshopDraft

# After the last change, so that saving several times is one mail; but never later than that
# after the first one, and at once where the workshop begins before long.
QUIET, LONGEST_WAIT, SOON = timedelta(minutes=10), timedelta(hours=1), timedelta(hours=3)


def change_goes_out(workshop: Workshop, *, first: datetime, now: datetime) -> datetime:
    """``first`` is when the earliest change that is not told yet was saved."""
    if now >= workshop.starts_at - SOON:
        return now
    return max(now, min(now + QUIET, first + LONGEST_WAIT))


def changed_aspects(before: WorkshopDraft, after: WorkshopDraft) -> frozenset[Aspect]:
    """What people with a place must learn. ``before`` names the ids of its sessions, and so does
    ``after`` for those that stay; an agenda that there was none of before is nobody's news."""
    was, becomes = _facts(before), _facts(after)
    found = {aspect for aspect in Aspect if was[aspect] != becomes[aspect]}
    if not before.sessions:
        found -= {Aspect.AGENDA}
    return frozenset(found)


def can_be_news(workshop: Workshop, *, now: datetime) -> bool:
    """Whether anybody still has to know how the workshop will be."""
    return workshop.status != Status.CANCELLED and now < workshop.ends_at


def is_shown_in_calendars(before: WorkshopDraft, after: WorkshopDraft) -> bool:
    """Whether calendars that hold the entry must learn of the change."""

    def titles(draft: WorkshopDraft) -> tuple[object, ...]:
        return (draft.title, [item.title for item in draft.sessions])

    return _facts(before) != _facts(after) or titles(before) != titles(after)


def _facts(draft: WorkshopDraft) -> dict[Aspect, object]:
    return {
        Aspect.WHEN: (draft.starts_at, draft.ends_at, draft.timezone),
        Aspect.WHERE: (draft.venue, draft.address, draft.city, draft.country_code),
        Aspect.AGENDA: {(item.id, item.starts_at, item.ends_at) for item in draft.sessions},
        Aspect.ROOM: {_room(draft, item) for item in draft.sessions if _room(draft, item)},
        Aspect.LINK: (
            draft.join_link,
            {(item.id, item.join_link) for item in draft.sessions if item.join_link},
        ),
    }


def _room(draft: WorkshopDraft, item: SessionDraft) -> tuple[object, ...]:
    """Where a session is held, as far as that is not the workshop's own place."""
    venue = None if item.venue is None else draft.venues[item.venue]
    place = (venue.name, venue.address) if venue else ()
    return (item.id, item.room, *place) if item.room or place else ()
