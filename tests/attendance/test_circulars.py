"""Writing to a chosen part of the people."""

import email
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import Circular
from eventsapp.attendance.queries.circulars import list_addressed
from eventsapp.attendance.rules.circulars import (
    AudienceChanged,
    HalfWritten,
    NobodyThere,
    NothingWritten,
)
from eventsapp.attendance.types import Audience, CircularDraft
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.audit import AuditEvent
from eventsapp.core.errors import Forbidden
from eventsapp.core.idempotency import CreationKey
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import Job, run_due_jobs
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.workshops import NOW, actor_of, make_actor, make_user, make_workshop, sign_in
from tests.pages import hidden_fields, text_of

WORDS = CircularDraft(
    subject=Texts.of(en="Bring your passport", fr="Apportez votre passeport"),
    body=Texts.of(en="The door asks for it.\n{{ 7 * 7 }} <b>", fr="On vous le demandera."),
)


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(Role.ORGANISER)


@pytest.fixture
def workshop(organiser: Actor) -> Workshop:
    """An English reader and a French one in the room, an Arabic one online, and one who waits."""
    workshop = make_workshop(by=organiser, seats_in_person=2)
    for mode, lang in (
        (Mode.IN_PERSON, "en"),
        (Mode.IN_PERSON, "fr"),
        (Mode.ONLINE, "ar"),
        (Mode.IN_PERSON, "en"),
    ):
        register(workshop, mode, language=lang, name=f"Reader of {lang}")
    run_due_jobs()
    return workshop


AUDIENCES = {
    "everybody": (Audience(), ["en", "fr", "ar", "en"]),
    "confirmed": (Audience(status="confirmed"), ["en", "fr", "ar"]),
    "waiting": (Audience(status="waitlisted"), ["en"]),
    "online": (Audience(mode="online"), ["ar"]),
    "French readers": (Audience(language="fr"), ["fr"]),
    "who did not come": (Audience(took_part="no", status="confirmed"), ["en", "fr", "ar"]),
    "who came": (Audience(took_part="yes"), []),
}


@pytest.mark.parametrize("name", AUDIENCES)
def test_the_audience_is_chosen_by_status_mode_attendance_and_language(
    workshop: Workshop, name: str
) -> None:
    audience, languages = AUDIENCES[name]
    assert [lang for _, lang in list_addressed(workshop.id, audience)] == languages


def write(workshop: Workshop, by: Actor, draft: CircularDraft, seen: int) -> Circular:
    return service.write_to_people(workshop.id, draft, seen=seen, by=by, now=NOW)


def sent(app: Flask, word: str) -> Sequence[EmailMessage]:
    outbox = Path(app.extensions["settings"].data_dir / "outbox")
    for old in outbox.glob("*.eml"):
        old.unlink()
    run_due_jobs()
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=default) for path in outbox.glob("*.eml")
    ]
    return sorted((one for one in mails if word in str(one["To"])), key=lambda one: str(one["To"]))


def text_part(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_each_reads_it_once_in_their_language_where_it_is_written(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    draft = CircularDraft(WORDS.subject, WORDS.body, Audience(status="confirmed"))
    write(workshop, organiser, draft, seen=3)

    mails = sent(app, "Reader of")

    found = [(str(one["To"])[:12], str(one["Subject"]), one["Content-Language"]) for one in mails]
    assert found == [
        ("Reader of ar", "Bring your passport", "en"),
        ("Reader of en", "Bring your passport", "en"),
        ("Reader of fr", "Apportez votre passeport", "fr"),
    ]
    assert "The door asks for it.\n{{ 7 * 7 }} <b>" in text_part(mails[1])
    assert "Bonjour" in text_part(mails[2])


def test_the_log_keeps_words_and_choice_and_no_person(workshop: Workshop, organiser: Actor) -> None:
    circular = write(
        workshop, organiser, CircularDraft(WORDS.subject, WORDS.body, Audience(mode="online")), 1
    )
    events = db.session().scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "workshop.people_written_to")
    )
    jobs = db.session().scalars(sa.select(Job).where(Job.name.contains("circular")))
    assert [event.detail for event in events] == [{"circular": circular.id, "recipients": 1}]
    assert (circular.audience, circular.recipients) == ({"mode": "online"}, 1)
    assert "Reader" not in repr([(job.payload, job.subject) for job in jobs])


def test_another_number_than_the_one_seen_is_refused(workshop: Workshop, organiser: Actor) -> None:
    with pytest.raises(AudienceChanged):
        write(workshop, organiser, WORDS, seen=3)
    assert db.session().scalar(sa.select(sa.func.count(Circular.id))) == 0


def test_sent_twice_it_goes_out_once(workshop: Workshop, organiser: Actor) -> None:
    key = CreationKey.of("k", principal=organiser.key, path="/write", body=b"")
    for _ in range(2):
        service.write_to_people(workshop.id, WORDS, seen=4, by=organiser, now=NOW, key=key)
    assert db.session().scalar(sa.select(sa.func.count(Circular.id))) == 1


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (CircularDraft(Texts.of(en="Hello"), Texts({})), HalfWritten),
        (CircularDraft(Texts.of(en="Hello"), Texts.of(en="You", fr="Vous")), HalfWritten),
        (CircularDraft(Texts({}), Texts({})), NothingWritten),
        (CircularDraft(WORDS.subject, WORDS.body, Audience(took_part="yes")), NobodyThere),
    ],
)
def test_what_is_half_written_or_for_nobody_is_refused(
    workshop: Workshop, organiser: Actor, draft: CircularDraft, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        write(workshop, organiser, draft, seen=0)


def test_only_its_organiser_writes_to_people(workshop: Workshop) -> None:
    with pytest.raises(Forbidden):
        write(workshop, make_actor(Role.ORGANISER), WORDS, seen=4)


def test_look_then_send_by_the_page(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    for lang in ("en", "ar"):
        register(workshop, language=lang)
    sign_in(client, user=user)
    address = f"/manage/workshops/{workshop.id}/people/write"
    words = {
        **dict.fromkeys(("mode", "took_part", "language", "group_id"), ""),
        "status": "confirmed",
        "subject-en": "Bring <b>it</b>",
        "body-en": "The door asks for it.",
    }
    opened = hidden_fields(client.get(address).text)
    looked = client.post(address, data={**opened, **words, "do": "look"})
    assert "This goes to 2 people" in text_of(looked.text)
    assert "not written in it, so it goes out in English" in text_of(looked.text)
    assert "Bring <b>it" not in looked.text
    seen = {**hidden_fields(looked.text), **words}
    refused = client.post(address, data={**seen, "body-en": " ", "do": "send"})
    assert 'id="body-en-error"' in refused.text
    done = client.post(address, data={**seen, "do": "send"}, follow_redirects=True)
    assert "The mails to 2 people are on their way." in text_of(done.text)
