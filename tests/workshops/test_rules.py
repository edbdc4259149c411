"""What a workshop must be like."""

from datetime import UTC, datetime

import pytest

from eventsapp.core.actor import VISITOR, Actor, Role
from eventsapp.core.errors import Refused
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.workshops import rules
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Format, Mode, SessionDraft, Status
from tests.factories.workshops import workshop_draft


def at(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 - wall-clock time by contract


def refusal(**changes: object) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        rules.check_draft(workshop_draft(1, **changes))
    return refused.value.code, refused.value.field


def test_check_draft_accepts_the_sample() -> None:
    rules.check_draft(workshop_draft(1))


def test_check_draft_refuses_an_end_before_its_start() -> None:
    assert refusal(ends_at=at(2022, 2, 7, 9)) == ("ends_before_start", "ends_at")


def test_check_draft_refuses_an_unknown_zone() -> None:
    assert refusal(timezone="Africa/Atlantis") == ("unknown_zone", "timezone")


def test_check_draft_refuses_a_start_in_a_skipped_hour() -> None:
    changes = {"timezone": "Europe/Paris", "starts_at": at(2022, 3, 27, 2, 30)}
    assert refusal(**changes, ends_at=at(2022, 3, 27, 12), sessions=()) == (
        "skipped_hour",
        "starts_at",
    )


def test_check_draft_takes_the_first_of_a_doubled_hour() -> None:
    zone = rules.check_zone("Europe/Paris")
    doubled = rules.to_utc(at(2022, 10, 30, 2, 30), zone)
    assert doubled == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


def test_check_draft_refuses_a_hybrid_workshop_without_place_or_seats() -> None:
    assert refusal(city=NO_TEXT) == ("place_missing", "city-en")
    assert refusal(country_code="") == ("place_missing", "country_code")
    assert refusal(seats_online=0) == ("seats_missing", "seats_online")


def test_check_draft_needs_no_place_online() -> None:
    rules.check_draft(
        workshop_draft(1, format=Format.ONLINE, city=NO_TEXT, country_code="", seats_in_person=0)
    )


def test_check_draft_refuses_seats_below_those_taken() -> None:
    with pytest.raises(rules.SeatsBelowTaken) as refused:
        rules.check_draft(workshop_draft(1, seats_in_person=3), taken={Mode.IN_PERSON: 4})
    assert (refused.value.field, refused.value.values) == ("seats_in_person", {"taken": 4})


def test_check_draft_refuses_a_session_outside_the_workshop() -> None:
    late = SessionDraft(Texts.of(en="Late"), at(2022, 2, 12, 9), at(2022, 2, 12, 10))
    assert refusal(sessions=(late,)) == ("outside_workshop", "sessions-0-starts_at")


def test_status_goes_only_the_allowed_ways() -> None:
    workshop = Workshop(status=Status.DRAFT, starts_at=datetime(2022, 2, 8, tzinfo=UTC))
    now = datetime(2022, 1, 1, tzinfo=UTC)
    allowed = set()
    for to in Status:
        try:
            rules.check_status_change(workshop, to, now=now)
        except Refused:
            continue
        allowed.add(to)
    assert allowed == {Status.ANNOUNCED, Status.OPEN}


def test_a_workshop_cannot_have_been_held_before_it_starts() -> None:
    workshop = Workshop(status=Status.OPEN, starts_at=datetime(2022, 2, 8, tzinfo=UTC))
    with pytest.raises(rules.NotYetHeld):
        rules.check_status_change(workshop, Status.HELD, now=datetime(2022, 2, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (Actor("user", 7, roles=frozenset({Role.ORGANISER})), True),
        (Actor("user", 8, roles=frozenset({Role.ORGANISER})), False),
        (Actor("user", 8, roles=frozenset({Role.ADMIN})), True),
        (Actor("user", 7, roles=frozenset({Role.STAFF})), False),
        (VISITOR, False),
    ],
)
def test_only_its_organiser_and_administrators_manage_a_workshop(actor: Actor, may: bool) -> None:
    assert rules.may_manage(Workshop(owner_id=7), by=actor) is may
