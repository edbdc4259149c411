"""Sessions, held against forged requests, planted and stolen cookies, and forgotten screens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask_migrate import upgrade

from eventsapp.accounts import queries
from eventsapp.app import create_app
from tests.conftest import make_settings
from tests.factories.accounts import PASSWORD
from tests.factories.browsing import Browser, csrf_of

MAIL = "nadia@office.example"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_nobody_is_signed_in_by_another_site(office: Flask) -> None:
    browser, other = Browser(office), Browser(office)
    browser.open("/login")
    foreign = csrf_of(other.open("/login"))
    for forged in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": foreign}):
        answer = browser.client.post("/login", data={"email": MAIL, "password": PASSWORD} | forged)
        assert answer.status_code == 400
        assert not browser.is_signed_in()
    # The control: with the page's own token it works.
    browser.sign_in(MAIL)
    assert browser.is_signed_in()


def test_signing_out_takes_a_post_with_a_token(office: Flask) -> None:
    browser = Browser(office)
    browser.sign_in(MAIL)
    assert browser.open("/logout").status_code == 405
    assert browser.client.post("/logout").status_code == 400
    assert browser.is_signed_in()
    browser.submit("/manage/account", to="/logout")
    assert not browser.is_signed_in()


@pytest.mark.parametrize(
    "path", ["/login/code", "/login/app", "/login/recovery", "/login/passkey", "/login/confirm"]
)
def test_every_step_of_signing_in_wants_a_token(office: Flask, path: str) -> None:
    browser = Browser(office)
    browser.sign_in(MAIL)
    assert browser.client.post(path, data={"code": "1", "password": PASSWORD}).status_code == 400


def test_json_is_no_way_around_the_token(office: Flask) -> None:
    browser = Browser(office)
    answer = browser.client.post("/login", json={"email": MAIL, "password": PASSWORD})
    assert answer.status_code == 400
    assert not browser.is_signed_in()


def test_a_planted_cookie_is_worth_nothing_after_signing_in(office: Flask) -> None:
    attacker, victim = Browser(office), Browser(office)
    token = csrf_of(attacker.open("/login"))
    planted = attacker.cookie()
    victim.use_cookie(planted)
    victim.client.post("/login", data={"csrf_token": token, "email": MAIL, "password": PASSWORD})
    assert victim.is_signed_in()
    attacker.use_cookie(planted)
    assert not attacker.is_signed_in()
    # The control: the cookie that signing in gave would have been worth something.
    attacker.use_cookie(victim.cookie())
    assert attacker.is_signed_in()


def test_nothing_planted_in_a_session_outlives_signing_in(office: Flask) -> None:
    browser = Browser(office)
    page = browser.open("/login")
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    old = csrf_of(page)
    browser.client.post("/login", data={"csrf_token": old, "email": MAIL, "password": PASSWORD})
    with browser.client.session_transaction() as session:
        assert "planted" not in session
    answer = browser.client.post(
        "/manage/account", data={"csrf_token": old, "name": "Mallory", "lang": "en"}
    )
    assert answer.status_code == 400


def test_a_copied_cookie_dies_with_the_sign_out(office: Flask) -> None:
    browser, thief = Browser(office), Browser(office)
    browser.sign_in(MAIL)
    copy = browser.cookie()
    thief.use_cookie(copy)
    assert thief.is_signed_in()  # the control
    browser.submit("/manage/account", to="/logout")
    thief.use_cookie(copy)
    assert not thief.is_signed_in()


def test_a_cookie_without_its_key_is_worth_nothing(office: Flask) -> None:
    """Knowing the handle that the cookie names does not help: the key makes the session."""
    browser = Browser(office)
    browser.sign_in(MAIL)
    for change in ({"sign_in": "guessed"}, {"sign_in": None}, {"sign_in": 7}, {"seen": "now"}):
        with browser.client.session_transaction() as session:
            before = dict(session)
            session.update(change)
        assert not browser.is_signed_in()
        with browser.client.session_transaction() as session:
            session.update(before)
        assert browser.is_signed_in()  # the control


def stay(office: Flask, *, minutes: int, pauses: int) -> bool:
    """Sign in, open a page after each pause, and see whether one is still signed in."""
    browser = Browser(office)
    with time_machine.travel(START, tick=False):
        browser.sign_in(MAIL)
    here = False
    for pause in range(1, pauses + 1):
        with time_machine.travel(START + timedelta(minutes=minutes * pause), tick=False):
            here = browser.is_signed_in()
    return here


def test_a_session_ends_when_nobody_is_there(office: Flask) -> None:
    assert stay(office, minutes=119, pauses=1)
    assert not stay(office, minutes=121, pauses=1)


def test_a_session_ends_after_a_working_day_however_busy(office: Flask) -> None:
    assert stay(office, minutes=60, pauses=11)
    assert not stay(office, minutes=60, pauses=12)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(office: Flask) -> None:
    answer = Browser(office).sign_in(MAIL)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.split("; ")[1:] == ["HttpOnly", "Path=/", "SameSite=Lax"]
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_over_https_the_cookie_is_bound_to_this_very_host(tmp_path: Path) -> None:
    base = make_settings(f"sqlite:///{tmp_path / 'secure.sqlite3'}", tmp_path)
    app = create_app(replace(base, base_url="https://events.example"))
    with app.app_context():
        upgrade()
    cookies = app.test_client().get("/login").headers.getlist("Set-Cookie")
    names = [cookie.split("=")[0] for cookie in cookies]
    assert names == ["__Host-session"]
    assert cookies[0].split("; ")[1:] == ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"]


@pytest.mark.parametrize("where", ["header", "query"])
def test_no_token_in_an_address_or_header_signs_anybody_in(office: Flask, where: str) -> None:
    """The library offers such tokens; ours are the API's alone."""
    with office.test_request_context():
        token = queries.get_by_email(MAIL).get_auth_token()  # type: ignore[attr-defined]
    browser = Browser(office)
    if where == "header":
        answer = browser.open("/manage/account", headers={"Authentication-Token": token})
    else:
        answer = browser.open("/manage/account", query_string={"auth_token": token})
    assert answer.status_code == 302
    assert (answer.location or "").startswith("/login?next=")
