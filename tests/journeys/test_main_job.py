"""The main job from nothing: a workshop is registered, held, answered, reported and published."""

import email
import email.policy
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pypdf
import pytest
from icalendar import Calendar
from playwright.sync_api import FilePayload

from eventsapp.core import clock
from eventsapp.overview.sample.load import register_project
from tests.journeys.conftest import Site, Visitor
from tests.pages import hidden_fields

ZONE = ZoneInfo("Africa/Tripoli")
NAMES = ("Salma Zentani", "Idris Alwaer", "Nuri Ghariani")
ANSWERING = 12

pytestmark = pytest.mark.xdist_group("journeys")


def local(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def register_workshop(organiser: Visitor, start: datetime) -> int:
    organiser.open("/manage/")
    organiser.click("Register a workshop", "link")
    organiser.page.locator("select[name='project_id']").select_option(index=0)
    organiser.fill("title-en", "Introductory workshop for the new focal points")
    organiser.fill("starts_at", local(start))
    organiser.fill("ends_at", local(start + timedelta(hours=6)))
    organiser.fill("timezone", "Africa/Tripoli")
    organiser.fill("city-en", "Tripoli")
    organiser.select("country_code", "LY")
    organiser.fill("venue", "Conference hall")
    organiser.fill("seats_in_person", "20")
    organiser.fill("seats_online", "20")
    organiser.fill("join_link", "https://video.example/secret-room")
    organiser.click("Register and go on")
    organiser.fill("rationale-en", "Two focal points were newly appointed.")
    organiser.fill("objectives-0-en", "Give a full briefing on the two dialogues.")
    organiser.fill("groups-0-name-en", "Libyan officials")
    organiser.click("Save and go on")
    organiser.fill("sessions-0-title-en", "Opening")
    organiser.fill("sessions-0-starts_at", local(start))
    organiser.fill("sessions-0-ends_at", local(start + timedelta(hours=2)))
    organiser.click("Save and go on")
    organiser.fill("teams-0-name-en", "Rabat Process Secretariat")
    organiser.fill("teams-0-members-0-name", "Clara Vasseur")
    organiser.choose("teams-0-members-0-mode", "online")
    organiser.fill("teams-0-members-1-name", "Karim Toumi")
    organiser.click("Save")
    organiser.click("Open registration")
    found = re.search(r"/manage/workshops/(\d+)", organiser.page.url)
    assert found, organiser.page.url
    return int(found[1])


def register_participant(participant: Visitor, ref: str, name: str, mode: str) -> None:
    participant.open(f"/workshops/{ref}")
    participant.open(f"/workshops/{ref}/register")
    participant.fill("name", name)
    participant.fill("email", f"{name.split(maxsplit=1)[0].lower()}@gov.example")
    participant.choose("mode", mode)
    if participant.page.locator("[name='sex']").count():
        participant.choose("sex", "female")
    participant.page.locator("main form button").last.click()
    participant.page.wait_for_url("**/received")


def mails(outbox: Path) -> list[email.message.EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(outbox.glob("*.eml"))
    ]


def call_export(start: datetime, name: str) -> bytes:
    times = [
        (start + timedelta(minutes=minutes)).astimezone(ZONE).strftime("%m/%d/%Y %I:%M:%S %p")
        for minutes in (1, 90)
    ]
    return (
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\r\n"
        f"{name},,{times[0]},{times[1]},89,Yes\r\n"
    ).encode()


def answer_feedback(participant: Visitor, code: str) -> None:
    participant.open(f"/f/#{code}")
    participant.page.wait_for_selector("[name='a-usefulness']", state="attached")
    participant.choose("a-usefulness", "5")
    participant.choose("a-knowledge", "4")
    participant.choose("a-mode", "in_person")
    participant.page.locator("main textarea").first.fill("Very clear.")
    participant.click("Send my answers")


def hand_out_cards(organiser: Visitor, workshop_id: int) -> list[str]:
    """Open the form of the template and print cards; gives the codes that stand on them."""
    organiser.open(f"/manage/workshops/{workshop_id}/feedback")
    organiser.page.locator("main form button").first.click()
    organiser.page.wait_for_load_state()
    organiser.click("Open the form")
    organiser.fill("count", str(ANSWERING))
    organiser.click("Make cards to print")
    return organiser.page.locator(".card__code strong").all_inner_texts()


def answer_plainly(code: str, number: int, visitor: Visitor) -> None:
    """As a browser without scripts does: the code first, then the form's fields."""
    address = f"{visitor.address}/f/"
    request = visitor.page.request
    opened = request.post(address, form={"code": code, "do": "open"}).text()
    sent = request.post(
        address,
        form={
            "code": code,
            "version": hidden_fields(opened)["version"],
            "retry_key": f"{number:032x}",
            "now": "en",
            "do": "send",
            "a-usefulness": "5",
            "a-knowledge": "5",
            "a-mode": "online",
        },
    )
    assert sent.status < 400, sent.text()


def collect_feedback(organiser: Visitor, workshop_id: int, begin: Callable[..., Visitor]) -> None:
    """One answers on a phone, once; the others without scripts."""
    codes = hand_out_cards(organiser, workshop_id)
    assert len(set(codes)) == ANSWERING
    participant = begin(viewport={"width": 390, "height": 844})
    answer_feedback(participant, codes[0])
    again = begin()
    again.open(f"/f/#{codes[0]}")
    again.page.wait_for_load_state("networkidle")
    assert again.page.locator("[name='a-usefulness']").count() == 0
    for number, code in enumerate(codes[1:]):
        answer_plainly(code, number, begin(java_script_enabled=False))
    organiser.open(f"/manage/workshops/{workshop_id}/feedback")
    organiser.click("Close the form", "link")
    organiser.click("Yes, close the form")


def test_a_workshop_from_registration_to_published_news(
    site: Site, visit: Callable[..., Visitor], request: pytest.FixtureRequest
) -> None:
    start = clock.now() - timedelta(hours=3)
    with site.app.app_context():
        register_project()
    organiser = visit()
    organiser.sign_in("organiser")
    workshop_id = register_workshop(organiser, start)
    ref = f"LY-{start.astimezone(ZONE).year}-001"

    for name, mode in zip(NAMES, ("in_person", "in_person", "online"), strict=True):
        register_participant(visit(), ref, name, mode)
    site.work()
    sent = mails(site.outbox)
    assert {message["To"].addresses[0].display_name for message in sent} == set(NAMES)
    calendars = [part for part in sent[0].walk() if part.get_content_type() == "text/calendar"]
    entry = Calendar.from_ical(str(calendars[0].get_content())).walk("VEVENT")[0]
    assert str(entry["SUMMARY"]) == "Introductory workshop for the new focal points"

    organiser.open(f"/manage/workshops/{workshop_id}/people")
    organiser.click("Check in", exact=False)
    organiser.open(f"/manage/workshops/{workshop_id}/attendance-files")
    export = FilePayload(name="call.csv", mimeType="text/csv", buffer=call_export(start, NAMES[2]))
    organiser.page.set_input_files("input[type=file]", files=[export])
    organiser.page.locator("main form button").last.click()
    organiser.page.wait_for_url("**/attendance-files/*")
    organiser.page.locator("form[action$='/confirm'] button").first.click()
    organiser.page.wait_for_load_state()
    organiser.open(f"/manage/workshops/{workshop_id}")
    organiser.click("Mark as held")

    collect_feedback(organiser, workshop_id, visit)

    author, approver = visit(), visit()
    author.sign_in("staff")
    approver.sign_in("editor")
    for counted in (author, approver):
        counted.interactions = 0
    author.open(f"/manage/workshops/{workshop_id}/report")
    author.fill(
        "summary",
        author.page.locator("[name='summary']").input_value() + "\n\nThank you to all who came.",
    )
    author.click("Send for review")
    approver.open("/manage/")
    approver.page.get_by_role("link", name="Introductory workshop").first.click()
    approver.interactions += 1
    approver.click("Approve")
    approver.click("Issue and publish as news")
    site.work()
    total = author.interactions + approver.interactions
    request.config.get_terminal_writer().line(
        f"interactions from the opened report to the live article: {total}"
    )
    assert total <= 15

    check_article(site, visit(), ref)


def check_article(site: Site, reader: Visitor, ref: str) -> None:
    reader.open("/news/")
    reader.page.get_by_role("link", name="Introductory workshop").first.click()
    reader.page.wait_for_load_state()
    assert "Thank you to all who came." in reader.text
    assert "Very clear." not in reader.text
    slug = reader.page.url.split("/news/")[1].split("?")[0]
    pdf = reader.page.request.get(f"{site.address}/news/{slug}.pdf?lang=en").body()
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "Thank you to all who came." in re.sub(r"\s+", " ", words)
    feed = feedparser.parse(reader.page.request.get(f"{site.address}/news/feed.atom").body())
    assert [entry.title for entry in feed.entries] == [
        "Introductory workshop for the new focal points"
    ]
    calendar = reader.page.request.get(f"{site.address}/workshops/{ref}.ics").body()
    assert b"secret-room" not in calendar
    assert len(Calendar.from_ical(calendar).walk("VEVENT")) == 1
