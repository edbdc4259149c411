"""What happens to news in the background: publishing what is due, and telling reviewers."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from eventsapp.accounts.models import User
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import absolute_url, deliver, render_mail
from eventsapp.news import queries, service
from eventsapp.news.models import Article, ArticleComment
from eventsapp.reports.queries import list_editors


# Each schedule rings once at its moment; what is missed then is found within minutes.
@job(service.PUBLISH_DUE, every=timedelta(minutes=5))
def publish_due(_payload: dict[str, Any], _run: Run) -> None:
    service.publish_due(by=SYSTEM)


@job("news.withdraw_photos", every=timedelta(minutes=5))
def withdraw_photos(_payload: dict[str, Any], _run: Run) -> None:
    """Consents are given and taken on a floor that knows no news, so they are looked up."""
    service.withdraw_photos(by=SYSTEM, now=clock.now())


@job("news.sweep_typing", every=timedelta(hours=12))
def sweep_typing(_payload: dict[str, Any], _run: Run) -> None:
    """Nobody's typing is kept for ever."""
    service.sweep_typing(now=clock.now())


@job("news.tell_reviewers")
def tell_reviewers(payload: dict[str, Any], run: Run) -> None:
    """Tell every editor who wrote none of it that an article waits; nobody is told twice."""
    article = db.get(Article, payload["article_id"])
    _tell("news/review", article, queries.possible_reviewers(article), run=run)


@job("news.tell_sent_back")
def tell_sent_back(payload: dict[str, Any], run: Run) -> None:
    """Tell who wrote it that it came back, and why."""
    comment = db.get(ArticleComment, payload["comment_id"])
    article = db.get(Article, comment.article_id)
    authors = queries.authors_to_tell(article, except_id=comment.author_id)
    words = Texts.of(**{article.original_lang: comment.text})
    _tell("news/sent_back", article, authors, page="news.write", words=words, run=run)


@job("news.tell_approved")
def tell_approved(payload: dict[str, Any], run: Run) -> None:
    article = db.get(Article, payload["article_id"])
    authors = queries.authors_to_tell(article, except_id=payload["by"])
    _tell("news/approved", article, authors, run=run)


@job("news.tell_taken_down")
def tell_taken_down(payload: dict[str, Any], run: Run) -> None:
    """Tell who wrote it, and ask every other editor to look at it."""
    article, by = db.get(Article, payload["article_id"]), payload["by"]
    authors = queries.authors_to_tell(article, except_id=by)
    editors = [user for user in list_editors() if user.id != by and user not in authors]
    reason = article.withdrawal_reason
    _tell("news/taken_down", article, authors, words=reason, run=run)
    _tell("news/takedown", article, editors, words=reason, run=run)


def _tell(
    kind: str,
    article: Article,
    users: Iterable[User],
    *,
    run: Run,
    page: str = "news.article",
    words: Texts = NO_TEXT,
) -> None:
    """The same to each of them, in their own language."""
    address = absolute_url(page, article_id=article.id)
    letters = [
        (
            user.id,
            render_mail(
                kind,
                user.lang,
                name=user.name,
                title=article.headline.text(user.lang),
                words=words.text(user.lang),
                page=address,
            ).addressed(user.email, user.name),
        )
        for user in users
    ]
    for user_id, letter in letters:
        deliver(letter, run=run, kind=kind, subject_ref=f"user:{user_id}")
