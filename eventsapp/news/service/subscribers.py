"""Use cases of those who are told of news by mail, and of those who look after them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import VISITOR, Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import N_, Refused
from eventsapp.edge.jobs import enqueue
from eventsapp.news.ledger import check_may_look_after
from eventsapp.news.links import Purpose, find_by_code
from eventsapp.news.models import Subscriber
from eventsapp.news.queries.subscribers import find_subscriber
from eventsapp.news.service.bounces import forget_bounces
from eventsapp.news.service.mailing import begin_mailing

ASK = "news.ask_subscriber"
# Whoever does not confirm is forgotten.
KEEP_UNCONFIRMED = timedelta(days=7)
# Somebody who presses twice, or types another's address again and again, causes one mail.
BETWEEN_QUESTIONS = timedelta(minutes=10)


class CodeNotValid(Refused):
    message = N_("This code is not valid any more. Subscribe again to get a new one.")
    field = "code"
    status = 422


class SubscribedAlready(Refused):
    message = N_("This address is subscribed already.")
    field = "email"


@dataclass(frozen=True, slots=True)
class SubscriberDraft:
    """What somebody wants to hear of; empty lists narrow nothing."""

    email: str
    lang: str
    countries: Sequence[str]
    projects: Sequence[int]


@transaction
def ask_to_subscribe(draft: SubscriberDraft, *, now: datetime) -> None:
    """Note the wish and ask by mail whether it was meant; says nothing of who is subscribed."""
    _ask(draft, by=VISITOR, now=now)


@transaction
def add_subscriber(
    draft: SubscriberDraft, *, has_agreed: bool, by: Actor, now: datetime
) -> Subscriber:
    """Add somebody by hand: they are asked by mail, unless they have agreed in writing."""
    check_may_look_after(by=by)
    found = find_subscriber(draft.email.lower())
    if found is not None and found.confirmed_at is not None:
        raise SubscribedAlready
    subscriber = _ask(draft, by=by, now=now, is_silent=has_agreed)
    if has_agreed:
        _confirm(subscriber, by=by, now=now)
    return subscriber


def _ask(
    draft: SubscriberDraft, *, by: Actor, now: datetime, is_silent: bool = False
) -> Subscriber:
    email = draft.email.lower()
    subscriber = find_subscriber(email)
    is_new = subscriber is None
    if subscriber is None:
        subscriber = Subscriber(
            email=email,
            lang=draft.lang,
            countries=[],
            projects=[],
            nonce=secrets.token_hex(16),
            asked_at=now,
            added_by=by.id,
        )
        db.session().add(subscriber)
    subscriber.pending = {
        "lang": draft.lang,
        "countries": list(draft.countries),
        "projects": list(draft.projects),
    }
    db.session().flush()
    if not is_silent and (is_new or now - subscriber.asked_at >= BETWEEN_QUESTIONS):
        subscriber.asked_at = now
        enqueue(
            ASK,
            {"subscriber": subscriber.id},
            now=now,
            subject=f"subscriber:{subscriber.id}",
            unique_key=f"{ASK}:{subscriber.id}",
        )
    return subscriber


@transaction
def confirm_subscription(code: str, *, now: datetime) -> Subscriber:
    """Begin telling them of news, or tell them of other news than before."""
    subscriber = find_by_code(code, Purpose.CONFIRM)
    if subscriber is None:
        raise CodeNotValid
    _confirm(subscriber, by=VISITOR, now=now)
    return subscriber


def _confirm(subscriber: Subscriber, *, by: Actor, now: datetime) -> None:
    if subscriber.pending:
        subscriber.lang = subscriber.pending["lang"]
        subscriber.countries = subscriber.pending["countries"]
        subscriber.projects = subscriber.pending["projects"]
        subscriber.pending = {}
    subscriber.confirmed_at = subscriber.confirmed_at or now
    # Whoever has the code got the mail.
    forget_bounces(subscriber)
    begin_mailing(now=now)
    _note("confirmed", subscriber.id, by=by, now=now)


@transaction
def leave(code: str, *, now: datetime) -> None:
    """Forget whoever the code names; a second time there is nobody left, which is as good."""
    subscriber = find_by_code(code, Purpose.LEAVE)
    if subscriber is not None:
        _forget(subscriber, by=VISITOR, now=now)


@transaction
def remove_subscriber(subscriber_id: int, *, by: Actor, now: datetime) -> None:
    check_may_look_after(by=by)
    _forget(db.get(Subscriber, subscriber_id), by=by, now=now)


def _forget(subscriber: Subscriber, *, by: Actor, now: datetime) -> None:
    # What they were sent goes with them, by the foreign key.
    db.session().execute(sa.delete(Subscriber).where(Subscriber.id == subscriber.id))
    _note("removed", subscriber.id, by=by, now=now)


@transaction
def forget_unconfirmed(*, now: datetime) -> int:
    """Addresses that never said yes; gives how many."""
    old = sa.and_(Subscriber.confirmed_at.is_(None), Subscriber.asked_at < now - KEEP_UNCONFIRMED)
    gone = db.session().scalars(sa.delete(Subscriber).where(old).returning(Subscriber.id)).all()
    return len(gone)


def _note(what: str, subscriber_id: int, *, by: Actor, now: datetime) -> None:
    """That it happened, and never to which address."""
    audit.record(f"subscriber.{what}", f"subscriber:{subscriber_id}", by=by, now=now)
