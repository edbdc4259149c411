"""Consents that are taken back: what was published is corrected by itself."""

from collections.abc import Collection, Sequence
from datetime import datetime

from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import Texts
from eventsapp.feedback import service as feedback
from eventsapp.news import queries
from eventsapp.news.models import Article
from eventsapp.news.service.content import locked
from eventsapp.news.service.correcting import republish_redacted
from eventsapp.news.types import LIVE
from eventsapp.photos import queries as photos
from eventsapp.reports.redaction import prose_without, without
from eventsapp.reports.service import redact_report

QUOTE_WITHDRAWN = Texts.of(
    en="A quote was taken out at its author’s wish.",
    fr="Une citation a été retirée à la demande de son auteur.",
    ar="حُذف اقتباس بناءً على رغبة صاحبه.",
)

PHOTO_WITHDRAWN = Texts.of(
    en="A photo was taken out at the wish of somebody it shows.",
    fr="Une photo a été retirée à la demande d’une personne qui y figure.",
    ar="حُذفت صورة بناءً على رغبة شخص يظهر فيها.",
)


@transaction
def withdraw_quotes(code: str, *, by: Actor, now: datetime) -> int:
    """Take back, by the code that its author was given, the consent to quote; gives how many.

    At once and everywhere: drafts no longer have the quote, what was published is corrected, and
    no version of it that is kept has the words any more.
    """
    withdrawn = feedback.withdraw_quotes(code, by=by, now=now)
    for workshop_id in sorted({quote.workshop_id for quote in withdrawn}):
        words = [quote.text for quote in withdrawn if quote.workshop_id == workshop_id]
        was_frozen = redact_report(workshop_id, words, by=by, now=now)
        article = queries.find_of_workshop(workshop_id)
        if article is not None and was_frozen:
            redact_article(locked(article.id), words, (), QUOTE_WITHDRAWN, by=by, now=now)
    return len(withdrawn)


@transaction
def withdraw_photos(*, by: Actor, now: datetime) -> int:
    """Take out of reports and news every photo that shows somebody who no longer agrees to it;
    gives how many. Their files are hidden from readers from the moment consent is taken back.
    """
    found = photos.shown_without_consent()
    for workshop_id in sorted({workshop_id for workshop_id, _key in found}):
        keys = [key for owner, key in found if owner == workshop_id]
        redact_report(workshop_id, (), photos=keys, by=by, now=now)
        article = queries.find_of_workshop(workshop_id)
        if article is not None:
            redact_article(locked(article.id), (), keys, PHOTO_WITHDRAWN, by=by, now=now)
    return len(found)


def redact_article(
    article: Article,
    words: Sequence[str],
    keys: Collection[str],
    note: Texts,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Take words and photos out of an article in work and of every version of it that is kept;
    what readers see is published anew where it had any of them."""
    _redact_writing(article, words)
    was_published = False
    for version in article.versions:
        content = without(version.content, words, keys)
        if (content.get("photo") or {}).get("file_key") in keys:
            content["photo"] = None
        was_published = was_published or content != version.content
        version.content = content
    if was_published and article.status in LIVE:
        republish_redacted(article, note, by=by, now=now)


def _redact_writing(article: Article, words: Collection[str]) -> None:
    """What is in work: saved or only typed, and what was said of it."""
    for text in article.texts:
        for name in ("headline", "standfirst", "body"):
            if getattr(text, name):
                setattr(text, name, prose_without(getattr(text, name), words))
    for typing in queries.list_typing(article.id):
        typing.texts, typing.opened = without(typing.texts, words), without(typing.opened, words)
    for comment in article.comments:
        comment.text = prose_without(comment.text, words)
