"""What somebody's evidence adds up to."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from eventsapp.attendance.types import Evidence, Interval, Presence, TookPart
from eventsapp.workshops.types import Mode

_MINUTE = timedelta(minutes=1)


def presence(
    evidence: Iterable[Evidence],
    *,
    whole: Interval,
    sessions: Mapping[int, Interval],
    zone: ZoneInfo,
) -> Presence:
    """How somebody took part and for how long.

    Online times are cut to their session, or to the ``whole`` workshop, and overlaps count once:
    two devices in one call are one person. Where only minutes are known they may be the very ones
    of another source, so the longest of all counts and nothing is added up.
    """
    known = list(evidence)
    intervals = [
        cut(record.start, record.end, _bounds(record, whole, sessions))
        for record in known
        if record.mode == Mode.ONLINE and record.start is not None and record.end is not None
    ]
    told = [record.minutes for record in known if record.minutes is not None]
    return Presence(
        took_part=_mode_of(known),
        online_minutes=_longest(_minutes(intervals), told, whole),
        days=_days(known, zone),
    )


def minutes_within(
    intervals: Iterable[Interval], told: float | None, whole: Interval
) -> int | None:
    """Whole minutes of the union of times within ``whole``, or those that were told without
    times, whichever is more; None where nothing is known."""
    parts = [cut(one.start, one.end, whole) for one in intervals]
    return _minutes(parts) if told is None else _longest(_minutes(parts), [int(told)], whole)


def _bounds(record: Evidence, whole: Interval, sessions: Mapping[int, Interval]) -> Interval:
    return whole if record.session_id is None else sessions[record.session_id]


def _mode_of(evidence: list[Evidence]) -> TookPart | None:
    modes = {record.mode for record in evidence}
    if not modes:
        return None
    return TookPart.BOTH if len(modes) == 2 else TookPart(modes.pop())


def cut(start: datetime, end: datetime, to: Interval) -> Interval:
    """The part within ``to``; of no length outside of it."""
    start, end = max(start, to.start), min(end, to.end)
    return Interval(start, max(start, end))


def _minutes(intervals: list[Interval]) -> int | None:
    """Whole minutes of the union; None where no interval is known."""
    if not intervals:
        return None
    if len(intervals) == 1:
        return (intervals[0].end - intervals[0].start) // _MINUTE
    return sum((part.end - part.start for part in union(intervals)), timedelta()) // _MINUTE


def _longest(minutes: int | None, told: Iterable[int], whole: Interval) -> int | None:
    most = (whole.end - whole.start) // _MINUTE
    known = [min(one, most) for one in told]
    return max([*known, *([] if minutes is None else [minutes])], default=None)


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time without overlaps, in order."""
    merged: list[Interval] = []
    for part in sorted(intervals, key=lambda part: part.start):
        if merged and part.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, part.end))
        else:
            merged.append(part)
    return merged


def _days(evidence: list[Evidence], zone: ZoneInfo) -> int:
    """Local dates with evidence; evidence that has no time stands for one."""
    dates = {_local(record.start, zone) for record in evidence if record.start is not None}
    return max(len(dates), min(len(evidence), 1))


def _local(time: datetime, zone: ZoneInfo) -> object:
    return time.astimezone(zone).date()


def sessions_attended(
    evidence: Iterable[Evidence], sessions: Mapping[int, Interval], zone: ZoneInfo
) -> dict[int, int | None]:
    """The sessions that somebody attended, and their minutes online in each, cut to it; None where
    how long is not known.

    Who came to the room, or joined and nobody knows until when, was there from then until the end
    of that day; a record about one session is about no other.
    """
    known = list(evidence)
    found: dict[int, int | None] = {}
    for number, session in sessions.items():
        about = [one for one in known if one.session_id in {None, number}]
        there = [one for one in about if _was_in(one, number, session, zone)]
        if there:
            timed = [one for one in there if one.start and one.end and one.mode == Mode.ONLINE]
            parts = [cut(one.start, one.end, session) for one in timed if one.start and one.end]
            found[number] = _minutes(parts)
    return found


def _was_in(record: Evidence, number: int, session: Interval, zone: ZoneInfo) -> bool:
    if record.session_id == number:
        return True
    if record.start is None:
        return False
    if record.end is not None:
        return record.start < session.end and record.end > session.start
    is_same_day = _local(record.start, zone) == _local(session.start, zone)
    return is_same_day and record.start < session.end
