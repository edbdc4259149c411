"""Use cases of those who set up where news is sent."""

from datetime import datetime

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.edge.sealing import seal
from eventsapp.news.ledger import TargetDraft, check_may_look_after, check_may_set_up
from eventsapp.news.models import ChannelTarget, Delivery
from eventsapp.news.queries.deliveries import WAITING
from eventsapp.news.service.deliveries import call_channels, try_again

KEY = "channels"


@transaction
def register_target(
    kind: str,
    draft: TargetDraft,
    *,
    secret: str,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> ChannelTarget:
    """Add a place; it gets what is published from now on, or all there is if the draft says so."""
    check_may_set_up(by=by)
    return once(key, lambda: _register(kind, draft, secret, by=by, now=now), ChannelTarget, now=now)


def _register(
    kind: str, draft: TargetDraft, secret: str, *, by: Actor, now: datetime
) -> ChannelTarget:
    target = ChannelTarget(
        kind=kind,
        secret=seal(KEY, secret) if secret else "",
        covers_since=None if draft.takes_all else now,
        is_active=True,
        is_shut=False,
        error="",
        error_values={},
        created_at=now,
        created_by=by.id,
        changed_at=now,
        **draft.columns(),
    )
    db.session().add(target)
    db.session().flush()
    _note("registered", target, by=by, now=now)
    call_channels(now=now)
    return target


@transaction
def change_target(
    target_id: int,
    draft: TargetDraft,
    *,
    secret: str,
    by: Actor,
    now: datetime,
    version: int | None = None,
) -> ChannelTarget:
    """What is asked of a place, and how we get in; an empty secret leaves the one it has.

    Whatever kept us out is taken as mended, so everything that waits is tried at once. With the
    ``version`` that was shown, raises Stale when somebody else has changed it since.
    """
    check_may_set_up(by=by)
    target = db.get_locked(ChannelTarget, target_id)
    if version not in {None, target.version}:
        raise Stale
    for name, value in draft.columns().items():
        setattr(target, name, value)
    if draft.takes_all:
        target.covers_since = None
    if secret:
        target.secret = seal(KEY, secret)
    _open(target, now=now)
    _note("changed", target, by=by, now=now)
    return target


@transaction
def renew_secret(target_id: int, secret: str, *, by: Actor, now: datetime) -> ChannelTarget:
    check_may_set_up(by=by)
    target = db.get_locked(ChannelTarget, target_id)
    target.secret = seal(KEY, secret)
    _open(target, now=now)
    _note("secret_renewed", target, by=by, now=now)
    return target


@transaction
def switch_target(target_id: int, *, is_active: bool, by: Actor, now: datetime) -> ChannelTarget:
    """Stop or go on sending; what a place has stays there."""
    check_may_set_up(by=by)
    target = db.get_locked(ChannelTarget, target_id)
    target.is_active = is_active
    _open(target, now=now)
    _note("switched_on" if is_active else "switched_off", target, by=by, now=now)
    return target


@transaction
def note_check(target_id: int, *, error: str, values: dict[str, str], now: datetime) -> None:
    """What a test found: a place that lets us in is tried again at once."""
    target = db.get_locked(ChannelTarget, target_id)
    if error:
        target.error, target.error_values = error, values
    else:
        _open(target, now=now)


@transaction
def retry_delivery(delivery_id: int, *, by: Actor, now: datetime) -> Delivery:
    """Try now, whatever happened before."""
    check_may_look_after(by=by)
    delivery = db.get_locked(Delivery, delivery_id)
    if delivery.sent_version != delivery.wanted_version:
        delivery.state, delivery.next_try, delivery.attempts = WAITING, now, 0
        delivery.changed_at = now
        call_channels(now=now)
    return delivery


def _open(target: ChannelTarget, *, now: datetime) -> None:
    target.is_shut, target.error, target.error_values = False, "", {}
    target.quiet_until, target.changed_at = None, now
    try_again(target.id, now=now)
    call_channels(now=now)


def _note(what: str, target: ChannelTarget, *, by: Actor, now: datetime) -> None:
    """What was done, without addresses and secrets."""
    audit.record(
        f"channel.{what}",
        f"channel:{target.id}",
        by=by,
        now=now,
        detail={"kind": target.kind, "name": target.name},
    )
