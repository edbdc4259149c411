"""Mails to participants: in their language, once, true when they go out."""

import email
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import icalendar
import pytest
import sqlalchemy as sa
import time_machine
import vobject
from flask import Flask, current_app

from eventsapp.attendance import service
from eventsapp.attendance.letters import letter_to
from eventsapp.attendance.links import find_by_token, private_link
from eventsapp.attendance.rules.registering import participant
from eventsapp.attendance.types import Message
from eventsapp.config import ROOT
from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.edge.jobs import Job, run_due_jobs
from eventsapp.feedback.queries import door_code
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.types import Access
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import describe_workshop
from eventsapp.workshops.types import Aspect, Mode
from tests.attendance.calendars import event_of
from tests.factories.attendance import register, registration_draft
from tests.factories.feedback import make_form
from tests.factories.workshops import NOW, make_actor, make_workshop

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def outbox(app: Flask) -> Path:
    """An empty folder that mails go into."""
    folder = app.extensions["settings"].data_dir / "outbox"
    for old in folder.glob("*.eml"):
        old.unlink()
    return Path(folder)


def sent(outbox: Path) -> list[EmailMessage]:
    """Run what is due; every mail to participants that went out, in the order of its jobs."""
    run_due_jobs()
    read = [
        email.message_from_bytes(path.read_bytes(), policy=default) for path in outbox.glob("*.eml")
    ]
    participants = [mail for mail in read if "@ministry.example" in str(mail["To"])]
    return sorted(
        participants, key=lambda mail: int(str(mail["Message-ID"]).split("job-")[1].split(".")[0])
    )


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def calendar_of(mail: EmailMessage) -> tuple[str, dict[str, str]] | None:
    """Method and event of the calendar part."""
    for one in mail.walk():
        if one.get_content_type() == "text/calendar":
            method = str(one["Content-Type"].params["method"])
            return method, event_of(one.get_payload(decode=True))  # type: ignore[arg-type]
    return None


def test_the_confirmation_has_text_html_calendar_code_and_private_link(
    app: Flask, outbox: Path
) -> None:
    registration = register(make_workshop(), name="Salma Haddad")

    (mail,) = sent(outbox)

    assert mail["To"] == f"Salma Haddad <{registration.person.email}>"
    assert mail["Subject"] == "You have a place: Introductory workshop"
    for kind in ("plain", "html"):
        text = part(mail, kind)
        assert private_link(registration) in text.replace("&amp;", "&")
        assert f"{registration.code[:3]} {registration.code[3:]}" in text
        assert "secret-room" not in text
    method, event = calendar_of(mail) or ("", {})
    assert (method, event["SEQUENCE"]) == ("REQUEST", "1")
    pictures = [one for one in mail.iter_attachments() if one.get_content_type() == "image/png"]
    assert len(pictures) == 1


def test_the_private_link_of_the_mail_opens_exactly_that_registration(
    app: Flask, outbox: Path
) -> None:
    workshop = make_workshop()
    mine, other = register(workshop), register(workshop)

    token = private_link(mine).split("#")[1]

    assert find_by_token(token) == mine
    assert find_by_token(token.replace(f"{mine.id}-", f"{other.id}-", 1)) is None


def test_somebody_online_gets_the_joining_link_and_no_code(app: Flask, outbox: Path) -> None:
    registration = register(make_workshop(), Mode.ONLINE)

    (mail,) = sent(outbox)

    assert "https://video.example/join/secret-room" in part(mail, "plain")
    assert registration.code not in part(mail, "plain").replace(" ", "")
    assert list(mail.iter_attachments())[1:] == []


def test_somebody_who_waits_gets_no_calendar_entry(app: Flask, outbox: Path) -> None:
    workshop = make_workshop(seats_online=1)
    register(workshop, Mode.ONLINE)
    register(workshop, Mode.ONLINE)

    _, waiting = sent(outbox)

    assert waiting["Subject"] == "On the waiting list: Introductory workshop"
    assert calendar_of(waiting) is None
    assert "secret-room" not in part(waiting, "plain")


def test_promoting_and_cancelling_each_send_one_mail_with_their_entry(
    app: Flask, outbox: Path
) -> None:
    workshop = make_workshop(seats_in_person=1)
    holder, _ = register(workshop), register(workshop)
    sent(outbox)

    service.cancel_registration(holder.id, by=participant(holder), now=LATER)
    promoted, cancelled = sent(outbox)[2:]

    assert promoted["Subject"] == "A seat is free for you: Introductory workshop"
    assert cancelled["Subject"] == "Cancelled: your registration for Introductory workshop"
    assert [(calendar_of(mail) or ("",))[0] for mail in (promoted, cancelled)] == [
        "REQUEST",
        "CANCEL",
    ]


