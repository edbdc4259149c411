"""Typing survives the network, a reload and a second window; sections move by key and by hand."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from eventsapp.core import db
from eventsapp.reports import queries
from tests.factories.workshops import make_workshop
from tests.journeys.conftest import Site, Visitor

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
SENTENCE = "A sentence that nobody wants to type twice."

pytestmark = [
    pytest.mark.xdist_group("journeys"),
    pytest.mark.parametrize("site", ["sqlite"], indirect=True),
]
Visit = Callable[..., Visitor]


@pytest.fixture
def path(site: Site) -> str:
    with site.app.app_context():
        return f"/manage/workshops/{make_workshop().id}/report"


@pytest.fixture
def author(visit: Visit, path: str) -> Visitor:
    """Staff with the editor open."""
    visitor = visit()
    visitor.sign_in("staff")
    visitor.open(path)
    return visitor


def outlook(page: Page) -> str:
    return page.locator("[name=outlook]").input_value()


def kept(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_have_text(re.compile("^Kept at"), timeout=15_000)


def faults_of(page: Page) -> list[str]:
    """What axe has to say of the page."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(found => found.violations.map(one => one.id))")
    return list(found)


def saved(site: Site) -> dict[str, str]:
    with site.app.app_context():
        report = queries.get_report(1)
        texts = {text.section_key: text.prose for text in report.texts}
        db.session().rollback()
        return texts


def test_what_was_typed_is_there_after_a_reload_and_gone_once_dropped(author: Visitor) -> None:
    author.page.fill("[name=outlook]", SENTENCE)
    kept(author.page)
    author.page.reload()
    assert outlook(author.page) == SENTENCE
    author.click("Drop it and show what is saved")
    assert outlook(author.page) == ""


def test_typing_without_a_connection_is_sent_when_it_is_back(author: Visitor) -> None:
    author.page.context.set_offline(True)
    author.page.fill("[name=outlook]", SENTENCE)
    expect(author.page.locator("[data-kept]")).to_have_text(
        re.compile("^No connection"), timeout=15_000
    )
    author.page.context.set_offline(False)
    kept(author.page)
    author.page.evaluate("localStorage.clear()")
    author.page.reload()
    assert outlook(author.page) == SENTENCE


def test_typing_that_reached_no_server_is_put_back_after_a_reload(author: Visitor) -> None:
    author.page.on("dialog", lambda dialog: dialog.accept())
    author.page.route("**/autosave*", lambda route: route.abort())
    author.page.fill("[name=outlook]", SENTENCE)
    author.page.wait_for_timeout(300)
    author.page.reload()
    assert outlook(author.page) == SENTENCE
    # The control: without this browser's own memory nothing would be left.
    author.page.evaluate("localStorage.clear()")
    author.page.reload()
    assert outlook(author.page) == ""


def test_typing_of_a_window_that_died_is_offered_in_the_next(author: Visitor, path: str) -> None:
    author.page.route("**/autosave*", lambda route: route.abort())
    author.page.fill("[name=outlook]", SENTENCE)
    author.page.wait_for_timeout(300)
    author.page.close()
    page = author.page.context.new_page()
    page.goto(author.address + path)
    assert outlook(page) == ""
    page.get_by_role("button", name="Put it back").click()
    assert outlook(page) == SENTENCE
    kept(page)


def test_two_windows_of_one_person_lose_nothing(author: Visitor, site: Site, path: str) -> None:
    first, second = author.page, author.page.context.new_page()
    second.goto(author.address + path)
    first.fill("[name=outlook]", "From the first window.")
    kept(first)
    second.fill("[name=outlook]", "From the second window.")
    expect(second.locator("[data-kept]")).to_have_text(re.compile("another window"), timeout=15_000)
    second.get_by_role("button", name="Save", exact=True).click()
    second.wait_for_load_state()
    assert saved(site) == {"outlook": "From the second window."}
    first.get_by_role("button", name="Save", exact=True).click()
    first.wait_for_load_state()
    expect(first.locator("main")).to_contain_text("Two people changed this text")
    expect(first.locator(".sides del")).to_contain_text("second")
    expect(first.locator(".sides ins")).to_contain_text("first")
    assert outlook(first) == "From the first window."
    assert faults_of(first) == []
    first.fill("[name=outlook]", "From both windows.")
    first.get_by_role("button", name="Save", exact=True).click()
    first.wait_for_load_state()
    assert saved(site) == {"outlook": "From both windows."}
    assert outlook(first) == "From both windows."


def test_the_preview_follows_and_the_cursor_stays_where_it_was(author: Visitor) -> None:
    page = author.page
    page.click("[name=background]")
    page.keyboard.press("Control+Home")
    page.keyboard.type("It began in 2017. ")
    frame = page.frame_locator("iframe[name=preview]")
    expect(frame.locator("body")).to_contain_text("It began in 2017.", timeout=15_000)
    state = page.evaluate("[document.activeElement.name, document.activeElement.selectionStart]")
    assert state == ["background", len("It began in 2017. ")]
    page.click("summary:has-text('Facts to refer to')")
    page.get_by_label("Search these facts").fill("reference LY-")
    page.keyboard.press("Enter")
    assert (
        page.locator("[name=background]")
        .input_value()
        .startswith("It began in 2017. {workshop.ref}")
    )
    expect(frame.locator("body")).to_contain_text("It began in 2017. LY-2022", timeout=15_000)
    page.click("[name=outlook]")
    page.keyboard.type("About 12 more. ")
    expect(page.locator("[data-notes=outlook]")).to_contain_text(
        "Typed by hand: 12, in “About 12 more.”", timeout=15_000
    )
    assert faults_of(page) == []


def test_sections_move_by_key_and_by_hand(author: Visitor, site: Site, path: str) -> None:
    page = author.page
    author.open(f"{path}/sections")
    assert faults_of(page) == []

    def order() -> list[str]:
        return [one.input_value() for one in page.locator("[name=order]").all()]

    usual = order()
    down = page.get_by_role("button", name="Down Background")
    down.focus()
    page.keyboard.press("Enter")
    at = usual.index("background")
    assert order()[at : at + 2] == [usual[at + 1], "background"]
    assert page.evaluate("document.activeElement.textContent").startswith("Down")
    expect(page.locator("[data-said]")).to_have_text(
        f"“Background” is now number {at + 2} of {len(usual)}."
    )
    rows = page.locator("[data-row]")
    handle = rows.nth(6).locator("[data-handle]")
    moving = order()[6]
    rows.nth(3).scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")
    start, end = handle.bounding_box(), rows.nth(3).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, end["y"] + 20, steps=12)
    page.mouse.up()
    assert order().index(moving) < 6
    wanted = order()
    author.click("Save")
    with site.app.app_context():
        outline = queries.outline_of(queries.get_report(1).workshop)
        assert [place.key for place in outline] == wanted
