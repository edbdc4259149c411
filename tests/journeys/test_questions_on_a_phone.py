"""Questions of every kind on a phone, where scripts add to what works without them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import db
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackInbox
from eventsapp.feedback.rules.tokens import written
from eventsapp.questions.rules import TYPES
from eventsapp.questions.types import Condition
from tests.factories.feedback import DURING
from tests.factories.workshops import make_workshop
from tests.journeys.conftest import Site, Visitor

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def code(site: Site) -> str:
    """Of a form that asks a question of every kind, and one more of those who say no."""
    examples = [kind.example[0] for kind in TYPES.values()]
    asked = [
        replace(one, settings={"other": True}) if one.type_key == "one_choice" else one
        for one in examples
    ]
    again = TYPES["yes_no"].example[0].key
    why = replace(
        TYPES["short_text"].example[0], key="why", conditions=(Condition(again, ("no",)),)
    )
    with site.app.app_context():
        form = service.create_form(make_workshop().id, "end", by=SYSTEM, now=DURING)
        service.replace_questions(form.id, [*asked, why], by=SYSTEM, now=DURING)
        service.open_form(form.id, by=SYSTEM, now=clock.now())
        sheet = service.print_cards(form.id, 1, by=SYSTEM, now=clock.now())
        (code,) = queries.sheet_codes(form, sheet)
        db.session.remove()
    return written(code)


def test_scripts_show_what_an_answer_brings_up_and_put_things_in_order(
    site: Site, visit: Callable[..., Visitor], code: str
) -> None:
    phone = visit(**PHONE)
    phone.open(f"/f/#{code}")
    page = phone.page
    page.wait_for_selector("[data-sheet]")
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    why = page.locator("#asked-why")
    expect(why).to_be_hidden()
    phone.choose("a-again", "no")
    expect(why).to_be_visible()
    expect(page.locator("[data-announce]")).to_contain_text("One more question")
    page.fill("[name='a-why']", "Time")
    phone.choose("a-again", "yes")
    expect(why).to_be_hidden()
    phone.choose("a-again", "no")
    assert page.input_value("[name='a-why']") == "Time"

    page.fill("[name='a-heard-other']", "By radio")
    assert page.is_checked("[name='a-heard-choice'][value='other']")

    page.select_option("[name='a-next-course']", "1")
    page.select_option("[name='a-next-advice']", "1")
    assert [
        page.input_value(f"[name='a-next-{key}']") for key in ("advice", "course", "visit")
    ] == ["1", "2", ""]
    page.locator("form [data-once]").click()
    page.wait_for_selector("[data-received]")
    with site.app.app_context():
        (payload,) = db.session.scalars(sa.select(FeedbackInbox.payload)).all()
        db.session.remove()
    assert payload["answers"] == {
        "again": "no",
        "why": "Time",
        "heard": {"other": "By radio"},
        "next": ["advice", "course"],
    }


def test_without_scripts_the_same_is_asked_step_by_step(
    site: Site, visit: Callable[..., Visitor], code: str
) -> None:
    phone = visit(java_script_enabled=False, **PHONE)
    phone.open("/f/")
    phone.fill("code", code)
    phone.page.press("[name=code]", "Enter")
    expect(phone.page.locator("#asked-why")).to_be_hidden()
    phone.choose("a-again", "no")
    phone.page.select_option("[name='a-next-visit']", "1")
    phone.click("Send my answers")
    expect(phone.page.locator("#asked-why")).to_be_visible()
    assert phone.page.input_value("[name='a-next-visit']") == "1"
    phone.click("Send my answers")
    assert "Your answers were received" in phone.text
