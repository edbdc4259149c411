"""Answers from paper, typed in by the keyboard alone, a sheet after the other."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Request, expect

from eventsapp.accounts.queries import get_by_email
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import db
from eventsapp.core.texts import Texts
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox
from eventsapp.feedback.rules.tokens import written
from eventsapp.questions.types import Option, Question
from tests.factories.feedback import DURING
from tests.factories.workshops import actor_of, make_workshop
from tests.journeys.conftest import Site, Visitor

LENGTHS = {"two": "2 days", "one": "1 day"}


@pytest.fixture
def codes(site: Site) -> list[str]:
    with site.app.app_context():
        organiser = get_by_email("organiser@demo.example")
        form = service.create_form(
            make_workshop(by=actor_of(organiser)).id, "end", by=SYSTEM, now=DURING
        )
        service.open_form(form.id, by=SYSTEM, now=clock.now())
        sheet = service.print_cards(form.id, 2, by=SYSTEM, now=clock.now())
        found = [written(code) for code in queries.sheet_codes(form, sheet)]
        db.session.remove()
    return found


def answers(site: Site) -> list[dict[str, object]]:
    with site.app.app_context():
        return [
            payload["answers"] for payload in db.session.scalars(sa.select(FeedbackInbox.payload))
        ]


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_two_sheets_without_the_mouse(
    site: Site, visit: Callable[..., Visitor], codes: list[str]
) -> None:
    typist = visit()
    typist.sign_in("organiser")
    with site.app.app_context():
        workshop_id = db.session.scalars(sa.select(FeedbackForm.workshop_id)).one()
    typist.open(f"/manage/workshops/{workshop_id}/feedback/enter")
    page = typist.page
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    said = page.locator("[data-state]")
    for count, code in enumerate(codes, start=1):
        expect(page.locator("#code")).to_be_focused()
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        for digit in "5443":
            page.keyboard.press(digit)
        page.keyboard.press("Control+Enter")
        expect(said).to_have_text(f"Received. Typed in on this page so far: {count}.")
    assert answers(site) == [answers(site)[0]] * 2
    assert answers(site)[0]["usefulness"] == "5"
    assert [request.all_headers().get("cookie") for request in sent] == [None, None]

    # The same sheet once more: refused in words, and what was typed stays.
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    page.keyboard.press("5")
    page.keyboard.press("Control+Enter")
    expect(said).to_contain_text("used already")
    assert page.locator("#code").input_value() == codes[0]
    assert len(answers(site)) == 2

    # Without a connection nothing is lost, and nothing is sent twice afterwards.
    page.fill("#code", "AAAAA-AAAAA")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(said).to_contain_text("there is no connection")
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-problems]")).to_contain_text("This code is not known")


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_a_digit_is_the_place_of_an_option_even_where_options_begin_with_digits(
    site: Site, visit: Callable[..., Visitor], codes: list[str]
) -> None:
    lengths = tuple(Option(key, Texts.of(en=words)) for key, words in LENGTHS.items())
    with site.app.app_context():
        form = db.session.scalars(sa.select(FeedbackForm)).one()
        workshop_id = form.workshop_id
        question = Question("length", "one_choice", Texts.of(en="How long?"), options=lengths)
        service.replace_questions(form.id, [question], by=SYSTEM, now=clock.now())
    typist = visit()
    typist.sign_in("organiser")
    typist.open(f"/manage/workshops/{workshop_id}/feedback/enter")
    page = typist.page
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-state]")).to_contain_text("Received")
    assert answers(site) == [{"length": "two"}]
