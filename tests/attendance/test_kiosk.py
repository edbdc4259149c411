"""A device at the entrance: it checks people in, and opens nothing else."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventsapp.accounts.models import User
from eventsapp.attendance.queries import count_attended
from eventsapp.core import db
from eventsapp.core.actor import Role
from tests.factories.attendance import register
from tests.factories.sites import site
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in
from tests.pages import text_of

__all__ = ["site"]

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Kiosk:
    def __init__(self, site: Flask) -> None:
        self.site, self.device = site, site.test_client()
        with site.app_context():
            user = make_user(Role.ORGANISER)
            workshop = make_workshop(by=actor_of(user))
            person = register(workshop, name="Salma Zentani", institution="Ministry of Planning")
            self.code, self.person_id = person.code, person.id
            self.workshop_id, self.user_id = workshop.id, user.id
            self.starts_at, self.ends_at = workshop.starts_at, workshop.ends_at
            db.session().rollback()

    def begin(self) -> TestResponse:
        with self.site.app_context():
            sign_in(self.device, user=db.get(User, self.user_id))
            db.session().rollback()
        page = self.device.get(f"/manage/workshops/{self.workshop_id}/check-in")
        return self.post(page, f"/manage/workshops/{self.workshop_id}/kiosk")

    def post(self, page: TestResponse, path: str, **fields: object) -> TestResponse:
        token = CSRF.search(page.text)
        assert token, page.location
        return self.device.post(path, data={"csrf_token": token[1], **fields})

    def attended(self) -> int:
        with self.site.app_context():
            return count_attended(self.workshop_id)


@pytest.fixture
def kiosk(site: Flask) -> Kiosk:
    return Kiosk(site)


def shown(device: FlaskClient, words: str = "") -> str:
    return text_of(device.get(f"/kiosk?lang=en&q={words}").text)


def test_whoever_sets_it_up_is_signed_out_of_it(kiosk: Kiosk) -> None:
    with time_machine.travel(kiosk.starts_at, tick=True):
        assert kiosk.begin().location == "/kiosk"
        assert kiosk.device.get("/manage/").status_code == 302
        assert "Please check in" in shown(kiosk.device)


def test_people_find_themselves_by_name_and_press_it(kiosk: Kiosk) -> None:
    with time_machine.travel(kiosk.starts_at, tick=True):
        kiosk.begin()
        asked = ("sa", "s a z", "zen", "Zéntani sálma", "plan")
        told = [words for words in asked if "Salma Zentani" in shown(kiosk.device, words)]
        assert told == ["zen", "Zéntani sálma"]
        page = kiosk.device.get("/kiosk?q=zentani")
        done = kiosk.post(page, "/kiosk", registration=kiosk.person_id)
        again = kiosk.post(kiosk.device.get("/kiosk"), "/kiosk", code=kiosk.code)
    assert ("You are checked in." in done.text, "already" in again.text) == (True, True)
    assert kiosk.attended() == 1


def test_a_wrong_code_is_answered_beside_its_field(kiosk: Kiosk) -> None:
    with time_machine.travel(kiosk.starts_at, tick=True):
        kiosk.begin()
        answer = kiosk.post(kiosk.device.get("/kiosk"), "/kiosk", code="ZZZZZZ")
        assert "Nobody on the list of this workshop has this code." in answer.text
        stranger = kiosk.post(kiosk.device.get("/kiosk"), "/kiosk", registration=10**12)
        assert stranger.status_code == 404
    assert kiosk.attended() == 0


def test_it_ends_with_the_workshop_with_the_account_and_by_hand(kiosk: Kiosk) -> None:
    with time_machine.travel(kiosk.starts_at, tick=True):
        kiosk.begin()
        with kiosk.site.app_context():
            db.get(User, kiosk.user_id).active = False
            db.session().commit()
        assert kiosk.device.get("/kiosk").status_code == 403
        with kiosk.site.app_context():
            db.get(User, kiosk.user_id).active = True
            db.session().commit()
        assert kiosk.device.get("/kiosk").status_code == 200
    with time_machine.travel(kiosk.ends_at + timedelta(days=1), tick=True):
        assert kiosk.device.get("/kiosk").status_code == 403
    with time_machine.travel(kiosk.starts_at, tick=True):
        ended = kiosk.post(kiosk.device.get("/kiosk"), "/kiosk/end")
        assert (ended.location, kiosk.device.get("/kiosk").status_code) == ("/login", 403)


def test_a_device_that_nobody_set_up_is_no_kiosk(site: Flask) -> None:
    assert site.test_client().get("/kiosk").status_code == 403
