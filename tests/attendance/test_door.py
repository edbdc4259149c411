"""What a phone at the door exchanges in the background."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from eventsapp.accounts.models import User
from eventsapp.attendance import service
from eventsapp.attendance.queries import list_ledger
from eventsapp.attendance.rules import evidence as rules
from eventsapp.attendance.types import Source
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.races import at_once
from tests.factories.sites import site
from tests.factories.workshops import actor_of, make_actor, make_user, make_workshop, sign_in

DAY = timedelta(days=1)

__all__ = ["site"]


def test_a_scan_that_waited_counts_for_the_day_of_the_scan(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    first, second = workshop.starts_at, workshop.starts_at + DAY

    sent = [
        service.check_in(
            workshop.id, registration.code, by=organiser, now=second, scanned_at=at, scan_key=key
        ).is_new
        for at, key in ((second, "second-day"), (first, "first-day"), (first, "again"))
    ]

    times = [line.record.started_at for line in list_ledger(registration.id)]
    assert (sent, times) == ([True, True, False], [second, first])


def test_a_phone_whose_clock_is_ahead_has_scanned_now(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    now = workshop.starts_at

    done = service.check_in(
        workshop.id, registration.code, by=organiser, now=now, scanned_at=now + DAY
    )

    assert done.record.started_at == now


def test_a_scan_of_long_before_is_refused(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    with pytest.raises(rules.NotTheDay):
        service.check_in(
            workshop.id,
            registration.code,
            by=organiser,
            now=workshop.starts_at,
            scanned_at=workshop.starts_at - 3 * DAY,
        )


def test_doors_that_scan_one_person_at_once_make_one_record(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    workshop_id, code, now = workshop.id, registration.code, workshop.starts_at

    def scan(key: str) -> bool:
        return service.check_in(workshop_id, code, by=organiser, now=now, scan_key=key).is_new

    results = at_once(app, [lambda key=f"door-{n:04}": scan(key) for n in range(8)])  # type: ignore[misc]

    assert sorted(results, key=bool) == [False] * 7 + [True]
    assert len(list_ledger(registration.id)) == 1


def test_without_the_check_doors_make_a_record_each(app: Flask) -> None:
    """The ledger alone takes whatever it is told: the test above rests on the check-in."""
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration_id, now = register(workshop).id, workshop.starts_at

    def note(key: str) -> object:
        return service.record_attendance(
            registration_id,
            mode=Mode.IN_PERSON,
            source=Source.QR,
            started_at=now,
            scan_key=key,
            by=organiser,
            now=now,
        )

    at_once(app, [lambda key=f"door-{n:04}": note(key) for n in range(8)])  # type: ignore[misc]

    assert len(list_ledger(registration_id)) == 8


class Phone:
    """A phone at the door of a workshop under way, with the codes of two people expected."""

    def __init__(self, site: Flask) -> None:
        self.client = site.test_client()
        with site.app_context():
            organiser = make_user(Role.ORGANISER)
            workshop = make_workshop(by=actor_of(organiser))
            self.codes = [register(workshop).code for _ in range(2)]
            self.starts_at = workshop.starts_at
            self.workshop_id = workshop.id
            db.session().rollback()
            sign_in(self.client, user=organiser)
        self.address = f"/manage/workshops/{self.workshop_id}/check-in"

    def send(self, sent: object, *, token: str | None = None) -> TestResponse:
        headers = {"X-CSRFToken": self.list()["token"] if token is None else token}
        return self.client.post(f"{self.address}/scans", json=sent, headers=headers)

    def list(self) -> dict[str, Any]:
        answer = self.client.get(f"{self.address}/list.json")
        assert answer.is_json, answer.location
        found: Any = answer.json
        assert isinstance(found, dict)
        return found


@pytest.fixture
def phone(site: Flask) -> Iterator[Phone]:
    """At the moment at which the workshop begins."""
    made = Phone(site)
    with time_machine.travel(made.starts_at, tick=True):
        with site.app_context():
            sign_in(made.client, user=find_organiser())
            db.session().rollback()
        yield made


def find_organiser() -> User:
    return db.session().scalars(sa.select(User)).one()


def scan(key: str, code: str, age: object = 0) -> dict[str, object]:
    return {"key": key, "code": code, "age": age}


def test_the_list_names_who_is_expected(phone: Phone) -> None:
    told = phone.list()
    assert [one["code"] for one in told["people"]] == phone.codes
    assert (told["there"], told["expected"]) == (0, 2)


def test_scans_are_answered_one_by_one(phone: Phone) -> None:
    sent = {"scans": [scan("scan-0001", phone.codes[0], 60), scan("scan-0002", "ZZZZZZ")]}
    first, again = phone.send(sent).json, phone.send(sent).json
    assert first is not None
    assert again is not None
    assert [one["state"] for one in first["results"]] == ["new", "refused"]
    assert first["results"][1]["message"] == "Nobody on the list of this workshop has this code."
    assert [one["state"] for one in again["results"]] == ["known", "refused"]
    assert (again["there"], again["expected"]) == (1, 2)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"scans": []},
        {"scans": "all"},
        {"scans": [None]},
        {"scans": [scan("short", "K7Q4MX")]},
        {"scans": [scan("scan-0001", "K" * 21)]},
        {"scans": [scan("scan-0001", "K7Q4MX", -1)]},
        {"scans": [scan("scan-0001", "K7Q4MX", "soon")]},
        {"scans": [scan("scan-0001", "K7Q4MX", True)]},
        {"scans": [scan(f"scan-{n:04}", "K7Q4MX") for n in range(101)]},
    ],
)
def test_what_is_no_scan_is_refused_whole(phone: Phone, sent: object) -> None:
    answer = phone.send(sent)
    assert (answer.status_code, answer.json) == (
        422,
        {"message": "These are not scans of the door."},
    )


def test_an_age_beyond_all_measure_is_a_scan_of_another_day(phone: Phone) -> None:
    answer = phone.send({"scans": [scan("scan-0001", phone.codes[0], 10**30)]}).json
    assert answer is not None
    assert [one["state"] for one in answer["results"]] == ["refused"]


def test_scans_need_the_token_and_the_organiser(phone: Phone, site: Flask) -> None:
    sent = {"scans": [scan("scan-0001", phone.codes[0])]}
    assert phone.send(sent, token="").status_code == 400
    stranger = site.test_client()
    with site.app_context():
        sign_in(stranger, user=make_user(Role.ORGANISER))
        db.session().rollback()
    assert stranger.get(f"{phone.address}/list.json").status_code == 403
    assert site.test_client().get(f"{phone.address}/list.json").status_code == 302


def test_the_workers_reach_ends_at_the_door(phone: Phone) -> None:
    script = phone.client.get(f"{phone.address}/worker.js", buffered=True)
    assert script.headers["Service-Worker-Allowed"] == phone.address
    assert script.mimetype == "text/javascript"