def test_a_mail_that_is_not_true_any_more_is_not_sent(app: Flask, outbox: Path) -> None:
    """Confirmed and cancelled before the first mail went out: only the last word is sent."""
    registration = register(make_workshop())
    service.cancel_registration(registration.id, by=participant(registration), now=LATER)

    subjects = [mail["Subject"] for mail in sent(outbox)]

    assert subjects == ["Cancelled: your registration for Introductory workshop"]


@pytest.mark.parametrize(
    ("lang", "subject", "direction"),
    [
        ("fr", "Atelier d’introduction", "ltr"),
        ("ar", "ورشة تمهيدية", "rtl"),
    ],
)
def test_a_mail_is_written_in_the_language_of_its_reader(
    app: Flask, outbox: Path, lang: str, subject: str, direction: str
) -> None:
    register(make_workshop(), language=lang)

    (mail,) = sent(outbox)

    assert subject in mail["Subject"]
    assert mail["Content-Language"] == lang
    assert f'<html lang="{lang}" dir="{direction}">' in part(mail, "html")


def test_markup_in_names_and_titles_stays_text(app: Flask, outbox: Path) -> None:
    workshop = make_workshop(title=Texts.of(en='<b>{{ 7*7 }}</b> "workshop"'))
    register(workshop, name="<img src=x onerror=alert(1)> {{ 7*7 }}")

    (mail,) = sent(outbox)

    html = part(mail, "html")
    assert "<img src=x" not in html
    assert "<b>" not in html.split("</head>")[1]
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in html


def test_cancelling_the_workshop_tells_everybody_expected_and_nobody_else(
    app: Flask, outbox: Path
) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=1)
    holder, waiting, gone = register(workshop), register(workshop), register(workshop)
    service.cancel_registration(gone.id, by=participant(gone), now=LATER)
    sent(outbox)
    for old in outbox.glob("*.eml"):
        old.unlink()

    service.cancel_workshop(workshop.id, by=organiser, now=LATER)
    mails = sent(outbox)

    told = {str(mail["To"]).split("<")[1].rstrip(">"): calendar_of(mail) for mail in mails}
    assert set(told) == {holder.person.email, waiting.person.email}
    method, event = told[str(holder.person.email)] or ("", {})
    assert (method, event["STATUS"], told[str(waiting.person.email)]) == (
        "CANCEL",
        "CANCELLED",
        None,
    )


def test_lost_links_go_to_the_address_only_and_once_while_they_wait(
    app: Flask, outbox: Path
) -> None:
    registration = register(make_workshop())
    sent(outbox)

    for _ in range(3):
        service.request_links(str(registration.person.email).upper(), now=clock.now())
    service.request_links("nobody@ministry.example", now=clock.now())
    mails = sent(outbox)[1:]

    assert [mail["Subject"] for mail in mails] == ["Your registrations"]
    assert private_link(registration) in part(mails[0], "plain")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("message", Message)
def test_every_message_can_be_written_in_every_language(
    sqlite_app: Flask, message: Message, lang: str
) -> None:
    folder = ROOT / "templates" / "mail" / "attendance" / message

    assert sorted(path.name for path in folder.iterdir()) == [
        "body.html",
        "body.txt",
        "subject.txt",
    ]
    registration = register(make_workshop(), language=lang)
    letter = letter_to(registration, message, about=list(Aspect))
    assert all(text.strip() for text in (letter.subject, letter.text, letter.html))


def test_no_row_of_a_job_holds_a_name_or_an_address(app: Flask) -> None:
    registration = register(make_workshop(), name="Salma Haddad")
    rows = db.session().scalars(sa.select(Job)).all()

    text = repr([(row.payload, row.subject, row.unique_key) for row in rows])
    assert "Salma" not in text
    assert str(registration.person.email) not in text


