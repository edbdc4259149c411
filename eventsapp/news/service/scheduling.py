"""Scheduling and embargo: when an article becomes public, and before when it never does."""

from datetime import datetime

from eventsapp.core import clock
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Refused
from eventsapp.edge.jobs import enqueue
from eventsapp.edge.settings import today
from eventsapp.news import queries, rules
from eventsapp.news.models import Article
from eventsapp.news.service.content import change, locked, note
from eventsapp.news.service.publishing import make_public
from eventsapp.news.service.reviewing import give_words_back
from eventsapp.news.types import ArticleStatus
from eventsapp.news.working import checked_documents

PUBLISH_DUE = "news.publish_due"


@transaction
def schedule_article(article_id: int, publish_at: datetime, *, by: Actor, now: datetime) -> Article:
    """Have it published at this moment; raises what would keep it from being published now."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    if not rules.is_unpublished(article) or article.status == ArticleStatus.IN_REVIEW:
        raise rules.WrongState
    rules.check_approved(article)
    rules.check_moment(article, publish_at, now=now)
    checked_documents(article, now=now)
    article.publish_at = publish_at
    change(article, ArticleStatus.SCHEDULED, by=by, now=now)
    subject = f"article:{article.id}"
    enqueue(PUBLISH_DUE, {}, now=now, subject=subject, not_before=publish_at)
    return article


@transaction
def cancel_schedule(article_id: int, *, by: Actor, now: datetime) -> Article:
    """It waits again, as it was before it was scheduled."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    rules.check_stage(article, ArticleStatus.SCHEDULED)
    change(article, before_schedule(article), by=by, now=now)
    article.publish_at = None
    return article


@transaction
def set_embargo(article_id: int, until: datetime | None, *, by: Actor, now: datetime) -> Article:
    """Let nothing of it be public before this moment, whoever presses what; None lifts it."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    if not rules.is_unpublished(article):
        raise rules.WrongState
    rules.check_embargo(article, until, now=now)
    was, article.embargoed_until = article.embargoed_until, until
    detail = {"from": _said(was), "to": _said(until)}
    note(article, "article.embargoed", by=by, now=now, detail=detail)
    return article


def publish_due(*, by: Actor) -> int:
    """Publish everything whose moment has come, each in a transaction of its own; gives how many.

    Safe to run twice and side by side: whoever comes second finds it published. What cannot be
    published goes back to its editors with the reason.
    """
    published = 0
    for article_id in queries.due_ids(now=clock.now()):
        try:
            published += publish_if_due(article_id, by=by)
        except Refused as refused:
            give_back(article_id, str(refused), by=by, now=clock.now())
    return published


@transaction
def publish_if_due(article_id: int, *, by: Actor) -> bool:
    article = locked(article_id)
    # Read under the lock: the clock may have been set back since the list was made.
    now = clock.now()
    if not rules.is_due(article, now=now):
        return False
    dated = today(now=now)
    make_public(article, dated, by=by, now=now)
    return True


@transaction
def give_back(article_id: int, reason: str, *, by: Actor, now: datetime) -> None:
    article = locked(article_id)
    if article.status != ArticleStatus.SCHEDULED:
        return
    change(article, before_schedule(article), by=by, now=now)
    article.publish_at = None
    give_words_back(article, reason, by=by, now=now)


def before_schedule(article: Article) -> ArticleStatus:
    return ArticleStatus.APPROVED if article.approved_by else ArticleStatus.DRAFT


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
