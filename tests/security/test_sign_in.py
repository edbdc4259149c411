"""Signing in, held against those who want to know who has an account, and those who guess."""

import re
import statistics
import time

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories.accounts import PASSWORD
from tests.factories.browsing import Browser, csrf_of, words_of

MAIL = "nadia@office.example"


def stripped(answer: TestResponse) -> str:
    """A page without what differs each time, and without what was typed."""
    text = re.sub(r'name="csrf_token"[^>]*>', "", answer.text)
    return re.sub(r'(id="email"[^>]*value=")[^"]*', r"\1", text)


FAILURES = [
    ("nobody@office.example", PASSWORD),
    (MAIL, "wrong password"),
    ("invited@office.example", PASSWORD),
    ("gone@office.example", PASSWORD),
    ("gone@office.example", "wrong password"),
    ("not an address", PASSWORD),
    (MAIL, ""),
    ("", PASSWORD),
]


def test_a_failed_sign_in_reads_the_same_whatever_was_wrong(office: Flask) -> None:
    answers = [Browser(office).sign_in(email, password) for email, password in FAILURES]
    assert {answer.status_code for answer in answers} == {200}
    assert len({stripped(answer) for answer in answers}) == 1
    # The control: a right password reads differently.
    assert Browser(office).sign_in(MAIL).status_code == 302


def seconds(browser: Browser, email: str, token: str) -> float:
    begun = time.perf_counter()
    browser.client.post(
        "/login", data={"csrf_token": token, "email": email, "password": "wrong password"}
    )
    return time.perf_counter() - begun


def compare(office: Flask, known: str, unknown: str) -> float:
    """How many times longer the known address takes; alternating, so that load hits both."""
    browser = Browser(office)
    token = csrf_of(browser.open("/login"))
    pairs = [(seconds(browser, known, token), seconds(browser, unknown, token)) for _ in range(9)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


@pytest.mark.parametrize("known", [MAIL, "invited@office.example", "gone@office.example"])
def test_a_failed_sign_in_takes_as_long_whether_the_account_exists(
    sqlite_office: Flask, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventsapp.web.limits.limiter.enabled", False)
    assert 0.5 < compare(sqlite_office, known, "nobody@office.example") < 2


def test_without_the_wasted_hash_time_would_tell(
    sqlite_office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr("eventsapp.web.limits.limiter.enabled", False)
    monkeypatch.setattr("flask_security.forms.hash_password", lambda _: "")
    assert compare(sqlite_office, MAIL, "nobody@office.example") > 2


def guess(office: Flask, email: str, times: int, **options: str) -> list[int]:
    browser = Browser(office, **options)
    return [browser.sign_in(email, "wrong password").status_code for _ in range(times)]


@pytest.mark.parametrize("email", [MAIL, "nobody@office.example"])
def test_guessing_is_stopped_after_ten(sqlite_office: Flask, email: str) -> None:
    assert guess(sqlite_office, email, 12) == [200] * 10 + [429] * 2
    # Not even the right password helps then, or the answer would tell.
    refused = Browser(sqlite_office).sign_in(MAIL if email == MAIL else email)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Too many requests" in words_of(refused)


def test_a_forged_sender_address_does_not_help(sqlite_office: Flask) -> None:
    browser = Browser(sqlite_office)
    token = csrf_of(browser.open("/login"))
    fields = {"csrf_token": token, "email": MAIL, "password": "wrong password"}
    codes = [
        browser.client.post(
            "/login", data=fields, headers={"X-Forwarded-For": f"10.0.0.{number}"}
        ).status_code
        for number in range(12)
    ]
    assert codes == [200] * 10 + [429] * 2


def test_the_owner_elsewhere_is_not_locked_out_by_a_guesser(sqlite_office: Flask) -> None:
    guess(sqlite_office, MAIL, 11, address="203.0.113.7")
    assert Browser(sqlite_office, address="198.51.100.9").sign_in(MAIL).status_code == 302


def test_a_spelling_of_the_address_is_no_new_account(sqlite_office: Flask) -> None:
    browser = Browser(sqlite_office)
    spellings = [MAIL, MAIL.upper(), f" {MAIL}", f"{MAIL} "] * 3
    codes = [browser.sign_in(spelling, "wrong password").status_code for spelling in spellings]
    assert codes == [200] * 10 + [429] * 2


def test_without_limits_guessing_goes_on(
    sqlite_office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr("eventsapp.web.limits.limiter.enabled", False)
    assert guess(sqlite_office, MAIL, 12) == [200] * 12


def test_signing_in_often_is_no_guessing(sqlite_office: Flask) -> None:
    assert [Browser(sqlite_office).sign_in(MAIL).status_code for _ in range(15)] == [302] * 15
