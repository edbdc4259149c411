"""What somebody's evidence adds up to."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from eventsapp.attendance.types import Evidence, Interval, Presence, TookPart
from eventsapp.workshops.types import Mode


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
    online = [
        _cut(record, to=whole if record.session_id is None else sessions[record.session_id])
        for record in known
        if record.mode == Mode.ONLINE
    ]
    intervals = [interval for interval in online if interval is not None]
    return Presence(
        took_part=_mode_of(known),
        online_minutes=_longest(_minutes(intervals), known, whole),
        days=_days(known, zone),
    )


def _mode_of(evidence: list[Evidence]) -> TookPart | None:
    modes = {record.mode for record in evidence}
    if not modes:
        return None
    return TookPart.BOTH if len(modes) == 2 else TookPart(modes.pop())


def _cut(record: Evidence, *, to: Interval) -> Interval | None:
    """The part within ``to``; of no length outside of it; None where a time is unknown."""
    if record.start is None or record.end is None:
        return None
    start, end = max(record.start, to.start), min(record.end, to.end)
    return Interval(start, max(start, end))


def _minutes(intervals: list[Interval]) -> int | None:
    """Whole minutes of the union; None where no interval is known."""
    if not intervals:
        return None
    total = sum((part.end - part.start for part in union(intervals)), timedelta())
    return int(total.total_seconds() // 60)


def _longest(minutes: int | None, evidence: list[Evidence], whole: Interval) -> int | None:
    most = int((whole.end - whole.start).total_seconds() // 60)
    told = [min(one.minutes, most) for one in evidence if one.minutes is not None]
    return max([*told, *([] if minutes is None else [minutes])], default=None)


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
