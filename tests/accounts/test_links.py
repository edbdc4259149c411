"""Links to set a password: genuine, in time, and only for the state they were made in."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsapp.accounts.links import Claim, make_token, mark_of, read_token
from eventsapp.accounts.models import User
from eventsapp.accounts.rules import LinkNotValid
from eventsapp.accounts.types import Purpose

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SECRETS = ["a secret of the test"]


def person() -> User:
    return User(id=7, fs_uniquifier="handle", password="hash")


def token(purpose: Purpose = Purpose.RESET) -> str:
    return make_token(person(), purpose, secrets=SECRETS, now=NOW)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_link_says_who_and_in_which_state(purpose: Purpose) -> None:
    claim = read_token(f" {token(purpose)}\n", secrets=SECRETS, now=NOW)
    assert claim == Claim(user_id=7, mark=mark_of(person()), purpose=purpose)


@pytest.mark.parametrize(
    ("purpose", "lifetime"),
    [(Purpose.RESET, timedelta(hours=1)), (Purpose.INVITATION, timedelta(days=7))],
)
def test_a_link_expires(purpose: Purpose, lifetime: timedelta) -> None:
    read_token(token(purpose), secrets=SECRETS, now=NOW + lifetime)
    with pytest.raises(LinkNotValid):
        read_token(token(purpose), secrets=SECRETS, now=NOW + lifetime + timedelta(seconds=1))


def test_a_link_from_the_future_is_refused() -> None:
    with pytest.raises(LinkNotValid):
        read_token(token(), secrets=SECRETS, now=NOW - timedelta(hours=1))


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", token()[:-1], "A" + token(), token() * 2])
def test_a_forged_link_is_refused(forged: str) -> None:
    with pytest.raises(LinkNotValid):
        read_token(forged, secrets=SECRETS, now=NOW)


def test_a_link_signed_with_another_secret_is_refused() -> None:
    other = make_token(person(), Purpose.RESET, secrets=["another"], now=NOW)
    with pytest.raises(LinkNotValid):
        read_token(other, secrets=SECRETS, now=NOW)


def test_a_link_from_before_the_secret_was_rotated_still_works() -> None:
    assert read_token(token(), secrets=[*SECRETS, "newer"], now=NOW).user_id == 7


def test_the_mark_changes_with_the_password_and_with_the_handle() -> None:
    states = [person(), person(), person()]
    states[1].password = "another"
    states[2].fs_uniquifier = "another"
    assert len({mark_of(state) for state in states}) == 3
