"""Reviewing: somebody else reads what was written, and approves it or sends it back."""

from datetime import datetime

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.edge.jobs import enqueue
from eventsapp.news import rules
from eventsapp.news.models import Article, ArticleComment
from eventsapp.news.service.content import advance, locked
from eventsapp.news.service.content import note as note_event
from eventsapp.news.types import ArticleStatus
from eventsapp.news.working import checked_documents


@transaction
def submit_article(article_id: int, *, version: int, by: Actor, now: datetime) -> Article:
    """Ask somebody else to approve the text as it is now; they are told by mail."""
    rules.check_may_publish(by=by)
    article = _as_seen(article_id, version)
    rules.check_stage(article, ArticleStatus.DRAFT)
    checked_documents(article, now=now)
    article.author_id, article.submitted_at = by.id, now
    advance(article, ArticleStatus.IN_REVIEW, by=by, now=now)
    subject = f"article:{article.id}"
    enqueue("news.tell_reviewers", {"article_id": article.id}, now=now, subject=subject)
    return article


@transaction
def approve_article(article_id: int, *, version: int, by: Actor, now: datetime) -> Article:
    """Approve the text that was shown; raises Stale when it changed since."""
    article = _as_seen(article_id, version)
    rules.check_may_approve(article, by=by)
    rules.check_stage(article, ArticleStatus.IN_REVIEW)
    article.approved_by = by.id
    advance(article, ArticleStatus.APPROVED, by=by, now=now)
    payload = {"article_id": article.id, "by": by.id}
    enqueue("news.tell_approved", payload, now=now, subject=f"article:{article.id}")
    return article


@transaction
def send_back(article_id: int, reason: str, *, by: Actor, now: datetime) -> Article:
    """Send it back to its author, with the reason."""
    article = locked(article_id)
    rules.check_may_approve(article, by=by)
    rules.check_stage(article, ArticleStatus.IN_REVIEW, ArticleStatus.APPROVED)
    rules.check_words(reason)
    article.approved_by = None
    advance(article, ArticleStatus.DRAFT, by=by, now=now)
    give_words_back(article, reason, by=by, now=now)
    return article


def give_words_back(article: Article, reason: str, *, by: Actor, now: datetime) -> None:
    """Say why the article came back; its authors are told by mail."""
    comment = _say(article, reason, sends_back=True, by=by, now=now)
    payload = {"comment_id": comment.id}
    enqueue("news.tell_sent_back", payload, now=now, subject=f"article:{article.id}")


@transaction
def comment_on(article_id: int, text: str, *, by: Actor, now: datetime) -> ArticleComment:
    rules.check_may_publish(by=by)
    rules.check_words(text)
    article = db.get(Article, article_id)
    comment = _say(article, text, sends_back=False, by=by, now=now)
    note_event(article, "article.commented", by=by, now=now)
    return comment


def _as_seen(article_id: int, version: int) -> Article:
    article = locked(article_id)
    if article.version != version:
        raise Stale
    return article


def _say(
    article: Article, text: str, *, sends_back: bool, by: Actor, now: datetime
) -> ArticleComment:
    comment = ArticleComment(
        article_id=article.id, author_id=by.id, text=text.strip(), sends_back=sends_back, at=now
    )
    db.session().add(comment)
    db.session().flush()
    return comment
