"""When an article may become public."""

from datetime import datetime

from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.news.models import Article
from eventsapp.news.types import ArticleStatus


class InThePast(Invalid):
    message = N_("Choose a moment that is still to come.")
    field = "publish_at"


class EmbargoTooLate(Invalid):
    message = N_("The embargo ends only after the moment of publishing. Change one of them.")


class Embargoed(Refused):
    message = N_("The embargo has not ended; nothing of this article may be public before.")


def check_moment(article: Article, publish_at: datetime, *, now: datetime) -> None:
    if publish_at <= now:
        raise InThePast
    if article.embargoed_until is not None and publish_at < article.embargoed_until:
        raise EmbargoTooLate(field="publish_at")


def check_embargo(article: Article, until: datetime | None, *, now: datetime) -> None:
    if until is None:
        return
    if until <= now:
        raise InThePast(field="embargoed_until")
    if article.publish_at is not None and article.publish_at < until:
        raise EmbargoTooLate(field="embargoed_until")


def check_past_embargo(article: Article, *, now: datetime) -> None:
    if article.embargoed_until is not None and now < article.embargoed_until:
        raise Embargoed


def is_due(article: Article, *, now: datetime) -> bool:
    """Whether its moment has come; asked under the article's lock, so that it comes once."""
    return (
        article.status == ArticleStatus.SCHEDULED
        and article.publish_at is not None
        and article.publish_at <= now
    )
