"""Mail to participants, recorded as jobs beside the change that it tells of."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries.letters import SEND_MESSAGE
from eventsapp.attendance.types import Message
from eventsapp.core import db
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.edge.settings import current_settings
from eventsapp.people.models import Person
from eventsapp.people.queries import find_by_address
from eventsapp.people.rules import email_key
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Aspect

ANNOUNCE = "attendance.announce"
SEND_LINKS = "attendance.send_links"
# The number of no person.
NOBODY = 0


def notify(registration: Registration, message: Message, *, now: datetime) -> None:
    """Tell a participant by mail, where there is an address and the workshop is not over."""
    if registration.person.email is None or now >= registration.workshop.ends_at:
        return
    db.session().flush()
    record_mail(registration.id, message, now=now)


def record_mail(
    registration_id: int, message: Message, *, about: Iterable[Aspect] = (), now: datetime
) -> None:
    """Record one mail to one participant, in the surrounding transaction."""
    enqueue(
        SEND_MESSAGE,
        {"registration": registration_id, "message": message, "about": sorted(about)},
        now=now,
        subject=f"registration:{registration_id}",
    )


def announce(workshop: Workshop, message: Message, *, now: datetime) -> None:
    """Tell everybody who is expected; a job writes the letters, however many there are."""
    enqueue(
        ANNOUNCE,
        {"workshop": workshop.id, "message": message},
        now=now,
        subject=f"workshop:{workshop.id}",
    )


@transaction
def announce_to(
    registration_ids: Iterable[int],
    message: Message,
    *,
    about: Iterable[Aspect] = (),
    confirm: Callable[[], None],
    now: datetime,
) -> None:
    """Record a mail to each; ``confirm`` keeps a run that lost its job from doing it twice."""
    confirm()
    for registration_id in registration_ids:
        record_mail(registration_id, message, about=about, now=now)


@transaction
def request_links(email: str, *, now: datetime) -> None:
    """Mail somebody the links to their registrations; says nothing about whether there are any.

    A job is recorded either way, and finds out itself: neither the answer nor the time it takes
    tells a stranger who is registered. Asked again while the mail still waits, it goes out once.
    """
    person = find_by_address(email)
    secret = current_settings().secret_key.encode()
    asked = hmac.digest(secret, email_key(email).encode(), hashlib.sha256).hex()
    _record_links(person.id if person else NOBODY, unique=asked[:32], now=now)


def send_links_to(person: Person, *, now: datetime) -> None:
    """Mail somebody the links to their registrations, as after their address was corrected."""
    _record_links(person.id, unique=f"person:{person.id}", now=now)


def _record_links(person_id: int, *, unique: str, now: datetime) -> None:
    enqueue(
        SEND_LINKS,
        {"person": person_id},
        now=now,
        subject=f"person:{person_id}",
        unique_key=f"{SEND_LINKS}:{unique}",
    )
