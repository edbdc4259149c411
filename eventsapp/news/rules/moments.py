"""Local dates and times of the organisation's zone, as moments that exist exactly once."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from eventsapp.core.errors import N_, Invalid


class NoSuchTime(Invalid):
    message = N_(
        "There is no %(time)s on that day: the clocks in %(zone)s go forward over it. "
        "Choose an earlier or a later time."
    )


class TimeComesTwice(Invalid):
    message = N_(
        "%(time)s comes twice on that day: the clocks in %(zone)s go back over it. "
        "Choose an earlier or a later time."
    )


def moment_of(local: datetime, zone: str, *, field: str) -> datetime:
    """The moment in UTC at which the zone's clocks show ``local``, a naive date and time.

    Raises NoSuchTime and TimeComesTwice where daylight saving begins and ends.
    """
    first, second = (
        local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    if first == second:
        return first
    # Before a gap the earlier reading's offset leads out of it, after an overlap both lead back.
    comes_back = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local
    refusal = TimeComesTwice if comes_back else NoSuchTime
    raise refusal(field=field, time=f"{local:%H:%M}", zone=zone)
