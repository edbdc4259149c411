"""Withdrawing: an article goes from every channel, and its address says why."""

from datetime import datetime

from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import Texts
from eventsapp.news import rules
from eventsapp.news.models import Article
from eventsapp.news.service.content import change, locked
from eventsapp.news.types import ArticleStatus
from eventsapp.photos.service import show_to_everybody


@transaction
def withdraw_article(article_id: int, reason: Texts, *, by: Actor, now: datetime) -> Article:
    """Take an article from every channel; its address says why."""
    rules.check_may_publish(by=by)
    rules.check_reason(reason)
    article = locked(article_id)
    rules.check_live(article)
    article.withdrawal_reason, article.withdrawn_at = reason, now
    if article.workshop_id is not None:
        show_to_everybody(article.workshop_id, (), by=by, now=now)
    change(article, ArticleStatus.WITHDRAWN, by=by, now=now)
    return article