def test_a_change_comes_with_an_entry_that_replaces_the_one_before(
    app: Flask, outbox: Path
) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    register(workshop)
    (before,) = sent(outbox)

    moved = replace(draft_of(workshop), venue="Another hall")
    describe_workshop(workshop.id, moved, by=organiser, now=LATER)
    changed = sent(outbox)[1]

    assert changed["Subject"] == "Changed: Introductory workshop"
    assert "about the workshop: place." in part(changed, "plain")
    assert "Another hall" in part(changed, "plain")
    (_, old), (method, new) = (calendar_of(before) or ("", {})), (calendar_of(changed) or ("", {}))
    assert (method, new["UID"]) == ("REQUEST", old["UID"])
    assert int(new["SEQUENCE"]) > int(old["SEQUENCE"])
    assert "Another hall" in new["LOCATION"]


def test_an_invited_person_is_asked(app: Flask, outbox: Path) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop: Workshop = make_workshop(by=organiser)
    service.add_participant(workshop.id, registration_draft(), invite=True, by=organiser, now=NOW)

    (mail,) = sent(outbox)

    assert mail["Subject"] == "Invitation: Introductory workshop"
    assert calendar_of(mail) is None
    assert current_app.extensions["settings"].organisation in part(mail, "plain")


def invitations(mail: EmailMessage) -> list[tuple[str, str, int, str]]:
    """Method, UID, SEQUENCE and STATUS as two independent readers find them."""
    for one in mail.walk():
        if one.get_content_type() == "text/calendar":
            data = one.get_content()
            read = icalendar.Calendar.from_ical(data)
            (event,) = read.walk("VEVENT")
            other = vobject.readOne(data)
            return [
                (
                    str(read["METHOD"]),
                    str(event["UID"]),
                    int(str(event["SEQUENCE"])),
                    str(event["STATUS"]),
                ),
                (
                    other.method.value,
                    other.vevent.uid.value,
                    int(other.vevent.sequence.value),
                    other.vevent.status.value,
                ),
            ]
    return []


def test_every_change_meets_the_entry_that_calendars_have(app: Flask, outbox: Path) -> None:
    """The same UID all along, and a sequence that grows with each mail, in both readers."""
    registration = register(make_workshop())
    me = participant(registration)
    steps: list[EmailMessage] = sent(outbox)
    service.change_mode(registration.id, Mode.ONLINE, by=me, now=LATER)
    steps.append(sent(outbox)[-1])
    service.cancel_registration(registration.id, by=me, now=LATER)
    steps.append(sent(outbox)[-1])
    service.undo_cancellation(registration.id, by=me, now=LATER)
    steps.append(sent(outbox)[-1])

    found = [invitations(mail) for mail in steps]
    assert all(one == other for one, other in found)
    assert [(method, status) for (method, _uid, _number, status), _ in found] == [
        ("REQUEST", "CONFIRMED"),
        ("REQUEST", "CONFIRMED"),
        ("CANCEL", "CANCELLED"),
        ("REQUEST", "CONFIRMED"),
    ]
    assert len({uid for (_method, uid, _number, _status), _ in found}) == 1
    numbers = [number for (_method, _uid, number, _status), _ in found]
    assert numbers == sorted(set(numbers))


def test_the_reason_of_a_no_stands_in_the_mail_and_markup_in_it_stays_text(
    app: Flask, outbox: Path
) -> None:
    organiser = make_actor(Role.ORGANISER)
    registration = register(make_workshop(by=organiser))
    reason = "For focal points.\n<b>Only</b> {{ 7*7 }}"
    service.decline_registration(registration.id, reason=reason, by=organiser, now=LATER)

    (mail,) = sent(outbox)

    plain, html = (part(mail, kind).replace("\r\n", "\n") for kind in ("plain", "html"))
    assert "  For focal points.\n  <b>Only</b> {{ 7*7 }}" in plain
    assert "For focal points.\n&lt;b&gt;Only&lt;/b&gt; {{ 7*7 }}" in html


@pytest.mark.parametrize("access", Access)
def test_thanks_hold_no_personal_way_in_where_the_form_is_anonymous(
    app: Flask, outbox: Path, access: Access
) -> None:
    workshop = make_workshop()
    registration = register(workshop)
    form = make_form(workshop, access=access)

    with time_machine.travel(workshop.ends_at + timedelta(hours=3), tick=False):
        letter = letter_to(registration, Message.THANKS)

    page = "http://localhost:8000/f/"
    code = written(door_code(form)) if access == Access.OPEN else ""
    ways = {
        Access.CARDS: f"\n{page}\n",
        Access.OPEN: f"\n{page}#{code}\n",
        Access.PERSONAL: "comes in another mail",
    }
    assert ways[access] in letter.text
    assert letter.text.count(page) == (0 if access == Access.PERSONAL else 1)
