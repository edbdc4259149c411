"""A former site's news: kept for a look, taken in, undone.

It is published as of its own day and told to no channel: its readers know it already.
"""

from datetime import UTC, datetime, time

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.edge import storage
from eventsapp.news import queries, rules
from eventsapp.news.models import Article, ArticleText, PastNewsImport
from eventsapp.news.past import preview_past_news
from eventsapp.news.rules import past
from eventsapp.news.rules.past import PastArticle
from eventsapp.news.service.content import free_slug, note, put
from eventsapp.news.types import ArticleStatus, Origin, TagKind

NOON = time(12, tzinfo=UTC)


@transaction
def keep_past_news(
    data: bytes, *, name: str, lang: str, by: Actor, now: datetime
) -> PastNewsImport:
    """Keep a file for its preview; nothing is published before it is confirmed."""
    rules.check_may_publish(by=by)
    preview_past_news(data, lang=lang, today=now.date())
    kept = PastNewsImport(
        file_key=storage.put(data),
        file_name=storage.file_name(name),
        lang=lang,
        articles=[],
        imported_by=by.id if by.is_signed_in else None,
        created_at=now,
    )
    db.session().add(kept)
    db.session().flush()
    _note("news.past_kept", kept, by=by, now=now)
    return kept


@transaction
def take_in_past_news(import_id: int, *, by: Actor, now: datetime) -> PastNewsImport:
    """Publish every good row under its own date; what is there already stays one.

    Raises PastNewsDone and NothingNew.
    """
    rules.check_may_publish(by=by)
    kept = db.get_locked(PastNewsImport, import_id)
    if kept.status == "confirmed" or queries.is_taken_in(kept.file_key):
        raise past.PastNewsDone
    preview = preview_past_news(storage.read(kept.file_key), lang=kept.lang, today=now.date())
    found = [line.article for line in preview.lines if line.article is not None]
    if not found:
        raise past.NothingNew
    kept.articles = [[_publish(one, by=by, now=now).id, one.original] for one in found]
    kept.status, kept.confirmed_at = "confirmed", now
    _note("news.past_taken_in", kept, by=by, now=now)
    return kept


@transaction
def undo_past_news(import_id: int, *, by: Actor, now: datetime) -> PastNewsImport:
    """Take the articles away again, all or none. Raises PastNewsChanged."""
    rules.check_may_publish(by=by)
    kept = db.get_locked(PastNewsImport, import_id)
    if kept.status != "confirmed":
        raise past.PastNewsNotTaken
    found = queries.articles_with([number for number, _original in kept.articles])
    changed = [article.slug for article in found if _is_changed(article)]
    if changed:
        raise past.PastNewsChanged(names=", ".join(changed[:5]))
    for article in found:
        note(article, "article.removed", by=by, now=now, detail={"slug": article.slug})
        for version in article.versions:
            db.session().delete(version)
        db.session().flush()
        db.session().expire(article, ["versions"])
        db.session().delete(article)
    kept.status, kept.undone_at = "undone", now
    _note("news.past_undone", kept, by=by, now=now)
    return kept


def _publish(one: PastArticle, *, by: Actor, now: datetime) -> Article:
    headline, moment = Texts.of(**{one.lang: one.headline}), datetime.combine(one.dated, NOON)
    article = Article(
        slug=free_slug(headline, f"news-{one.dated.isoformat()}", None),
        origin=Origin.IMPORTED,
        dated=one.dated,
        headline=headline,
        standfirst=NO_TEXT,
        languages=[one.lang],
        original_lang=one.lang,
        author_id=by.id,
        correction=NO_TEXT,
        withdrawal_reason=NO_TEXT,
        published_at=moment,
        created_at=now,
        changed_at=moment,
        status=ArticleStatus.PUBLISHED,
        texts=[
            ArticleText(
                lang=one.lang,
                headline=one.headline,
                standfirst=one.standfirst or None,
                body=one.body,
                changed_at=now,
            )
        ],
    )
    article.tag(TagKind.COUNTRY, one.countries)
    db.session().add(article)
    db.session().flush()
    put(article, NO_TEXT, by=by, now=now)
    note(article, "article.imported", by=by, now=now, detail={"slug": article.slug})
    return article


def _is_changed(article: Article) -> bool:
    return (
        article.origin != Origin.IMPORTED
        or len(article.versions) != 1
        or article.revision is not None
        or article.status != ArticleStatus.PUBLISHED
    )


def _note(action: str, kept: PastNewsImport, *, by: Actor, now: datetime) -> None:
    detail = {"file": kept.file_name, "articles": len(kept.articles)}
    audit.record(action, f"past_news_import:{kept.id}", by=by, now=now, detail=detail)
