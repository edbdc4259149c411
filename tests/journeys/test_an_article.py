"""An article from its first word to its withdrawal: two people, by the keyboard alone."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.news import service
from eventsapp.news.models import Article
from tests.factories.news import make_plain
from tests.journeys.conftest import Site, Visitor

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
SCREENS = {
    "a laptop": {"viewport": {"width": 1280, "height": 800}},
    "a phone": {"viewport": {"width": 390, "height": 844}},
}
HEADLINE = "Libya joins the network"
SENTENCE = "A sentence that nobody wants to type twice."

pytestmark = [
    pytest.mark.xdist_group("journeys"),
    pytest.mark.parametrize("site", ["sqlite"], indirect=True),
]
Visit = Callable[..., Visitor]


def reach(page: Page, target: Locator) -> None:
    """By the Tab key, wherever on the page one is."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the Tab key never reaches {target}")


def press(person: Visitor, name: str, role: str = "button") -> None:
    page = person.page
    reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(person: Visitor, name: str, text: str) -> None:
    reach(person.page, person.page.locator(f"[name='{name}']").first)
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type(text)


def unfold(person: Visitor, title: str) -> None:
    reach(person.page, person.page.locator("summary", has_text=title).first)
    person.page.keyboard.press("Enter")


def fits(person: Visitor) -> None:
    """Nothing is wider than the screen, and axe finds nothing."""
    page = person.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults_of(page) == []


def faults_of(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(found => found.violations.map(one => one.id))")
    return list(found)


def address_of(site: Site) -> str:
    with site.app.app_context():
        slug = db.get(Article, 1).slug
        db.session().rollback()
        return f"/news/{slug}"


def let_its_moment_come(site: Site) -> None:
    with site.app.app_context():
        put_forward()
        assert service.publish_due(by=SYSTEM) == 1


@db.transaction
def put_forward() -> None:
    article = db.get(Article, 1)
    assert article.status == "scheduled"
    article.publish_at = clock.now() - timedelta(minutes=1)


@pytest.mark.parametrize("screen", SCREENS)
def test_an_article_goes_all_its_ways_by_the_keyboard(
    site: Site, visit: Visit, screen: str
) -> None:
    author, editor, reader = (visit(**SCREENS[screen]) for _ in range(3))
    author.sign_in("staff")
    editor.sign_in("editor")

    author.open("/manage/news/new")
    write(author, "headline", HEADLINE)
    press(author, "Begin writing")
    write(author, "standfirst", "The ministry signed.")
    write(author, "body", "It was signed on Tuesday.")
    fits(author)
    press(author, "Save and send for review")

    editor.open("/manage/")
    press(editor, HEADLINE, "link")
    write(editor, "text", "Say who signed.")
    fits(editor)
    press(editor, "Send back")

    author.open("/manage/")
    press(author, HEADLINE, "link")
    write(author, "body", " The minister signed it.")
    press(author, "Save and send for review")

    editor.open("/manage/")
    press(editor, HEADLINE, "link")
    press(editor, "Approve")
    unfold(editor, "Publish later")
    reach(editor.page, editor.page.locator("[name='publish_at']"))
    tomorrow = clock.now() + timedelta(days=1)
    editor.page.keyboard.type(f"{tomorrow:%m%d%Y}")
    editor.page.keyboard.press("Tab")
    editor.page.keyboard.type("0945AM")
    press(editor, "Schedule")
    assert "scheduled" in editor.text
    fits(editor)
    let_its_moment_come(site)

    reader.open(address_of(site))
    assert "The minister signed it." in reader.text

    editor.page.reload()
    write(editor, "note-en", "The day was Monday.")
    press(editor, "Publish the correction")
    reader.page.reload()
    assert "The day was Monday." in reader.text

    unfold(editor, "Withdraw")
    write(editor, "reason-en", "It was never signed.")
    fits(editor)
    press(editor, "Withdraw the article")
    answer = reader.page.reload()
    assert answer is not None
    assert answer.status == 410
    assert "It was never signed." in reader.text
    fits(reader)


@pytest.fixture
def path(site: Site) -> str:
    with site.app.app_context():
        return f"/manage/news/{make_plain(HEADLINE).id}/text"


def body(page: Page) -> Locator:
    return page.locator("[name=body]")


def kept(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_have_text(re.compile("^Kept at"), timeout=15_000)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def test_what_was_typed_is_there_after_a_reload_and_gone_once_dropped(
    visit: Visit, path: str
) -> None:
    author = visit()
    author.sign_in("staff")
    author.open(path)
    before = body(author.page).input_value()
    body(author.page).fill(SENTENCE)
    kept(author.page)
    author.page.evaluate("localStorage.clear()")
    author.page.reload()
    assert body(author.page).input_value() == SENTENCE
    author.click("Drop it and show what is saved")
    assert body(author.page).input_value() == before


def test_typing_that_reached_no_server_is_put_back_after_a_reload(visit: Visit, path: str) -> None:
    author = visit()
    author.sign_in("staff")
    author.open(path)
    author.page.on("dialog", lambda dialog: dialog.accept())
    author.page.route("**/autosave*", lambda route: route.abort())
    author.page.fill("[name=headline]", "A headline nobody types twice")
    author.page.wait_for_timeout(300)
    author.page.reload()
    assert author.page.input_value("[name=headline]") == "A headline nobody types twice"


def test_two_people_who_write_one_text_see_both(visit: Visit, path: str) -> None:
    first, second = visit(), visit()
    for person, account in ((first, "staff"), (second, "editor")):
        person.sign_in(account)
        person.open(path)
    body(first.page).fill("From the first.")
    save(first.page)
    body(second.page).fill("From the second.")
    save(second.page)
    expect(second.page.locator("main")).to_contain_text("Two people changed this text")
    expect(second.page.locator(".sides del")).to_contain_text("first")
    expect(second.page.locator(".sides ins")).to_contain_text("second")
    fits(second)
    body(second.page).fill("From both.")
    save(second.page)
    first.open(path)
    assert body(first.page).input_value() == "From both."
