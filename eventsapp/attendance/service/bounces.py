"""Mail that came back marks the address of the person it was for."""

from datetime import datetime

from eventsapp.attendance.models import Registration
from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.mail import Bounce, NotOurMail, find_logged, note_returned
from eventsapp.people.models import Person
from eventsapp.people.queries import find_by_address
from eventsapp.people.rules import email_key
from eventsapp.people.service import note_bounce


@transaction
def record_bounce(bounce: Bounce, *, by: Actor, now: datetime) -> bool:
    """Mark the address that a mail of ours came back from; raises NotOurMail.

    Whether an address was marked: a report that the far end will try again changes nothing, one
    about an address that was corrected meanwhile is only noted beside the mail.
    """
    logged = find_logged(bounce)
    person = _person_of(logged.subject_ref) or find_by_address(bounce.recipient)
    if person is None:
        raise NotOurMail
    if not bounce.is_final:
        return False
    note_returned(logged, bounce.status)
    if _is_former(bounce.recipient, person):
        return False
    note_bounce(person.id, bounce.status, by=by, now=now)
    return True


def _is_former(address: str, person: Person) -> bool:
    """Whether it is one that a person had before: their present one may be right."""
    owner = find_by_address(address)
    return owner is person and email_key(address) != person.email_key


def _person_of(subject_ref: str) -> Person | None:
    """Whom a mail was for: its note names a registration or a person, never an address."""
    kind, _, number = subject_ref.partition(":")
    if not number.isdecimal():
        return None
    if kind == "registration":
        registration = db.session().get(Registration, int(number))
        return registration.person if registration else None
    return db.session().get(Person, int(number)) if kind == "person" else None
