"""Withdrawing: an article goes from every channel, and its address says why."""

from datetime import datetime

from eventsapp.core.actor import Actor, Role
from eventsapp.core.db import transaction
from eventsapp.core.errors import Forbidden
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.edge.jobs import enqueue
from eventsapp.news import rules
from eventsapp.news.models import Article
from eventsapp.news.service.content import change, hide_photos, locked, note, show_photos
from eventsapp.news.types import ArticleStatus


@transaction
def withdraw_article(article_id: int, reason: Texts, *, by: Actor, now: datetime) -> Article:
    """Take an article from every channel; its address says why."""
    rules.check_may_publish(by=by)
    rules.check_reason(reason)
    return _withdraw(article_id, reason, by=by, now=now)


@transaction
def take_down(article_id: int, reason: Texts, *, by: Actor, now: datetime) -> Article:
    """Withdraw at once, alone, what must not stand a minute longer; another editor looks at it
    afterwards, and confirms it or puts the article back."""
    if not by.has(Role.EDITOR):
        raise Forbidden
    rules.check_reason(reason)
    article = _withdraw(article_id, reason, by=by, now=now)
    article.taken_down_by = by.id
    note(article, "article.taken_down", by=by, now=now)
    payload = {"article_id": article.id, "by": by.id}
    enqueue("news.tell_taken_down", payload, now=now, subject=f"article:{article.id}")
    return article


def _withdraw(article_id: int, reason: Texts, *, by: Actor, now: datetime) -> Article:
    article = locked(article_id)
    rules.check_live(article)
    article.withdrawal_reason, article.withdrawn_at = reason, now
    hide_photos(article, by=by, now=now)
    change(article, ArticleStatus.WITHDRAWN, by=by, now=now)
    return article


@transaction
def confirm_takedown(article_id: int, *, by: Actor, now: datetime) -> Article:
    """Somebody else agrees: it stays withdrawn."""
    article = locked(article_id)
    rules.check_may_review_takedown(article, by=by)
    article.taken_down_by = None
    note(article, "article.takedown_confirmed", by=by, now=now)
    return article


@transaction
def restore_article(article_id: int, *, by: Actor, now: datetime) -> Article:
    """Somebody else does not agree: the article is public again, as it was."""
    article = locked(article_id)
    rules.check_may_review_takedown(article, by=by)
    article.taken_down_by = None
    article.withdrawal_reason, article.withdrawn_at = NO_TEXT, None
    show_photos(article, by=by, now=now)
    was = ArticleStatus.CORRECTED if article.correction else ArticleStatus.PUBLISHED
    change(article, was, by=by, now=now)
    note(article, "article.restored", by=by, now=now)
    return article
