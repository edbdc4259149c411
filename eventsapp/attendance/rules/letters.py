"""Which letters are due by the clock, to whom, and what an organiser may word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsapp.attendance.types import Message, Setup, Wording
from eventsapp.core.dates import day_in
from eventsapp.core.errors import N_, Invalid
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Status

LONGEST_SUBJECT, LONGEST_OPENING = 150, 2_000
# Thanks wait this long for the feedback form to be opened and for evidence of who came.
AFTER_THE_END, PATIENCE, TOO_LATE = timedelta(hours=1), timedelta(days=2), timedelta(days=7)

# What the organiser may word: everything that speaks in the workshop's own voice.
WORDED = (
    Message.INVITED,
    Message.INVITED_AGAIN,
    Message.REQUESTED,
    Message.CONFIRMED,
    Message.WAITLISTED,
    Message.PROMOTED,
    Message.MODE_CHANGED,
    Message.REMINDER,
    Message.JOINING,
    Message.DECLINED,
    Message.CANCELLED,
    Message.THANKS,
)


# What is not said to an address that mail came back from.
BY_THE_CLOCK = frozenset({Message.INVITED_AGAIN, Message.REMINDER, Message.JOINING, Message.THANKS})


class TooLong(Invalid):
    message = N_("Use at most %(most)d characters.")


@dataclass(frozen=True, slots=True)
class Due:
    """A letter whose time has come. ``occasion`` is what it is sent once for.

    ``is_patient`` while thanks still wait for feedback to open, or for evidence of who came.
    """

    message: Message
    occasion: str
    is_patient: bool = False


def check_wording(wording: Wording) -> None:
    for field, most in (("subject", LONGEST_SUBJECT), ("opening", LONGEST_OPENING)):
        if len(getattr(wording, field)) > most:
            raise TooLong(field=field, most=most)


def due_letters(workshop: Workshop, setup: Setup, *, now: datetime) -> list[Due]:
    """What is due for a workshop at this moment, whoever has had it already."""
    if workshop.status in {Status.DRAFT, Status.CANCELLED}:
        return []
    start, end = workshop.starts_at, workshop.ends_at
    found = []
    if setup.reminder_hours and start - timedelta(hours=setup.reminder_hours) <= now < start:
        found.append(Due(Message.REMINDER, start.isoformat()))
    if setup.joining_hours and start - timedelta(hours=setup.joining_hours) <= now < end:
        found.append(Due(Message.JOINING, start.isoformat()))
    if setup.sends_thanks and end + AFTER_THE_END <= now < end + TOO_LATE:
        found.append(Due(Message.THANKS, "", is_patient=now < end + PATIENCE))
    return found


def reminder_due_at(workshop: Workshop, setup: Setup) -> datetime:
    return workshop.starts_at - timedelta(hours=setup.reminder_hours)


def day_of(workshop: Workshop, *, now: datetime) -> str:
    """The day at the workshop's place: invitations are repeated at most once on it."""
    return day_in(workshop.timezone, now=now).isoformat()


def is_in_time(workshop: Workshop, message: Message, *, now: datetime) -> bool:
    """Letters by the clock are pointless after a while, however long the mail server was away."""
    latest: Mapping[Message, datetime] = {
        Message.REMINDER: workshop.starts_at,
        Message.JOINING: workshop.ends_at,
        Message.THANKS: workshop.ends_at + TOO_LATE,
    }
    return message not in latest or now < latest[message]
