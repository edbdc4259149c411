"""Places where news goes, and time that passes for them."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.news.ledger import TargetDraft
from eventsapp.news.models import ChannelTarget, Delivery, Subscriber
from eventsapp.news.service import deliveries, subscribers
from eventsapp.news.service.subscribers import SubscriberDraft
from eventsapp.news.service.targets import register_target
from tests.factories.news import PUBLISHED

EARLIER = PUBLISHED - timedelta(days=1)


def make_target(kind: str, url: str, secret: str, **changes: Any) -> ChannelTarget:
    draft: dict[str, Any] = {
        "name": kind,
        "settings": {"url": url, "user": "editor"},
        "languages": ["en"],
        "countries": [],
        "projects": [],
    }
    return register_target(
        kind, TargetDraft(**draft | changes), secret=secret, by=SYSTEM, now=EARLIER
    )


def make_subscriber(email: str, lang: str = "en", **narrowed: Any) -> Subscriber:
    """Somebody who confirmed a day before everything is published."""
    draft = SubscriberDraft(email, lang, **{"countries": [], "projects": []} | narrowed)
    return subscribers.add_subscriber(draft, has_agreed=True, by=SYSTEM, now=EARLIER)


def work_at(moment: datetime) -> None:
    """What workers do up to then: the minute's look, and every job that is due."""
    with time_machine.travel(moment, tick=False):
        deliveries.see_to_channels(now=moment)
        run_due_jobs()
    db.session().rollback()


def state_of(target: ChannelTarget) -> list[tuple[str, str, int, int | None, str]]:
    """Language, state, wanted and sent version, and error of what a target has."""
    db.session().rollback()
    rows = db.session().query(Delivery).filter_by(target_id=target.id).order_by(Delivery.lang)
    return [(r.lang, r.state, r.wanted_version, r.sent_version, r.error) for r in rows]
