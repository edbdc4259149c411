"""Those who present get their own mail, and the joining link only where they join online."""

import email
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.workshops import service
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules.presenters import NobodyToTell, NotToBeTold
from eventsapp.workshops.types import MemberDraft, Mode, Presenting, Status, TeamDraft
from tests.attendance.calendars import event_of
from tests.factories.workshops import NOW, make_actor, make_workshop, sign_in
from tests.pages import hidden_fields

LINK = "https://call.example/secret"
INES, KARIM, NADA = "ines@team.example", "karim@team.example", "nada@team.example"


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(Role.ORGANISER)


@pytest.fixture
def workshop(organiser: Actor) -> Workshop:
    """One of the team online, one in the room, one without an address."""
    members = (
        MemberDraft("Ines Marchetti", Mode.ONLINE, email=INES, language="fr"),
        MemberDraft("Karim Toumi", Mode.IN_PERSON, email=KARIM, language="ar"),
        MemberDraft("Nada Khoms", Mode.IN_PERSON),
    )
    made = make_workshop(
        by=organiser, join_link=LINK, teams=(TeamDraft(Texts.of(en="Secretariat"), members),)
    )
    ines, karim, _nada = made.teams[0].members
    present(made, organiser, {ines.id: Mode.ONLINE, karim.id: Mode.IN_PERSON})
    return made


def present(workshop: Workshop, by: Actor, modes: Mapping[int, Mode]) -> None:
    session = workshop.sessions[0].id
    chosen = [Presenting(session, member, mode) for member, mode in modes.items()]
    service.assign_presenters(workshop.id, chosen, by=by, now=NOW)


def change(workshop: Workshop, by: Actor, **changes: object) -> None:
    draft = replace(draft_of(db.get(Workshop, workshop.id)), **changes)  # type: ignore[arg-type]
    service.describe_workshop(workshop.id, draft, by=by, now=NOW)


def sent(app: Flask) -> dict[str, EmailMessage]:
    """What went out since the last look, by whom it went to."""
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        run_due_jobs()
    found = {}
    for path in Path(app.extensions["settings"].data_dir / "outbox").glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=default)
        path.unlink()
        address = mail["To"].addresses[0].addr_spec
        if address.endswith("@team.example"):
            assert address not in found
            found[address] = mail
    return found


def whole_text(mail: EmailMessage) -> str:
    return "\n".join(
        part.get_content() if part.get_content_maintype() == "text" else ""
        for part in mail.walk()
        if not part.is_multipart()
    )


def entry_of(mail: EmailMessage) -> dict[str, str]:
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return event_of(data)


def test_only_those_who_join_online_get_the_link_each_in_their_language(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    assert service.write_to_presenters(workshop.id, by=organiser, now=NOW) == 2

    mails = sent(app)

    assert {to: LINK in whole_text(mail) for to, mail in mails.items()} == {
        INES: True,
        KARIM: False,
    }
    assert "Ouverture" in whole_text(mails[INES])
    assert "الافتتاح" in whole_text(mails[KARIM])
    assert entry_of(mails[INES])["UID"] == entry_of(mails[KARIM])["UID"]


def test_pressed_twice_it_is_one_mail(app: Flask, workshop: Workshop, organiser: Actor) -> None:
    for _ in range(2):
        service.write_to_presenters(workshop.id, by=organiser, now=NOW)
    assert set(sent(app)) == {INES, KARIM}


def test_a_change_is_told_to_those_whom_it_concerns_and_who_knew_an_earlier_state(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    change(workshop, organiser, join_link=f"{LINK}/1")
    assert sent(app) == {}

    service.write_to_presenters(workshop.id, by=organiser, now=NOW)
    first = sent(app)
    change(workshop, organiser, join_link=f"{LINK}/2")
    mails = sent(app)

    assert set(mails) == {INES}
    assert f"{LINK}/2" in whole_text(mails[INES])
    before, after = entry_of(first[INES]), entry_of(mails[INES])
    assert (after["UID"], int(after["SEQUENCE"]) > int(before["SEQUENCE"])) == (before["UID"], True)


def test_who_presents_something_else_is_told(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    service.write_to_presenters(workshop.id, by=organiser, now=NOW)
    sent(app)
    ines, karim, _nada = db.get(Workshop, workshop.id).teams[0].members

    present(workshop, organiser, {ines.id: Mode.ONLINE, karim.id: Mode.ONLINE})

    mails = sent(app)
    assert {to: LINK in whole_text(mail) for to, mail in mails.items()} == {KARIM: True}


def test_another_address_gets_no_change_before_it_was_written_to(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    service.write_to_presenters(workshop.id, by=organiser, now=NOW)
    sent(app)
    (team,) = draft_of(db.get(Workshop, workshop.id)).teams
    moved = (replace(team.members[0], email=NADA), *team.members[1:])
    change(workshop, organiser, teams=(replace(team, members=moved),))

    change(workshop, organiser, join_link=f"{LINK}/2")

    assert sent(app) == {}


def test_a_cancelled_workshop_takes_the_entry_back(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    service.write_to_presenters(workshop.id, by=organiser, now=NOW)
    sent(app)

    service.call_off(workshop.id, by=organiser, now=NOW)

    mails = sent(app)
    assert {to: entry_of(mail)["STATUS"] for to, mail in mails.items()} == {
        INES: "CANCELLED",
        KARIM: "CANCELLED",
    }
    assert LINK not in whole_text(mails[INES])


def test_nobody_is_written_to_about_a_draft_or_without_addresses(organiser: Actor) -> None:
    draft, nameless = make_workshop(by=organiser, status=Status.DRAFT), make_workshop(by=organiser)
    with pytest.raises(NotToBeTold):
        service.write_to_presenters(draft.id, by=organiser, now=NOW)
    with pytest.raises(NobodyToTell):
        service.write_to_presenters(nameless.id, by=organiser, now=NOW)
    with pytest.raises(Forbidden):
        service.write_to_presenters(nameless.id, by=make_actor(Role.STAFF), now=NOW)


def test_the_page_shows_who_gets_what_before_anything_is_sent(
    app: Flask, workshop: Workshop, client: FlaskClient
) -> None:
    path = f"/manage/workshops/{workshop.id}/presenters/write"
    with time_machine.travel(NOW, tick=True):
        sign_in(client, Role.ADMIN)
        page = client.get(path).text
        answer = client.post(path, data=hidden_fields(page), follow_redirects=True)

    assert page.count(LINK) == 1
    assert "no address" in page
    assert "Send it to 2 people" in page
    assert "Mails to 2 people who present are on their way." in answer.text
    assert INES not in client.get(f"/workshops/{workshop.ref}").text
