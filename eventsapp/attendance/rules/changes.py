"""When people are told of a changed workshop."""

from datetime import datetime, timedelta

from eventsapp.core.errors import N_, Refused
from eventsapp.workshops.models import Workshop

# After the last change, so that saving several times is one mail; but never later than that
# after the first one, and at once where the workshop begins before long.
QUIET, LONGEST_WAIT, SOON = timedelta(minutes=10), timedelta(hours=1), timedelta(hours=3)


class NoChangeWaits(Refused):
    message = N_("Nothing waits to be told any more: the mails are on their way, or were stopped.")


def change_goes_out(workshop: Workshop, *, first: datetime, now: datetime) -> datetime:
    """``first`` is when the earliest change that is not told yet was saved."""
    if now >= workshop.starts_at - SOON:
        return now
    return max(now, min(now + QUIET, first + LONGEST_WAIT))
