"""What happens to news in the background: publishing what is due, and telling reviewers."""

from datetime import timedelta
from typing import Any

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import absolute_url, deliver, render_mail
from eventsapp.news import queries, service
from eventsapp.news.models import Article


# Each schedule rings once at its moment; what is missed then is found within minutes.
@job(service.PUBLISH_DUE, every=timedelta(minutes=5))
def publish_due(_payload: dict[str, Any], _run: Run) -> None:
    service.publish_due(by=SYSTEM)


@job("news.withdraw_photos", every=timedelta(minutes=5))
def withdraw_photos(_payload: dict[str, Any], _run: Run) -> None:
    """Consents are given and taken on a floor that knows no news, so they are looked up."""
    service.withdraw_photos(by=SYSTEM, now=clock.now())


@job("news.tell_reviewers")
def tell_reviewers(payload: dict[str, Any], run: Run) -> None:
    """Tell every editor who wrote none of it that an article waits; nobody is told twice."""
    article = db.get(Article, payload["article_id"])
    letters = [
        (
            user.id,
            render_mail(
                "news/review",
                user.lang,
                name=user.name,
                title=article.headline.text(user.lang),
                page=absolute_url("news.article", article_id=article.id),
            ).addressed(user.email, user.name),
        )
        for user in queries.possible_reviewers(article)
    ]
    for user_id, letter in letters:
        deliver(letter, run=run, kind="news/review", subject_ref=f"user:{user_id}")
