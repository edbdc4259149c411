"""Passkeys, in a real browser with a virtual authenticator: added, used, removed."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from eventsapp.accounts import queries, service
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from tests.factories.accounts import PASSWORD

MAIL = "nadia@office.example"


@pytest.fixture
def address(sqlite_office: Flask) -> Iterator[str]:
    """Where the application is served; ``localhost``, for passkeys want a name."""
    server = make_server("127.0.0.1", 0, sqlite_office, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=address, locale="en")
    context.set_default_timeout(10_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert not [text for text in problems if "Content Security Policy" in text or "Error" in text]


def add_authenticator(page: Page, *, verifies: bool = True) -> tuple[Any, str]:
    """A laptop's or phone's own authenticator, which confirms whatever it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": verifies,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, added["authenticatorId"]


def sign_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Mail address").fill(MAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/manage/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/manage/account")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def add_passkey(page: Page, name: str = "my laptop") -> None:
    page.goto("/manage/account/passkeys")
    page.get_by_label("A name for this passkey").fill(name)
    page.get_by_role("button", name="Add this passkey").click()
    expect(page).to_have_url("/manage/account")
    expect(page.get_by_role("main")).to_contain_text(name)


def test_a_passkey_replaces_password_and_code(page: Page, sqlite_office: Flask) -> None:
    add_authenticator(page)
    sign_in(page)
    add_passkey(page)
    sign_out(page)
    page.goto("/login?next=/manage/account%3Flang%3Den")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url("/manage/account?lang=en")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    with sqlite_office.app_context():
        (passkey,) = queries.get_by_email(MAIL).webauthn
        assert (passkey.name, passkey.transports) == ("my laptop", ["internal"])


def test_after_a_password_the_passkey_is_the_second_proof(page: Page) -> None:
    add_authenticator(page)
    sign_in(page)
    add_passkey(page)
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", name="Confirm with your passkey")).to_be_visible()
    page.get_by_role("button", name="Use my passkey").click()
    expect(page).to_have_url("/manage/")
    page.goto("/manage/account")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_without_the_passkey_nobody_gets_in(page: Page) -> None:
    session, authenticator = add_authenticator(page)
    sign_in(page)
    add_passkey(page)
    sign_out(page)
    session.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work, or it was cancelled.")
    page.goto("/manage/account")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_an_authenticator_that_cannot_verify_the_person_is_refused(page: Page) -> None:
    session, authenticator = add_authenticator(page)
    sign_in(page)
    add_passkey(page)
    sign_out(page)
    session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False}
    )
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work, or it was cancelled.")


def test_a_removed_passkey_signs_nobody_in(page: Page) -> None:
    add_authenticator(page)
    sign_in(page)
    add_passkey(page)
    page.goto("/manage/account/passkeys")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("main")).not_to_contain_text("my laptop")
    sign_out(page)
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Unregistered passkey.")).to_be_visible()
    page.goto("/manage/account")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_passkey_shows_that_it_is_still_the_same_person(page: Page) -> None:
    add_authenticator(page)
    sign_in(page)
    add_passkey(page)
    page.goto("/login/confirm?next=/manage/account/recovery-codes")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page).to_have_url("/manage/account/recovery-codes")


def test_somebody_kept_out_stays_out_with_a_passkey(page: Page, sqlite_office: Flask) -> None:
    add_authenticator(page)
    sign_in(page)
    add_passkey(page)
    with sqlite_office.app_context():
        user = queries.get_by_email(MAIL)
        service.deactivate_user(user.id, by=SYSTEM, now=clock.now())
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This passkey is not known here.")).to_be_visible()
    with sqlite_office.app_context():
        assert queries.count_sessions(queries.get_by_email(MAIL), now=clock.now()) == 0


def test_the_link_from_a_mail_fills_in_its_code_and_leaves_the_address(page: Page) -> None:
    page.goto("/login/new-password#a-code.from_the-mail")
    expect(page).to_have_url("/login/new-password")
    assert page.get_by_label("Code from the mail").input_value() == "a-code.from_the-mail"
    expect(page.get_by_label("Code from the mail")).to_be_hidden()
