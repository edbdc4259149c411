"""What evidence adds up to."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsapp.attendance.rules.presence import presence, sessions_attended, union
from eventsapp.attendance.types import Evidence, Interval, Presence, TookPart
from eventsapp.workshops.types import Mode

START = datetime(2022, 2, 8, 7, 0, tzinfo=UTC)
TRIPOLI = ZoneInfo("Africa/Tripoli")


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


WHOLE = Interval(at(0), at(480))
SESSIONS = {7: Interval(at(60), at(120))}


def of(*evidence: Evidence) -> Presence:
    return presence(evidence, whole=WHOLE, sessions=SESSIONS, zone=TRIPOLI)


def online(start: float, end: float, session_id: int | None = None) -> Evidence:
    return Evidence(Mode.ONLINE, at(start), at(end), session_id)


def test_presence_of_no_evidence_is_none() -> None:
    assert of() == Presence(None, None, 0)


def test_presence_in_the_room_tells_no_minutes() -> None:
    assert of(Evidence(Mode.IN_PERSON, at(5))) == Presence(TookPart.IN_PERSON, None, 1)


def test_presence_in_the_room_and_online_is_both_and_one_person() -> None:
    found = of(Evidence(Mode.IN_PERSON, at(5)), online(200, 230))

    assert found == Presence(TookPart.BOTH, 30, 1)


def test_presence_counts_two_devices_at_once_only_once() -> None:
    assert of(online(0, 60), online(30, 90), online(100, 110)).online_minutes == 100


def test_presence_is_cut_to_the_workshop() -> None:
    assert of(online(-30, 10), online(470, 600)).online_minutes == 20


def test_presence_is_cut_to_its_session() -> None:
    assert of(online(0, 90, session_id=7)).online_minutes == 30


def test_presence_outside_of_the_workshop_is_no_minute() -> None:
    assert of(online(-60, -30)) == Presence(TookPart.ONLINE, 0, 1)


def test_presence_of_an_unknown_duration_is_unknown_and_not_zero() -> None:
    assert of(Evidence(Mode.ONLINE, at(5))) == Presence(TookPart.ONLINE, None, 1)


def test_presence_counts_days_in_the_zone_of_the_workshop() -> None:
    late = Evidence(Mode.IN_PERSON, datetime(2022, 2, 8, 21, 59, tzinfo=UTC))
    # Midnight in Tripoli, two hours ahead.
    later = Evidence(Mode.IN_PERSON, datetime(2022, 2, 8, 22, 0, tzinfo=UTC))

    assert (of(late).days, of(late, later).days) == (1, 2)


def test_presence_without_a_time_stands_for_one_day() -> None:
    assert of(Evidence(Mode.IN_PERSON), Evidence(Mode.IN_PERSON)).days == 1


stays = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=12)


# How fast examples are made says something of the machine, nothing of the union.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(stays)
def test_union_covers_exactly_the_minutes_that_any_stay_covers(
    parts: list[tuple[int, int]],
) -> None:
    intervals = [Interval(at(start), at(start + length)) for start, length in parts]
    covered = {minute for start, length in parts for minute in range(start, start + length)}

    merged = union(intervals)

    assert sum((part.end - part.start for part in merged), timedelta()) == timedelta(
        minutes=len(covered)
    )
    assert all(one.end < other.start for one, other in pairwise(merged))


@unhurried
@given(stays, st.randoms())
def test_union_does_not_depend_on_the_order_of_evidence(
    parts: list[tuple[int, int]], random: Random
) -> None:
    intervals = [Interval(at(start), at(start + length)) for start, length in parts]
    shuffled = list(intervals)
    random.shuffle(shuffled)

    assert union(shuffled) == union(intervals)


@pytest.mark.parametrize("minutes", [0, 1, 59, 480])
def test_minutes_of_one_stay_are_its_length(minutes: int) -> None:
    assert of(online(0, minutes)).online_minutes == minutes


rooms = st.lists(st.integers(-30, 600), max_size=3)


@unhurried
@given(stays, rooms, st.one_of(st.none(), st.integers(0, 600)))
def test_presence_is_one_person_with_the_minutes_that_any_source_covers(
    parts: list[tuple[int, int]], doors: list[int], told: int | None
) -> None:
    """In the room, on two devices, and a second file that only tells minutes: whatever overlaps
    counts once, nothing is added up, and no minute lies outside of the workshop."""
    evidence = [online(start, start + length) for start, length in parts]
    evidence += [Evidence(Mode.IN_PERSON, at(minute)) for minute in doors]
    evidence += [Evidence(Mode.ONLINE, minutes=told)] if told is not None else []
    covered = {minute for start, length in parts for minute in range(start, start + length)}
    known = [len(covered)] * bool(parts) + ([min(told, 480)] if told is not None else [])

    found = of(*evidence)

    modes = {record.mode for record in evidence}
    assert found.online_minutes == (max(known) if known else None)
    assert (found.took_part == TookPart.BOTH) == (len(modes) == 2)
    assert (found.took_part is None, found.days == 0) == (not evidence, not evidence)


@unhurried
@given(stays)
def test_minutes_of_sessions_never_exceed_those_of_the_whole(parts: list[tuple[int, int]]) -> None:
    evidence = [online(start, start + length) for start, length in parts]
    apart = {
        1: Interval(at(0), at(100)),
        2: Interval(at(100), at(200)),
        3: Interval(at(200), at(260)),
    }

    in_sessions = sessions_attended(evidence, apart, TRIPOLI)

    whole = of(*evidence).online_minutes or 0
    assert sum(minutes or 0 for minutes in in_sessions.values()) == whole
