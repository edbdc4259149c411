"""Codes from an app and recovery codes: asked for, single-use, and not to be walked around."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from eventsapp.accounts import queries, service
from eventsapp.accounts.models import WebAuthn
from eventsapp.accounts.setup import refuse_demo_accounts
from eventsapp.config import BadSetting
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import Job
from tests.factories.accounts import PASSWORD
from tests.factories.browsing import Browser, csrf_of, totp, words_of

MAIL = "nadia@office.example"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
KEY = re.compile(r'<code dir="ltr">([A-Z2-7-]+)</code>')
CODE = re.compile(r'<code dir="ltr">([0-9a-f]{4}(?:-[0-9a-f]{4}){2})</code>')


@pytest.fixture(autouse=True)
def moving_clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def required(monkeypatch: pytest.MonkeyPatch, office: Flask) -> None:
    """As in production."""
    monkeypatch.setitem(office.config, "SECURITY_TWO_FACTOR_REQUIRED", True)


def wait(clock: time_machine.Traveller, **passed: int) -> None:
    clock.shift(timedelta(**passed))


def now_code(key: str) -> str:
    return totp(key, clock.now().timestamp())


def set_up(browser: Browser, email: str = MAIL) -> str:
    """Sign in, have the picture shown and send its first code; gives the key beneath it."""
    browser.sign_in(email)
    page = browser.submit("/login/app", setup="authenticator")
    found = KEY.search(page.text)
    assert found
    fields = {"csrf_token": csrf_of(page), "code": now_code(found.group(1))}
    assert browser.client.post("/login/code", data=fields).status_code == 302
    return found.group(1)


def told_changes(app: Flask) -> list[str]:
    """What the person will be told about by mail, in order."""
    with app.app_context():
        wanted = sa.select(Job).where(Job.name == service.MAIL_CHANGE).order_by(Job.id)
        return [job.payload["change"] for job in db.session().scalars(wanted)]


def give_code(browser: Browser, code: str) -> TestResponse:
    return browser.submit("/login/code", code=code)


def test_after_the_password_the_code_is_asked_for(
    office: Flask, moving_clock: time_machine.Traveller
) -> None:
    key = set_up(Browser(office))
    browser = Browser(office)
    assert browser.sign_in(MAIL).location == "/login/code?next=/manage/"
    for path in ("/manage/account", "/manage/users", "/manage/account/recovery-codes"):
        assert browser.open(path).status_code == 302
    wait(moving_clock, seconds=60)
    wrong = give_code(browser, f"{(int(now_code(key)) + 1) % 1_000_000:06d}")
    assert "Code from the app: Invalid code" in words_of(wrong)
    assert not browser.is_signed_in()
    assert give_code(browser, now_code(key)).status_code == 302
    assert browser.is_signed_in()


def test_the_page_wanted_before_is_opened_after_the_code(
    office: Flask, moving_clock: time_machine.Traveller
) -> None:
    key = set_up(Browser(office))
    wait(moving_clock, seconds=60)
    browser = Browser(office)
    wanted = "/manage/account?lang=fr"
    sent = browser.submit("/login", email=MAIL, password=PASSWORD, next=wanted).location
    assert sent == "/login/code?next=/manage/account?lang%3Dfr"
    answer = browser.submit(sent, code=now_code(key))
    assert answer.location == wanted


def test_a_code_works_once(office: Flask, moving_clock: time_machine.Traveller) -> None:
    key = set_up(Browser(office))
    wait(moving_clock, seconds=60)
    owner, thief = Browser(office), Browser(office)
    owner.sign_in(MAIL)
    thief.sign_in(MAIL)
    seen = now_code(key)
    assert give_code(owner, seen).status_code == 302
    assert give_code(thief, seen).status_code == 200
    assert not thief.is_signed_in()
    # The control: the next code works.
    wait(moving_clock, seconds=30)
    assert give_code(thief, now_code(key)).status_code == 302


def test_an_old_code_is_refused(office: Flask, moving_clock: time_machine.Traveller) -> None:
    key = set_up(Browser(office))
    wait(moving_clock, minutes=5)
    old = now_code(key)
    wait(moving_clock, seconds=90)
    browser = Browser(office)
    browser.sign_in(MAIL)
    assert give_code(browser, old).status_code == 200
    assert not browser.is_signed_in()


def test_guessing_codes_is_stopped(office: Flask, moving_clock: time_machine.Traveller) -> None:
    key = set_up(Browser(office))
    wait(moving_clock, minutes=5)
    # Signing in anew gives no new tries: they count for the account.
    codes = []
    for _ in range(4):
        browser = Browser(office)
        browser.sign_in(MAIL)
        codes += [give_code(browser, "000000").status_code for _ in range(3)]
    assert codes == [200] * 10 + [429] * 2
    assert give_code(browser, now_code(key)).status_code == 429


def test_without_limits_guessing_codes_goes_on(
    office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    set_up(Browser(office))
    monkeypatch.setattr("eventsapp.web.limits.limiter.enabled", False)
    browser = Browser(office)
    browser.sign_in(MAIL)
    assert [give_code(browser, "000000").status_code for _ in range(12)] == [200] * 12


def test_without_the_password_no_later_step_opens(office: Flask) -> None:
    set_up(Browser(office))
    for path in ("/login/code", "/login/recovery", "/login/choose", "/login/app"):
        visitor = Browser(office)
        assert visitor.open(path).location == "/login"
        fields = {"csrf_token": csrf_of(visitor.open("/login")), "code": "000000"}
        assert visitor.client.post(path, data=fields).location == "/login"


@pytest.mark.usefixtures("required")
def test_in_production_staff_set_up_a_second_proof_before_anything_opens(office: Flask) -> None:
    browser = Browser(office)
    assert browser.sign_in(MAIL).location == "/login/app"
    assert not browser.is_signed_in()
    set_up(browser)
    assert browser.is_signed_in()
    assert told_changes(office) == ["app_added"]


@pytest.mark.usefixtures("required")
def test_in_production_it_cannot_be_switched_off(
    office: Flask, moving_clock: time_machine.Traveller
) -> None:
    browser = Browser(office)
    set_up(browser)
    assert "Switch it off" not in words_of(browser.open("/login/app"))
    browser.submit("/login/app", setup="disable")
    wait(moving_clock, seconds=60)
    assert Browser(office).sign_in(MAIL).location == "/login/code?next=/manage/"


@pytest.mark.usefixtures("required")
def test_organisers_and_demo_accounts_need_no_second_proof(office: Flask) -> None:
    with office.app_context():
        service.create_demo_users("demo", by=SYSTEM, now=clock.now())
    for email, password in [("omar@office.example", PASSWORD), ("admin@demo.example", "demo")]:
        browser = Browser(office)
        browser.sign_in(email, password)
        assert browser.is_signed_in()


@pytest.mark.usefixtures("required")
def test_whoever_has_a_passkey_is_asked_for_it_and_not_offered_an_app(office: Flask) -> None:
    """Or a thief of the password would set up an app of their own."""
    with office.app_context():
        nadia = queries.get_by_email(MAIL)
        nadia.webauthn.append(
            WebAuthn(
                credential_id=b"id",
                public_key=b"key",
                name="phone",
                usage="first",
                backup_state=False,
                device_type="single_device",
                lastuse_datetime=clock.now(),
            )
        )
        db.session().commit()
    browser = Browser(office)
    assert browser.sign_in(MAIL).location == "/login/passkey?next=/manage/"
    assert browser.open("/login/app").location == "/login"


def test_switching_it_off_where_it_is_not_required(
    office: Flask, moving_clock: time_machine.Traveller
) -> None:
    browser = Browser(office)
    set_up(browser)
    assert browser.submit("/login/app", setup="disable").location == "/manage/account"
    assert Browser(office).sign_in(MAIL).location == "/manage/"
    assert told_changes(office) == ["app_added", "app_removed"]


def make_codes(browser: Browser) -> list[str]:
    page = browser.submit("/manage/account/recovery-codes", generate_new_codes="yes")
    return CODE.findall(page.text)


def test_a_recovery_code_replaces_the_app_once(office: Flask) -> None:
    owner = Browser(office)
    set_up(owner)
    codes = make_codes(owner)
    assert len(set(codes)) == 8
    first, second = Browser(office), Browser(office)
    for browser in (first, second):
        browser.sign_in(MAIL)
    assert first.submit("/login/recovery", code=f" {codes[0].upper()} ").status_code == 302
    assert first.is_signed_in()
    assert second.submit("/login/recovery", code=codes[0]).status_code == 200
    assert not second.is_signed_in()
    assert second.submit("/login/recovery", code=codes[1]).status_code == 302


def test_new_recovery_codes_end_the_old_ones(office: Flask) -> None:
    owner = Browser(office)
    set_up(owner)
    old, new = make_codes(owner), make_codes(owner)
    assert not set(old) & set(new)
    browser = Browser(office)
    browser.sign_in(MAIL)
    assert browser.submit("/login/recovery", code=old[0]).status_code == 200
    assert browser.submit("/login/recovery", code=new[0]).status_code == 302


def test_the_database_alone_gives_no_codes(office: Flask) -> None:
    owner = Browser(office)
    key = set_up(owner)
    codes = make_codes(owner)
    with office.app_context():
        nadia = queries.get_by_email(MAIL)
        stored = f"{nadia.tf_totp_secret} {nadia.mf_recovery_codes}"
    assert key.replace("-", "") not in stored
    assert not [code for code in codes if code in stored]


@pytest.mark.parametrize(
    "path", ["/login/app", "/manage/account/passkeys", "/manage/account/recovery-codes"]
)
def test_changing_how_one_signs_in_asks_again_after_a_while(
    office: Flask, moving_clock: time_machine.Traveller, path: str
) -> None:
    """A screen left alone must not be enough."""
    browser = Browser(office)
    browser.sign_in(MAIL)
    assert browser.open(path).status_code == 200
    wait(moving_clock, minutes=61)
    asked = browser.open(path).location or ""
    assert asked == f"/login/confirm?next={path}"
    assert browser.submit(asked, password="wrong").status_code == 200
    assert browser.submit(asked, password=PASSWORD, next=path).location == path
    assert browser.open(path).status_code == 200


def test_a_production_start_refuses_demo_accounts(
    office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.app_context():
        service.create_demo_users("demo", by=SYSTEM, now=clock.now())
    assert refuse_demo_accounts in office.extensions["start_checks"]
    refuse_demo_accounts(office)  # the control: a demo may have them
    settings = office.extensions["settings"]
    monkeypatch.setitem(office.extensions, "settings", replace(settings, mode="production"))
    assert Browser(office).sign_in("staff@demo.example", "demo").status_code == 409
    with pytest.raises(BadSetting, match="admin, editor, organiser, staff"):
        refuse_demo_accounts(office)
    with office.app_context():
        for email in queries.demo_accounts():
            service.deactivate_user(queries.get_by_email(email).id, by=SYSTEM, now=clock.now())
    refuse_demo_accounts(office)


def use_at_once(app: Flask, path: str, code: str, times: int) -> list[int]:
    """Several browsers that gave the password send one code at the same time."""
    browsers = [Browser(app) for _ in range(times)]
    for browser in browsers:
        browser.sign_in(MAIL)
    tokens = [csrf_of(browser.open(path)) for browser in browsers]
    with ThreadPoolExecutor(times) as pool:
        answers = pool.map(
            lambda pair: pair[0].client.post(path, data={"csrf_token": pair[1], "code": code}),
            zip(browsers, tokens, strict=True),
        )
    return sorted(answer.status_code for answer in answers)


def test_of_many_who_use_one_code_at_once_one_gets_in(
    office: Flask, moving_clock: time_machine.Traveller
) -> None:
    owner = Browser(office)
    key = set_up(owner)
    spare = make_codes(owner)[0]
    wait(moving_clock, seconds=60)
    assert use_at_once(office, "/login/recovery", spare, 6) == [200] * 5 + [302]
    assert use_at_once(office, "/login/code", now_code(key), 6).count(302) == 1


def test_without_holding_the_account_many_would_get_in(
    office: Flask, moving_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control, where writers run together."""
    with office.app_context():
        if db.db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(service, "hold_account", lambda _: None)
    owner = Browser(office)
    set_up(owner)
    spare = make_codes(owner)[0]
    assert use_at_once(office, "/login/recovery", spare, 6).count(302) > 1
