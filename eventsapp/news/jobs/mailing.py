"""Mails to subscribers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from babel.dates import format_date

from eventsapp.core import clock, db
from eventsapp.core.dates import locale_of
from eventsapp.core.texts import direction
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import AddressRefused, absolute_url, deliver, render_mail
from eventsapp.news.links import Purpose, code_of, confirm_link, leave_link, one_click_headers
from eventsapp.news.models import Subscriber, SubscriberMail
from eventsapp.news.service import bounces, mailing, subscribers
from eventsapp.news.types import LIVE
from eventsapp.web.countries import country_name

# Enough for a mail server that is away over a weekend.
ATTEMPTS = 60


@job(subscribers.ASK, attempts=ATTEMPTS)
def ask_subscriber(payload: dict[str, Any], run: Run) -> None:
    """Ask whether they meant it; whoever was forgotten meanwhile is asked nothing."""
    subscriber = db.session().get(Subscriber, payload["subscriber"])
    if subscriber is None or not subscriber.pending or not subscriber.is_reachable:
        return
    lang = subscriber.pending["lang"]
    letter = render_mail(
        "news/confirm",
        lang,
        url=confirm_link(subscriber),
        code=code_of(subscriber, Purpose.CONFIRM),
        page=absolute_url("news.confirm_subscription"),
        days=subscribers.KEEP_UNCONFIRMED.days,
    )
    with _noting_bounces(subscriber):
        deliver(
            letter.addressed(subscriber.email),
            run=run,
            kind="news/confirm",
            subject_ref=f"subscriber:{subscriber.id}",
        )


@job(mailing.MAIL_ARTICLE, attempts=ATTEMPTS)
def mail_article(payload: dict[str, Any], run: Run) -> None:
    """Tell one subscriber of one article, unless it is gone or they are."""
    mail = db.session().get(SubscriberMail, payload["mail"])
    if mail is None or mail.article.status not in LIVE:
        return
    subscriber, article = mail.subscriber, mail.article
    if not subscriber.is_reachable:
        return
    letter = render_mail(
        "news/article",
        subscriber.lang,
        headline=article.headline.text(mail.lang),
        standfirst=article.standfirst.text(mail.lang),
        text_lang=mail.lang,
        text_dir=direction(mail.lang),
        dated=_dated(mail),
        correction=article.correction.text(mail.lang) if mail.correction else "",
        facts=_facts(mail),
        url=absolute_url("news.show", slug=article.slug, lang=mail.lang),
        leave_url=leave_link(subscriber),
    )
    kind = "news/correction" if mail.correction else "news/article"
    with _noting_bounces(subscriber):
        deliver(
            letter.addressed(subscriber.email, headers=one_click_headers(subscriber)),
            run=run,
            kind=kind,
            subject_ref=f"subscriber_mail:{mail.id}",
        )
    mailing.note_mailed(payload["mail"], now=clock.now())


@contextmanager
def _noting_bounces(subscriber: Subscriber) -> Iterator[None]:
    """An address that the mail server refuses at once counts as one that a mail came back from."""
    subscriber_id = subscriber.id
    try:
        yield
    except AddressRefused as refused:
        bounces.note_refused(subscriber_id, refused.status, now=clock.now())
        raise


def _dated(mail: SubscriberMail) -> str:
    locale = locale_of(mail.subscriber.lang)
    return str(format_date(mail.article.dated, format="long", locale=locale))


def _facts(mail: SubscriberMail) -> list[str]:
    """What the article is filed under, in the reader's language."""
    lang = mail.subscriber.lang
    project = [mail.article.project.acronym] if mail.article.project else []
    return [*(country_name(code, lang) for code in mail.article.country_codes), *project]


@job(mailing.MAIL_CORRECTION)
def mail_correction(payload: dict[str, Any], _run: Run) -> None:
    """Record a mail of the correction for whoever got the news."""
    after: int | None = 0
    while after is not None:
        after = mailing.tell_again(
            payload["article"], payload["version"], after=after, now=clock.now()
        )


@job("news.forget_unconfirmed", every=timedelta(days=1))
def forget_unconfirmed(_payload: dict[str, Any], _run: Run) -> None:
    subscribers.forget_unconfirmed(now=clock.now())
