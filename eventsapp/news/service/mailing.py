"""Telling subscribers of an article: a row a person first, so that each is told once."""

from datetime import datetime

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import N_, Refused
from eventsapp.edge.jobs import enqueue
from eventsapp.news.ledger import check_may_look_after
from eventsapp.news.models import Article, ChannelTarget, Subscriber, SubscriberMail
from eventsapp.news.queries.subscribers import readers_in, told_of
from eventsapp.news.types import LIVE, ArticleStatus, Origin

MAIL_ARTICLE = "news.mail_article"
MAIL_CORRECTION = "news.mail_correction"


# The key of the channel whose one target is all subscribers.
MAIL = "mail"


class NothingCorrected(Refused):
    message = N_("There is no correction that subscribers could be told of.")


def begin_mailing(*, now: datetime) -> None:
    """In a transaction that confirms a subscriber: from the first one on, news is mailed."""
    db.session().execute(
        db.insert_for(ChannelTarget)
        .values(
            kind=MAIL,
            name="",
            settings={},
            secret="",
            languages=[],
            countries=[],
            projects=[],
            covers_since=now,
            is_active=True,
            is_shut=False,
            error="",
            error_values={},
            created_at=now,
            changed_at=now,
            version=1,
        )
        .on_conflict_do_nothing()
    )


@transaction
def tell_readers(article_id: int, lang: str, *, after: int, now: datetime) -> int | None:
    """Record a mail to each of the next few readers of this language who have none yet.

    Gives where to go on, or None when all were told. What was brought over from a former site is
    no news to anybody.
    """
    article = db.get(Article, article_id)
    if article.status not in LIVE or article.origin == Origin.IMPORTED:
        return None
    readers = readers_in(article, lang, after=after)
    for reader in readers:
        if _wants(reader, article):
            _record(reader.id, article.id, lang, 0, now)
    return readers[-1].id if readers else None


def _wants(reader: Subscriber, article: Article) -> bool:
    if reader.projects and article.project_id not in reader.projects:
        return False
    return not reader.countries or bool(set(reader.countries) & set(article.country_codes))


def _record(subscriber_id: int, article_id: int, lang: str, correction: int, now: datetime) -> None:
    statement = (
        db.insert_for(SubscriberMail)
        .values(
            subscriber_id=subscriber_id,
            article_id=article_id,
            correction=correction,
            lang=lang,
            made_at=now,
        )
        .on_conflict_do_nothing(index_elements=["subscriber_id", "article_id", "correction"])
        .returning(SubscriberMail.id)
    )
    mail_id = db.session().scalar(statement)
    if mail_id is not None:
        enqueue(MAIL_ARTICLE, {"mail": mail_id}, now=now, subject=f"subscriber_mail:{mail_id}")


@transaction
def tell_of_correction(article_id: int, *, by: Actor, now: datetime) -> Article:
    """Mail the last correction to whoever was mailed the article.

    Only when somebody decides so: most corrections are worth no mail.
    """
    check_may_look_after(by=by)
    article = db.get(Article, article_id)
    if article.status != ArticleStatus.CORRECTED:
        raise NothingCorrected
    number = max(version.number for version in article.versions)
    enqueue(
        MAIL_CORRECTION,
        {"article": article.id, "version": number},
        now=now,
        subject=f"article:{article.id}",
        unique_key=f"{MAIL_CORRECTION}:{article.id}:{number}",
    )
    audit.record(
        "article.correction_mailed",
        f"article:{article.id}",
        by=by,
        now=now,
        detail={"version": number},
    )
    return article


@transaction
def tell_again(article_id: int, version: int, *, after: int, now: datetime) -> int | None:
    """Record a mail of the correction to the next few who got the news; as ``tell_readers``."""
    told = told_of(article_id, after=after)
    for mail in told:
        _record(mail.subscriber_id, article_id, mail.lang, version, now)
    return told[-1].id if told else None


@transaction
def note_mailed(mail_id: int, *, now: datetime) -> None:
    mail = db.session().get(SubscriberMail, mail_id)
    if mail is not None:
        mail.sent_at = now
