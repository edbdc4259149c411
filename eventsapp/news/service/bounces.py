"""Mail to subscribers that came back: counted, and after a few nothing more is sent there."""

from datetime import datetime

from eventsapp.attendance import service as attendance
from eventsapp.core import audit, db
from eventsapp.core.actor import SYSTEM, Actor
from eventsapp.core.db import transaction
from eventsapp.edge.mail import Bounce, find_logged, note_returned
from eventsapp.news.ledger import check_may_look_after
from eventsapp.news.models import Subscriber, SubscriberMail


@transaction
def record_bounce(bounce: Bounce, *, by: Actor, now: datetime) -> bool:
    """Mark whoever the mail was for: a subscriber, or somebody who takes part in a workshop.

    As there, whether an address was marked; raises NotOurMail.
    """
    logged = find_logged(bounce)
    subscriber = _subscriber_of(logged.subject_ref)
    if subscriber is None:
        return attendance.record_bounce(bounce, by=by, now=now)
    if not bounce.is_final or not note_returned(logged, bounce.status):
        return False
    _count(subscriber, bounce.status, by=by, now=now)
    return True


@transaction
def note_refused(subscriber_id: int, status: str, *, now: datetime) -> None:
    """Count a mail that the mail server did not even take; ``status`` reads ``5.1.1``."""
    subscriber = db.session().get(Subscriber, subscriber_id)
    if subscriber is not None:
        _count(subscriber, status, by=SYSTEM, now=now)


@transaction
def write_again(subscriber_id: int, *, by: Actor, now: datetime) -> Subscriber:
    """Begin anew with an address that mail came back from, because somebody knows it is right."""
    check_may_look_after(by=by)
    subscriber = db.get(Subscriber, subscriber_id)
    forget_bounces(subscriber)
    audit.record("subscriber.written_again", f"subscriber:{subscriber_id}", by=by, now=now)
    return subscriber


def forget_bounces(subscriber: Subscriber) -> None:
    """In a transaction that learns that the address is right."""
    subscriber.bounces, subscriber.bounced_at, subscriber.bounce_status = 0, None, ""


def _count(subscriber: Subscriber, status: str, *, by: Actor, now: datetime) -> None:
    subscriber.bounces += 1
    subscriber.bounced_at, subscriber.bounce_status = now, status
    audit.record(
        "subscriber.mail_bounced",
        f"subscriber:{subscriber.id}",
        by=by,
        now=now,
        detail={"status": status},
    )


def _subscriber_of(subject_ref: str) -> Subscriber | None:
    """Whom a mail was for: its note names a subscriber or a mail to one, never an address."""
    kind, _, number = subject_ref.partition(":")
    if not number.isdecimal():
        return None
    if kind == "subscriber_mail":
        mail = db.session().get(SubscriberMail, int(number))
        return mail.subscriber if mail else None
    return db.session().get(Subscriber, int(number)) if kind == "subscriber" else None
