"""Lost passwords: the link reaches its owner only, once, in time, and leaves no trace."""

import email
import email.policy
import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from eventsapp.edge.jobs import run_due_jobs
from tests.factories.accounts import PASSWORD
from tests.factories.browsing import Browser, csrf_of, words_of

MAIL = "nadia@office.example"
NEW = "another quiet sentence"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def outbox_of(app: Flask) -> Path:
    folder: Path = app.extensions["settings"].data_dir / "outbox"
    return folder


@pytest.fixture(autouse=True)
def empty_outbox(office: Flask) -> None:
    read_mails(office)


def read_mails(app: Flask) -> list[str]:
    """Run what is due, and take the mails out of the folder, as text."""
    with app.app_context():
        run_due_jobs()
    found = []
    for path in sorted(outbox_of(app).glob("*.eml")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = mail.get_body(("plain",))
        found.append(str(body.get_content()) if body else "")
        path.unlink()
    return [text for text in found if "#" in text]


def ask(app: Flask, address: str = MAIL, **options: str) -> TestResponse:
    return Browser(app).submit("/login/forgotten", email=address, **options)


def get_token(app: Flask) -> str:
    ask(app)
    (text,) = read_mails(app)
    return text.split("#")[1].split()[0]


def use(app: Flask, token: str, password: str = NEW) -> TestResponse:
    return Browser(app).submit(
        "/login/new-password", code=token, password=password, repeated=password
    )


def can_sign_in(app: Flask, password: str) -> bool:
    return Browser(app).sign_in(MAIL, password).status_code == 302


def test_a_lost_password_is_replaced_with_the_link_from_the_mail(office: Flask) -> None:
    device = Browser(office)
    device.sign_in(MAIL)
    answer = use(office, get_token(office))
    assert answer.location == "/login"
    assert (can_sign_in(office, PASSWORD), can_sign_in(office, NEW)) == (False, True)
    assert not device.is_signed_in()


def test_a_link_works_once(office: Flask) -> None:
    token = get_token(office)
    use(office, token)
    again = use(office, token, "a third quiet sentence")
    assert again.status_code == 422
    assert "This link has expired or was used already." in words_of(again)
    assert can_sign_in(office, NEW)


def test_a_link_ends_every_earlier_link(office: Flask) -> None:
    first, second = get_token(office), get_token(office)
    use(office, second)
    assert use(office, first, "a third quiet sentence").status_code == 422


def test_a_refused_password_does_not_use_up_the_link(office: Flask) -> None:
    token = get_token(office)
    assert use(office, token, "short").status_code == 422
    assert use(office, token).status_code == 302


def test_a_link_is_good_for_an_hour(office: Flask) -> None:
    with time_machine.travel(START, tick=False):
        token = get_token(office)
    with time_machine.travel(START + timedelta(minutes=61), tick=False):
        assert use(office, token).status_code == 422
    with time_machine.travel(START + timedelta(minutes=59), tick=False):
        assert use(office, token).status_code == 302


def test_the_answer_does_not_tell_who_has_an_account(office: Flask) -> None:
    addresses = [MAIL, "nobody@office.example", "gone@office.example", "not an address"]
    answers = [ask(office, address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(read_mails(office)) == 1


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Original-Host", "Forwarded"])
def test_the_link_is_ours_whatever_host_was_asked(office: Flask, header: str) -> None:
    browser = Browser(office)
    token = csrf_of(browser.open("/login/forgotten"))
    # A victim's browser would not send it there; whoever forges the header can.
    browser.client.set_cookie("session", browser.cookie(), domain="evil.example")
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    answer = browser.client.post(
        "/login/forgotten", data={"csrf_token": token, "email": MAIL}, headers={header: value}
    )
    assert answer.status_code == 200
    (text,) = read_mails(office)
    assert "http://localhost:8000/login/new-password#" in text
    assert "evil.example" not in text


def test_a_link_leaves_no_trace_in_logs_and_addresses(
    office: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = get_token(office)
    answer = use(office, token)
    logged = str([vars(record) for record in caplog.records])
    assert token not in logged + str(answer.headers)
    # The control: which pages were opened is logged, so a token in a path would have been.
    assert "/login/new-password" in logged


def test_a_code_in_the_address_is_not_taken(office: Flask) -> None:
    """Or somebody would sooner or later send links with it."""
    page = Browser(office).open(f"/login/new-password?code={get_token(office)}")
    assert re.findall(r'id="code"[^>]*value="([^"]*)"', page.text) == [""]


def test_one_address_is_not_flooded_with_mails(office: Flask) -> None:
    codes = [ask(office).status_code for _ in range(7)]
    assert codes == [200] * 5 + [429] * 2
    assert len(read_mails(office)) == 5
    # Somebody else's address is not held up by that.
    assert ask(office, "omar@office.example").status_code == 200


def test_an_invited_person_chooses_a_password_and_is_in(office: Flask) -> None:
    ask(office, "invited@office.example")
    (text,) = read_mails(office)
    use(office, text.split("#")[1].split()[0])
    assert Browser(office).sign_in("invited@office.example", NEW).status_code == 302
