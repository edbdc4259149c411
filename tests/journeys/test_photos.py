"""Photos of a workshop in a real browser: many sent at once, put in order, cropped."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from eventsapp.core import db
from eventsapp.photos import queries
from eventsapp.photos.models import Photo
from tests.factories.pictures import jpeg
from tests.factories.workshops import make_workshop
from tests.journeys.conftest import Site, Visitor

pytestmark = [
    pytest.mark.xdist_group("journeys"),
    pytest.mark.parametrize("site", ["sqlite"], indirect=True),
]
Visit = Callable[..., Visitor]


def names(page: Page) -> list[str]:
    return page.locator(".photo-list__name").all_inner_texts()


def stored(site: Site, photo_id: int) -> Photo:
    with site.app.app_context():
        db.session().rollback()
        return queries.get_photo(1, photo_id)


def test_many_are_sent_ordered_by_hand_and_key_and_cropped(visit: Visit, site: Site) -> None:
    with site.app.app_context():
        path = f"/manage/workshops/{make_workshop().id}/photos"
    visitor = visit()
    visitor.sign_in("staff")
    visitor.open(path)
    page = visitor.page
    files = [
        {"name": f"{letter}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(at)}
        for at, letter in enumerate("abc")
    ]
    broken = {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    page.set_input_files("input[type=file]", [*files, broken])  # type: ignore[arg-type]
    page.get_by_role("button", name="Add photos").click()
    # Each has a line of its own; what was refused stays to be read.
    expect(page.locator(".uploads .is-refused")).to_contain_text("broken.jpg", timeout=15_000)
    expect(page.locator(".uploads li:not(.is-refused)")).to_have_text([re.compile("added")] * 3)
    page.reload()
    assert names(page) == ["a.jpg", "b.jpg", "c.jpg"]

    page.locator("[data-photo]").nth(2).drag_to(page.locator("[data-photo]").nth(0))
    expect(page.locator(".photo-list__name").first).to_have_text("c.jpg")
    assert names(page) == ["c.jpg", "a.jpg", "b.jpg"]
    page.get_by_role("button", name="Later c.jpg").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".photo-list__name").first).to_have_text("a.jpg")
    assert names(page) == ["a.jpg", "c.jpg", "b.jpg"]
    # The same photo can be moved on without looking for it.
    assert "c.jpg" in page.evaluate("document.activeElement.textContent")

    page.get_by_role("link", name="Describe and crop a.jpg").click()
    box = page.locator(".crop svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.9, steps=5)
    page.mouse.up()
    sides = {side: page.locator(f"[name={side}]") for side in ("left", "right", "top", "bottom")}
    assert {side: one.input_value() for side, one in sides.items()} == {
        "left": "25",
        "right": "25",
        "top": "10",
        "bottom": "10",
    }
    sides["left"].focus()
    page.keyboard.press("ArrowUp")
    frame = page.locator(".crop__frame")
    assert [frame.get_attribute(name) for name in ("x", "width")] == ["26", "49"]
    # Refused without a word: the crop stays as it was drawn.
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-errors]")).to_contain_text("What it shows")
    assert sides["left"].input_value() == "26"
    assert frame.get_attribute("x") == "26"
    page.fill("[name=alternative-en]", "A circle before a wall")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    photo = stored(site, 1)
    assert (photo.width, photo.height) == (441, 480)
    assert photo.file_key != photo.master_key
