"""The form where reception comes and goes: nothing is lost, nothing counts twice."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import db
from eventsapp.feedback import queries, service
from eventsapp.feedback.rules.tokens import written
from tests.factories.feedback import DURING
from tests.factories.workshops import make_workshop
from tests.journeys.conftest import Site, Visitor
from tests.journeys.line import Line

# What a phone does depends on no database.
pytestmark = pytest.mark.parametrize("site", ["sqlite"], indirect=True)

PHONE = {"viewport": {"width": 390, "height": 844}}
KEPT = """async () => {
  const opened = await new Promise((resolve) => {
    const opening = indexedDB.open("feedback", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("queue", {keyPath: "code"});
    opening.onsuccess = () => resolve(opening.result);
  });
  const waiting = await new Promise((resolve) => {
    const asked = opened.transaction("queue").objectStore("queue").getAll();
    asked.onsuccess = () => resolve(asked.result.length);
  });
  opened.close();
  const forms = await (await caches.open("feedback-kept")).keys();
  return [Object.keys(localStorage).length, waiting, forms.length];
}"""


READY = """async () => navigator.serviceWorker.controller !== null
  && (await (await caches.open("feedback-kept")).keys()).length > 0"""


@dataclass
class Room:
    """An open form, and a line to it that can be cut."""

    site: Site
    line: Line
    codes: tuple[str, ...]

    def received(self) -> int:
        with self.site.app.app_context():
            count = queries.count_answers(queries.get_form_of(1)).received
            db.session.remove()
        return count

    def do(self, act: Callable[[int], object]) -> None:
        """Something that an organiser does meanwhile, given the form's id."""
        with self.site.app.app_context():
            act(queries.get_form_of(1).id)
            db.session.remove()


@pytest.fixture
def room(site: Site) -> Iterator[Room]:
    with site.app.app_context():
        form = service.create_form(make_workshop().id, "end", by=SYSTEM, now=DURING)
        service.open_form(form.id, by=SYSTEM, now=clock.now())
        sheet = service.print_cards(form.id, 3, by=SYSTEM, now=clock.now())
        codes = queries.sheet_codes(form, sheet)
        db.session.remove()
    line = Line(int(site.address.rsplit(":", maxsplit=1)[1]))
    yield Room(site, line, tuple(written(code) for code in codes))
    line.close()


@pytest.fixture
def phone(room: Room, visit: Callable[..., Visitor]) -> Page:
    return open_form(visit(**PHONE).page, room)


def open_form(page: Page, room: Room, place: int = 0) -> Page:
    page.goto(f"{room.line.address}/f/#{room.codes[place]}")
    page.wait_for_selector("[data-feedback]")
    for _ in range(200):
        # Kept, and the worker is in charge: what comes next needs no reception.
        if page.evaluate(READY):
            break
        page.wait_for_timeout(50)
    return page


def fill(page: Page, comment: str = "well done") -> None:
    page.locator("[name='a-usefulness'][value='4']").check(force=True)
    page.fill("[name='a-comment-text']", comment)


def send(page: Page) -> None:
    page.click("[data-feedback] [data-once]")


def state(page: Page) -> Any:
    return page.locator("[data-state]")


def come_back(page: Page) -> None:
    """What a phone does when reception returns."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_cut_before_sending_the_form_opens_again_and_the_answer_waits_for_reception(
    room: Room, phone: Page
) -> None:
    fill(phone)
    expect(state(phone)).to_contain_text("Kept on this phone")
    room.line.cut()
    phone.goto("about:blank")
    phone.goto(f"{room.line.address}/f/#{room.codes[0]}")
    phone.wait_for_selector("[data-feedback]")
    assert phone.input_value("[name='a-comment-text']") == "well done"
    send(phone)
    expect(state(phone)).to_contain_text("Waiting for reception")
    assert (room.received(), phone.evaluate(KEPT)) == (0, [1, 1, 1])

    room.line.mend()
    come_back(phone)
    phone.wait_for_selector("[data-received]")
    assert (room.received(), phone.evaluate(KEPT)) == (1, [0, 0, 0])


def test_cut_while_sending_three_replays_are_one_answer(room: Room, phone: Page) -> None:
    fill(phone)
    room.line.lose_replies()
    send(phone)
    expect(state(phone)).to_contain_text("Waiting for reception")
    # The server has it; the phone cannot know, and keeps everything.
    assert (room.received(), phone.evaluate(KEPT)) == (1, [1, 1, 1])
    for _ in range(2):
        come_back(phone)
        expect(state(phone)).to_contain_text("Waiting for reception")
    room.line.mend()
    come_back(phone)
    phone.wait_for_selector("[data-received]")
    assert (room.received(), phone.evaluate(KEPT)) == (1, [0, 0, 0])


def test_cut_after_sending_leaves_nothing_to_send(room: Room, phone: Page) -> None:
    fill(phone)
    send(phone)
    phone.wait_for_selector("[data-received]")
    room.line.cut()
    come_back(phone)
    assert (room.received(), phone.evaluate(KEPT)) == (1, [0, 0, 0])


def test_of_two_phones_with_one_card_the_second_is_told_and_keeps_what_was_written(
    room: Room, phone: Page, visit: Callable[..., Visitor]
) -> None:
    other = open_form(visit(**PHONE).page, room)
    fill(phone, "first")
    fill(other, "second")
    send(phone)
    phone.wait_for_selector("[data-received]")
    send(other)
    other.wait_for_selector("[data-over]")
    assert "You have answered already" in other.inner_text("main")
    assert (room.received(), other.evaluate(KEPT)) == (1, [1, 0, 1])
    other.click("[data-still-kept] button")
    expect(other.locator("[data-still-kept]")).to_be_hidden()
    assert other.evaluate(KEPT) == [0, 0, 0]


def test_after_closing_what_waited_is_refused_in_words_and_stays_on_the_phone(
    room: Room, phone: Page
) -> None:
    fill(phone)
    room.line.cut()
    send(phone)
    expect(state(phone)).to_contain_text("Waiting for reception")
    room.do(lambda form_id: service.close_form(form_id, by=SYSTEM, now=clock.now()))
    room.line.mend()
    come_back(phone)
    phone.wait_for_selector("[data-over]")
    assert "This form is closed" in phone.inner_text("main")
    assert "still kept on this phone" in phone.inner_text("main")
    assert (room.received(), phone.evaluate(KEPT)) == (0, [1, 0, 1])


def test_after_an_edit_of_the_form_what_waited_is_received(room: Room, phone: Page) -> None:
    fill(phone)
    room.line.cut()
    send(phone)
    expect(state(phone)).to_contain_text("Waiting for reception")
    room.do(lambda form_id: service.remove_question(form_id, "clarity", by=SYSTEM, now=clock.now()))
    room.line.mend()
    come_back(phone)
    phone.wait_for_selector("[data-received]")
    assert room.received() == 1


def test_what_is_wrong_is_shown_by_the_server_and_can_be_corrected(room: Room, phone: Page) -> None:
    phone.fill("[name='a-comment-text']", "no choice made")
    send(phone)
    phone.wait_for_selector("[data-errors]")
    assert phone.input_value("[name='a-comment-text']") == "no choice made"
    fill(phone)
    send(phone)
    phone.wait_for_selector("[data-received]")
    assert room.received() == 1


def test_no_code_stands_in_any_line_that_a_server_could_log(room: Room, phone: Page) -> None:
    """Request lines and headers, as they went over the line: from page and worker alike."""
    phone.goto("about:blank")
    phone.goto(f"{room.line.address}/f/#{room.codes[0]}")
    phone.wait_for_selector("[data-feedback]")
    fill(phone)
    send(phone)
    phone.wait_for_selector("[data-received]")
    said = b"".join(room.line.requests)
    heads = re.findall(rb"(?:GET|POST) .*?\r\n\r\n", said, re.DOTALL)
    code = room.codes[0].encode()
    assert [head for head in heads if code in head or code.replace(b"-", b"") in head] == []
    # The control: it did travel, in the bodies.
    assert code in said
    assert len(heads) > 5
