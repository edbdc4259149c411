"""The door without reception: scans wait on the phone, arrive once, from however many phones."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import segno
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Browser, Page, Request, Route, expect

from eventsapp.accounts import queries as accounts
from eventsapp.attendance import links
from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.core import clock, db
from eventsapp.core.actor import Actor, Role
from tests.browsers import CHROMIUM, FLAGS
from tests.factories.attendance import register
from tests.factories.workshops import make_workshop
from tests.journeys.conftest import Site, Visitor

PEOPLE = 30
ZONE = ZoneInfo("Africa/Tripoli")

pytestmark = pytest.mark.xdist_group("door")


class Door:
    """A workshop under way, the codes of those expected, and what the ledger says."""

    def __init__(self, site: Site, people: int) -> None:
        self.site = site
        with site.app.app_context():
            organiser = accounts.find_by_email("organiser@demo.example")
            assert organiser is not None
            by = Actor("user", organiser.id, organiser.name, frozenset({Role.ORGANISER}))
            start = (clock.now() - timedelta(hours=1)).astimezone(ZONE).replace(tzinfo=None)
            workshop = make_workshop(
                by=by,
                timezone=str(ZONE),
                starts_at=start,
                ends_at=start + timedelta(hours=6),
                sessions=(),
                seats_in_person=people,
            )
            rows = [register(workshop, now=clock.now()) for _ in range(people)]
            self.workshop_id = workshop.id
            self.codes = [row.code for row in rows]
            self.pass_link = links.door_link(rows[0])
        self.path = f"/manage/workshops/{self.workshop_id}/check-in"

    def checked_in(self) -> list[str]:
        """The codes of those who left evidence, one for each record."""
        with self.site.app.app_context():
            found = db.session().scalars(
                sa.select(Registration.code).join(
                    AttendanceRecord, AttendanceRecord.registration_id == Registration.id
                )
            )
            return sorted(found)

    def opened_by(self, visitor: Visitor) -> Page:
        visitor.sign_in("organiser")
        visitor.open(self.path)
        visitor.page.wait_for_selector("[data-door][data-ready]")
        return visitor.page


def type_code(page: Page, code: str) -> None:
    page.fill("[data-code]", code)
    page.press("[data-code]", "Enter")


def test_thirty_scans_without_reception_arrive_once_when_it_returns(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    door = Door(site, PEOPLE)
    page = door.opened_by(visit(viewport={"width": 390, "height": 844}))
    expect(page.locator("[data-say='ready']")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: note(request, sent))

    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("[data-door][data-ready]")
    for code in door.codes:
        type_code(page, code)
    expect(page.locator("[data-say='waiting'] [data-waiting]")).to_have_text(str(PEOPLE))
    expect(page.locator(".door__line").first).to_contain_text("Participant Number")
    assert door.checked_in() == []

    page.context.set_offline(False)
    expect(page.locator("[data-say='sent']")).to_be_visible(timeout=20_000)
    assert door.checked_in() == sorted(door.codes)

    # Three times again, as after lost replies: nothing is added.
    arrived = sent[-1]
    assert len(json.loads(arrived)["scans"]) == PEOPLE
    token = page.locator("[name='csrf_token']").first.input_value()
    for _ in range(3):
        again = page.request.post(
            f"{site.address}{door.path}/scans",
            data=arrived,
            headers={"Content-Type": "application/json", "X-CSRFToken": token},
        )
        assert {one["state"] for one in again.json()["results"]} == {"known"}
    assert door.checked_in() == sorted(door.codes)


def note(request: Request, sent: list[str]) -> None:
    if request.url.endswith("/scans") and request.post_data:
        sent.append(request.post_data)


def test_a_scan_whose_reply_is_lost_is_sent_again_and_counts_once(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    door = Door(site, 1)
    page = door.opened_by(visit())
    lost: list[str] = []

    def lose_the_reply(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.post_data or "")
        route.fetch()
        route.abort()

    page.route("**/scans", lose_the_reply)
    type_code(page, door.codes[0])
    expect(page.locator("[data-say='waiting']")).to_be_visible()
    assert door.checked_in() == door.codes
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-say='sent']")).to_be_visible()
    assert (len(lost), door.checked_in()) == (1, door.codes)


def test_two_phones_that_scan_one_person_without_reception_check_them_in_once(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    door = Door(site, 2)
    phones = [door.opened_by(visit()) for _ in range(2)]
    for page in phones:
        page.context.set_offline(True)
        for code in door.codes:
            type_code(page, code)
    for page in phones:
        page.context.set_offline(False)
    for page in phones:
        expect(page.locator("[data-say='sent']")).to_be_visible(timeout=20_000)
    assert door.checked_in() == sorted(door.codes)


def test_somebody_signed_out_keeps_what_waits_and_is_told(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    door = Door(site, 1)
    visitor = visit()
    page = door.opened_by(visitor)
    assert names_kept(page) == 1
    page.context.clear_cookies()
    type_code(page, door.codes[0])
    expect(page.locator("[data-say='signed-out']")).to_be_visible()
    assert (door.checked_in(), names_kept(page)) == ([], 0)
    visitor.sign_in("organiser")
    visitor.open(door.path)
    expect(page.locator("[data-say='sent']")).to_be_visible()
    expect(page.locator(".door__line").first).to_contain_text("Checked in.")
    assert door.checked_in() == door.codes


def names_kept(page: Page) -> int:
    """How many people the phone knows by name."""
    count: int = page.evaluate(
        """() => new Promise((resolve) => {
          const { door } = document.querySelector("[data-door]").dataset;
          const opening = indexedDB.open(`door-${door}`);
          opening.onsuccess = () => {
            const asked = opening.result.transaction("people").objectStore("people").count();
            asked.onsuccess = () => resolve(asked.result);
          };
        })"""
    )
    return count


@pytest.fixture
def camera(chromium: Browser, tmp_path: Path) -> Iterator[Callable[[str], Browser]]:
    """A browser whose camera sees a QR code."""
    opened: list[Browser] = []

    def see(text: str) -> Browser:
        picture, still = io.BytesIO(), io.BytesIO()
        segno.make(text, error="m", micro=False).save(picture, kind="png", scale=6, border=8)
        frame = Image.open(picture, formats=["PNG"]).convert("RGB").resize((480, 480))
        frame.save(still, "JPEG", quality=95)
        film = tmp_path / "door.mjpeg"
        film.write_bytes(still.getvalue() * 3)
        flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        flags.append(f"--use-file-for-fake-video-capture={film}")
        opened.append(chromium.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags]))
        return opened[-1]

    yield see
    for browser in opened:
        browser.close()


def test_the_camera_sees_a_pass_and_refuses_another_workshops(
    site: Site, camera: Callable[[str], Browser]
) -> None:
    door = Door(site, 1)
    shown = f"{site.address}{door.path}#{door.codes[0]}"
    foreign = f"{site.address}/manage/workshops/999/check-in#{door.codes[0]}"
    for text, words, there in (
        (foreign, "another workshop", []),
        (shown, "Checked in.", door.codes),
    ):
        page = door.opened_by(Visitor(camera(text).new_page(), site.address))
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.locator(".door__line").first).to_contain_text(words)
        assert door.checked_in() == there
    assert door.pass_link.endswith(shown.removeprefix(site.address))
