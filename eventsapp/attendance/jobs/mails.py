"""Mails to participants."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.calendar import registration_calendar
from eventsapp.attendance.letters import INVITES, TAKES_BACK, circular_letter, letter_to
from eventsapp.attendance.links import door_code_png, private_link
from eventsapp.attendance.models import Circular, Registration
from eventsapp.attendance.queries import (
    list_expected_ids,
    list_registrations_of,
    setup_of,
    workshops_by_the_clock,
)
from eventsapp.attendance.queries.changes import ANNOUNCE_CHANGE
from eventsapp.attendance.queries.circulars import SEND_CIRCULAR, SEND_CIRCULAR_TO, kind_of
from eventsapp.attendance.queries.letters import SEND_MESSAGE
from eventsapp.attendance.rules.letters import BY_THE_CLOCK, due_letters, is_in_time
from eventsapp.attendance.rules.registering import is_told
from eventsapp.attendance.service import (
    announce_to,
    erase_due_answers,
    record_due_letters,
    record_letters,
)
from eventsapp.attendance.service.notices import (
    ANNOUNCE,
    SEND_LINKS,
)
from eventsapp.attendance.types import Message
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import N_
from eventsapp.core.texts import LANGUAGES
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import AddressRefused, Attachment, Mail, deliver, render_mail
from eventsapp.people.models import Person
from eventsapp.people.rules import is_reachable
from eventsapp.people.service import note_bounce
from eventsapp.web.registry import feedback_way
from eventsapp.workshops.calendar import Method
from eventsapp.workshops.types import CONCERNS, Aspect, Mode

# Enough for a mail server that is away over a weekend.
ATTEMPTS = 60
CIRCULAR_BATCH = 200


@job(SEND_MESSAGE, attempts=ATTEMPTS)
def send_message(payload: dict[str, Any], run: Run) -> None:
    """Write to one participant, unless what the mail says is not true any more."""
    registration = _load(payload["registration"])
    message = Message(payload["message"])
    if registration is None or not is_told(registration, message):
        return
    person = registration.person
    if person.email is None or not is_in_time(registration.workshop, message, now=clock.now()):
        return
    if message in BY_THE_CLOCK and not is_reachable(person):
        return
    mail = letter_to(registration, message, about=_about(registration, payload)).addressed(
        person.email,
        person.name,
        calendar=_calendar(registration, message),
        attachments=_door_code(registration, message),
    )
    _deliver_to(registration, mail, run=run, kind=f"attendance/{message}")


def _deliver_to(registration: Registration, mail: Mail, *, run: Run, kind: str) -> None:
    """Deliver it; an address that the mail server refuses is marked as one that mail came back
    from."""
    try:
        deliver(mail, run=run, kind=kind, subject_ref=f"registration:{registration.id}")
    except AddressRefused as refused:
        note_bounce(registration.person_id, refused.status, by=SYSTEM, now=clock.now())
        raise


def _about(registration: Registration, payload: Mapping[str, Any]) -> list[Aspect]:
    """What changed, as far as it concerns somebody who takes part in this way."""
    told = payload.get("about", ())
    return [aspect for aspect in Aspect if aspect in told and aspect in _concerns(registration)]


def _concerns(registration: Registration) -> frozenset[Aspect]:
    return CONCERNS[Mode(registration.mode)]


def _load(registration_id: int) -> Registration | None:
    return db.session().scalar(
        sa.select(Registration)
        .where(Registration.id == registration_id)
        .options(joinedload(Registration.person), joinedload(Registration.workshop))
    )


def _calendar(registration: Registration, message: Message) -> tuple[str, bytes] | None:
    method = _method(registration, message)
    if method is None:
        return None
    lang = registration.person.language
    return method, registration_calendar(registration, lang=lang, method=method)


def _method(registration: Registration, message: Message) -> Method | None:
    """Whether an entry is given or taken back; only who has one can lose it."""
    if message in INVITES and registration.status == Status.CONFIRMED:
        return "REQUEST"
    if message in TAKES_BACK and registration.calendar_sequence > 0:
        return "CANCEL"
    return None


def _door_code(registration: Registration, message: Message) -> tuple[Attachment, ...]:
    if _method(registration, message) != "REQUEST" or registration.mode != Mode.IN_PERSON:
        return ()
    picture = door_code_png(registration)
    return (Attachment(f"{registration.code}.png", "image/png", picture),)


@job(ANNOUNCE)
def announce(payload: dict[str, Any], run: Run) -> None:
    """Record a mail to everybody who is expected, all of them or, after a failure, none yet."""
    announce_to(
        list_expected_ids(payload["workshop"]),
        Message(payload["message"]),
        confirm=run.confirm_lease,
        now=clock.now(),
    )


@job(ANNOUNCE_CHANGE)
def announce_change(payload: dict[str, Any], run: Run) -> None:
    """Record a mail to each of those whom a change concerns."""
    announce_to(
        payload["registrations"],
        Message.CHANGED,
        about=[Aspect(aspect) for aspect in payload["about"]],
        confirm=run.confirm_lease,
        now=clock.now(),
    )


@job("attendance.write_timed_letters", every=timedelta(minutes=5))
def write_timed_letters(_payload: dict[str, Any], _run: Run) -> None:
    """Record reminders, joining details and thanks whose time has come, each once."""
    now = clock.now()
    found = [
        (workshop.id, due, feedback_way(workshop, LANGUAGES[0]) is not None)
        for workshop in workshops_by_the_clock(now=now)
        for due in due_letters(workshop, setup_of(workshop.id), now=now)
    ]
    for workshop_id, due, is_feedback_open in found:
        if due.message == Message.THANKS and due.is_patient and not is_feedback_open:
            continue
        record_due_letters(workshop_id, due, now=now)


@job("attendance.erase_due_answers", every=timedelta(hours=12))
def erase_answers(_payload: dict[str, Any], _run: Run) -> None:
    """Erase answers to registration questions that were kept as long as was promised."""
    erase_due_answers(now=clock.now())


@job(SEND_CIRCULAR)
def send_circular(payload: dict[str, Any], run: Run) -> None:
    """Record a letter to each of those whom the organiser chose."""
    chosen = payload["registrations"]
    for start in range(0, len(chosen), CIRCULAR_BATCH):
        run.progress(start, len(chosen), N_("Recording the letters"))
        record_letters(payload["circular"], chosen[start : start + CIRCULAR_BATCH], now=clock.now())


@job(SEND_CIRCULAR_TO, attempts=ATTEMPTS)
def send_circular_to(payload: dict[str, Any], run: Run) -> None:
    """Write the organiser's words to one person, in their language where they are written."""
    registration = _load(payload["registration"])
    circular = db.session().get(Circular, payload["circular"])
    if registration is None or circular is None:
        return
    person = registration.person
    if person.email is None or not is_reachable(person):
        return
    letter = circular_letter(
        registration.workshop,
        subject=circular.subject,
        body=circular.body,
        lang=person.language,
        name=person.name,
    )
    mail = letter.addressed(person.email, person.name)
    _deliver_to(registration, mail, run=run, kind=kind_of(circular.id))


@job(SEND_LINKS, attempts=ATTEMPTS)
def send_links(payload: dict[str, Any], run: Run) -> None:
    """Write to somebody who lost their links."""
    person = db.session().get(Person, payload["person"])
    registrations = list_registrations_of(payload["person"])
    if person is None or person.email is None or not registrations:
        return
    letter = render_mail(
        "attendance/links",
        person.language,
        name=person.name,
        entries=[_entry(registration) for registration in registrations],
    )
    deliver(
        letter.addressed(person.email, person.name),
        run=run,
        kind="attendance/links",
        subject_ref=f"person:{person.id}",
    )


def _entry(registration: Registration) -> Mapping[str, Any]:
    return {"workshop": registration.workshop, "link": private_link(registration)}
