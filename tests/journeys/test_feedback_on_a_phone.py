"""The feedback form on a phone: a draft that stays, and no scripts at all."""

from collections.abc import Callable

import pytest

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import db
from eventsapp.feedback import queries, service
from eventsapp.feedback.rules.tokens import written
from tests.factories.feedback import DURING
from tests.factories.workshops import make_workshop
from tests.journeys.conftest import Site, Visitor

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def codes(site: Site) -> tuple[str, ...]:
    with site.app.app_context():
        form = service.create_form(make_workshop().id, "end", by=SYSTEM, now=DURING)
        service.open_form(form.id, by=SYSTEM, now=clock.now())
        sheet = service.print_cards(form.id, 3, by=SYSTEM, now=clock.now())
        codes = queries.sheet_codes(form, sheet)
        db.session.remove()
    return tuple(written(code) for code in codes)


def received(site: Site) -> int:
    with site.app.app_context():
        count = queries.count_answers(queries.get_form_of(1)).received
        db.session.remove()
    return count


def open_link(visitor: Visitor, code: str) -> None:
    visitor.open(f"/f/#{code}")
    visitor.page.wait_for_selector("[data-feedback]")


def kept(visitor: Visitor) -> list[str]:
    names: list[str] = visitor.page.evaluate("Object.keys(localStorage)")
    return names


def test_a_draft_stays_on_the_phone_until_it_is_received(
    site: Site, visit: Callable[..., Visitor], codes: tuple[str, ...]
) -> None:
    phone = visit(**PHONE)
    addresses: list[str] = []
    phone.page.on("request", lambda request: addresses.append(request.url))
    open_link(phone, codes[0])
    phone.choose("a-usefulness", "4")
    phone.fill("a-comment-text", "half a thought")

    phone.open("/")
    open_link(phone, codes[0])
    assert phone.page.is_checked("[name='a-usefulness'][value='4']")
    phone.page.click("button[lang=ar]")
    phone.page.wait_for_selector("html[lang=ar][dir=rtl]")
    assert phone.page.input_value("[name='a-comment-text']") == "half a thought"

    phone.page.click("[data-feedback] [data-once]")
    phone.page.wait_for_selector("[data-received]")
    assert (received(site), kept(phone)) == (1, [])
    # The browser's own copy of the address keeps what is behind the "#"; what it sent does not.
    assert [address for address in addresses if codes[0] in address.split("#")[0]] == []
    assert codes[0] not in phone.page.url


def test_without_scripts_and_cookies_the_printed_code_is_enough(
    site: Site, visit: Callable[..., Visitor], codes: tuple[str, ...]
) -> None:
    phone = visit(java_script_enabled=False, **PHONE)
    phone.open(f"/f/#{codes[1]}")
    phone.fill("code", codes[1].lower())
    phone.page.press("[name=code]", "Enter")
    phone.choose("a-usefulness", "5")
    phone.click("Send my answers")
    assert "Your answers were received" in phone.text
    assert (received(site), phone.page.context.cookies()) == (1, [])
