"""How those who present follow a workshop's changes."""

from datetime import datetime

from eventsapp.core.actor import Actor
from eventsapp.workshops.follower import Follower
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules.changes import can_be_news
from eventsapp.workshops.service.presenting import presenters_reached, tell_presenters
from eventsapp.workshops.types import Aspect


def follow(
    workshop: Workshop,
    changed: frozenset[Aspect],
    *,
    tell: bool,
    by: Actor,  # noqa: ARG001 - the contract's shape
    now: datetime,
) -> int:
    if not tell or not can_be_news(workshop, now=now):
        return 0
    return tell_presenters(workshop, changed, now=now)


FOLLOWER = Follower(key="workshops", follow=follow, reach=presenters_reached)
