"""Correcting: a newer version in place of what was published, with a word on what changed."""

from datetime import datetime

from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import Texts
from eventsapp.news import rules
from eventsapp.news.models import Article, ArticleVersion
from eventsapp.news.service.content import change, locked, put, show_photos
from eventsapp.news.types import ArticleStatus


@transaction
def correct_article(article_id: int, note: Texts, *, by: Actor, now: datetime) -> Article:
    """Publish the newest approved report and wording in place of what was published, and say
    what changed. Raises NotApproved where somebody's new words wait for a second person."""
    rules.check_may_publish(by=by)
    rules.check_note(note)
    article = locked(article_id)
    rules.check_live(article)
    rules.check_approved(article)
    republish(article, note, by=by, now=now)
    return article


def republish(article: Article, note: Texts, *, by: Actor, now: datetime) -> None:
    """The next version of what readers see, under the article's lock."""
    article.correction = note
    put(article, note, by=by, now=now)
    change(article, ArticleStatus.CORRECTED, by=by, now=now)


def republish_redacted(article: Article, note: Texts, *, by: Actor, now: datetime) -> None:
    """What readers see once more, now that something was taken out of it: words in work, which
    nobody has approved, stay where they are."""
    if article.revision is None:
        republish(article, note, by=by, now=now)
        return
    article.correction = note
    article.versions.append(
        ArticleVersion(
            number=len(article.versions) + 1,
            content=article.versions[-1].content,
            note=note,
            published_at=now,
            published_by=by.id,
        )
    )
    show_photos(article, by=by, now=now)
    change(article, ArticleStatus.CORRECTED, by=by, now=now)
