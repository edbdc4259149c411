"""What the evidence shows day by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eventsapp.attendance.rules.presence import cut, minutes_within
from eventsapp.attendance.types import Evidence, Interval
from eventsapp.workshops.types import Mode


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many persons left evidence of a day in the room and online, and the minutes online of
    all of them together."""

    day: date
    room: int
    online: int
    minutes: int


def count_days(
    evidence: Mapping[int, Iterable[Evidence]],
    days: Sequence[date],
    *,
    sessions: Mapping[int, Interval],
    whole: Interval,
    zone: ZoneInfo,
) -> list[DayCount]:
    """Evidence without any time counts on the day of its session, or of a workshop of one day."""
    found = []
    for day in days:
        start = datetime(day.year, day.month, day.day, tzinfo=zone)
        within = Interval(start, start + timedelta(days=1))
        room, online, minutes = 0, 0, 0
        for known in evidence.values():
            of_day = [_on(one, within, days, sessions, whole) for one in known]
            there = [one for one in of_day if one is not None]
            calls = [one for one in there if one.mode == Mode.ONLINE]
            room += len(calls) < len(there)
            online += bool(calls)
            minutes += _minutes(calls, within) or 0
        found.append(DayCount(day, room, online, minutes))
    return found


def _on(
    one: Evidence,
    day: Interval,
    days: Sequence[date],
    sessions: Mapping[int, Interval],
    whole: Interval,
) -> Evidence | None:
    """The part of a piece of evidence that is of a day; None where nothing of it is."""
    about = whole if one.session_id is None else sessions[one.session_id]
    if one.start is not None and one.end is not None:
        part = cut(one.start, one.end, about)
        part = cut(part.start, part.end, day)
        is_there = part.end > part.start or _is_in(one.start, day)
        return Evidence(one.mode, part.start, part.end) if is_there else None
    if one.start is None and one.session_id is None:
        return one if len(days) == 1 else None
    return one if _is_in(one.start or about.start, day) else None


def _is_in(moment: datetime, day: Interval) -> bool:
    return day.start <= moment < day.end


def _minutes(calls: Iterable[Evidence], day: Interval) -> int | None:
    known = list(calls)
    timed = [Interval(one.start, one.end) for one in known if one.start and one.end]
    told = max((one.minutes for one in known if one.minutes is not None), default=None)
    return minutes_within(timed, told, day)
