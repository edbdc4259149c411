"""Reads of who is told of news by mail."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.paging import Page, paginate
from eventsapp.news.models import Article, Subscriber, SubscriberMail
from eventsapp.news.types import MOST_BOUNCES

BATCH = 200


def find_subscriber(email: str) -> Subscriber | None:
    return db.session().scalar(sa.select(Subscriber).where(Subscriber.email == email))


def list_subscribers(words: str, *, page: int) -> Page[Subscriber]:
    narrowed = [Subscriber.email.contains(words.lower(), autoescape=True)] if words else []
    return paginate(sa.select(Subscriber).where(*narrowed).order_by(Subscriber.email), page=page)


def all_confirmed() -> Iterator[Subscriber]:
    """Everybody who is told of news, a few at a time."""
    statement = sa.select(Subscriber).where(Subscriber.confirmed_at.is_not(None))
    yield from db.session().scalars(
        statement.order_by(Subscriber.email).execution_options(yield_per=500)
    )


def count_subscribers() -> tuple[int, int]:
    """How many confirmed and how many were asked and did not."""
    confirmed = sa.func.count(Subscriber.confirmed_at)
    row = db.session().execute(
        sa.select(confirmed, sa.func.count() - confirmed).select_from(Subscriber)
    )
    told, asked = row.one()
    return told, asked


def count_unreachable() -> int:
    """Addresses that are not written to any more, because mail came back."""
    statement = sa.select(sa.func.count()).where(Subscriber.bounces >= MOST_BOUNCES)
    return db.session().scalar(statement) or 0


def count_by_language() -> list[tuple[str, int]]:
    statement = (
        sa.select(Subscriber.lang, sa.func.count())
        .where(Subscriber.confirmed_at.is_not(None))
        .group_by(Subscriber.lang)
        .order_by(Subscriber.lang)
    )
    return [(lang, count) for lang, count in db.session().execute(statement)]


def readers_in(article: Article, lang: str, *, after: int) -> Sequence[Subscriber]:
    """Who is told of the article in this language, from those with a higher number than ``after``.

    Only who confirmed before it was published. Whoever reads a language that the article has not
    is told in its first one.
    """
    in_this = Subscriber.lang == lang
    if lang == article.languages[0]:
        in_this = sa.or_(in_this, Subscriber.lang.not_in(article.languages))
    statement = (
        sa.select(Subscriber)
        .where(
            Subscriber.id > after,
            Subscriber.confirmed_at.is_not(None),
            Subscriber.confirmed_at <= article.published_at,
            Subscriber.bounces < MOST_BOUNCES,
            in_this,
        )
        .order_by(Subscriber.id)
        .limit(BATCH)
    )
    return db.session().scalars(statement).all()


def told_of(article_id: int, *, after: int) -> Sequence[SubscriberMail]:
    """The mails of the news itself, a batch after the one with this number."""
    statement = (
        sa.select(SubscriberMail)
        .where(
            SubscriberMail.article_id == article_id,
            SubscriberMail.correction == 0,
            SubscriberMail.id > after,
        )
        .order_by(SubscriberMail.id)
        .limit(BATCH)
    )
    return db.session().scalars(statement).all()


def count_mails(article_id: int) -> dict[int, tuple[int, int]]:
    """How many mails were made of an article and how many went out, by what they correct."""
    statement = (
        sa.select(SubscriberMail.correction, sa.func.count(), sa.func.count(SubscriberMail.sent_at))
        .where(SubscriberMail.article_id == article_id)
        .group_by(SubscriberMail.correction)
    )
    return {number: (made, sent) for number, made, sent in db.session().execute(statement)}
