"""What all public pages of news rest on, as one mark: it changes when any of them may."""

from datetime import datetime
from typing import NamedTuple
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.marks import Mark
from eventsapp.news.models import Article
from eventsapp.news.types import LIVE

_MARK = Mark(
    frozenset(
        {
            "attendance",
            "delegation",
            "feedback",
            "job",
            "jobs",
            "person",
            "registration",
            "report",
            "subscriber",
            "user",
        }
    )
)


class _Span(NamedTuple):
    """From the last embargo that ended to the next one that will, for one state of the data."""

    mark: str
    since: datetime | None
    until: datetime | None

    def holds(self, mark: str, now: datetime) -> bool:
        return (
            mark == self.mark
            and (self.since is None or self.since <= now)
            and (self.until is None or now < self.until)
        )


_spans: WeakKeyDictionary[sa.Engine, _Span] = WeakKeyDictionary()


def public_state(*, now: datetime) -> str:
    """The same text as long as every public page of news is the same.

    Costs one small read; when something was published, or an embargo ended, two more.
    """
    mark, engine = _MARK.read(), db.db.engine
    span = _spans.get(engine)
    if span is None or not span.holds(mark, now):
        span = _spans[engine] = _measure(engine, mark, now)
    return f"{mark} {span.since.isoformat() if span.since else ''}"


def _measure(engine: sa.Engine, mark: str, now: datetime) -> _Span:
    until = Article.embargoed_until
    with engine.connect() as connection:
        since = connection.scalar(sa.select(sa.func.max(until)).where(_IS_LIVE, until <= now))
        ends = connection.scalar(sa.select(sa.func.min(until)).where(_IS_LIVE, until > now))
    return _Span(mark, since, ends)


_IS_LIVE = Article.status.in_(sorted(LIVE))
