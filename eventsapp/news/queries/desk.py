"""What staff see of news, published or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.accounts.models import User
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.paging import Page, paginate
from eventsapp.news.models import (
    Article,
    ArticlePhoto,
    ArticleText,
    SlugRedirect,
    UnsavedArticleText,
)
from eventsapp.news.queries.public import WITH_PARTS
from eventsapp.news.rules import authors_of, outdated_languages
from eventsapp.news.types import ArticleStatus
from eventsapp.reports.models import Edition
from eventsapp.reports.queries import list_editors
from eventsapp.reports.types import EditionKind

MOST_WAITING = 100


def is_taken(slug: str, *, except_id: int | None = None) -> bool:
    """Whether an address is or was that of another article."""
    now = sa.select(Article.id).where(Article.slug == slug)
    once = sa.select(SlugRedirect.article_id).where(SlugRedirect.slug == slug)
    holders = db.session().scalars(sa.union(now, once)).all()
    return any(holder != except_id for holder in holders)


def find_of_workshop(workshop_id: int) -> Article | None:
    return db.session().scalar(sa.select(Article).where(Article.workshop_id == workshop_id))


def public_editions(snapshot_id: int) -> Sequence[Edition]:
    statement = (
        sa.select(Edition)
        .where(Edition.snapshot_id == snapshot_id, Edition.kind == EditionKind.PUBLIC)
        .order_by(Edition.number, Edition.lang)
    )
    return db.session().scalars(statement).all()


def due_ids(*, now: datetime) -> Sequence[int]:
    """Scheduled articles whose moment has come, the longest overdue first."""
    statement = (
        sa.select(Article.id)
        .where(Article.status == ArticleStatus.SCHEDULED, Article.publish_at <= now)
        .order_by(Article.publish_at, Article.id)
    )
    return db.session().scalars(statement).all()


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What the list of all news is narrowed to; empty fields do not narrow."""

    words: str = ""
    state: ArticleStatus | None = None


def desk_articles(wanted: DeskFilter, *, page: int) -> Page[Article]:
    """Every article, the last changed first; a state is also that of a version in work."""
    statement = (
        sa.select(Article)
        .where(*(Article.search_key.contains(word, autoescape=True) for word in _words(wanted)))
        .options(*WITH_PARTS)
        .order_by(Article.changed_at.desc(), Article.id.desc())
    )
    if wanted.state is not None:
        is_in_state = sa.or_(Article.status == wanted.state, Article.revision == wanted.state)
        statement = statement.where(is_in_state)
    return paginate(statement, page=page)


def _words(wanted: DeskFilter) -> list[str]:
    return wanted.words.casefold().split()[:8]


def get_article(article_id: int) -> Article:
    """Whatever its state, for those who write news; raises NotFound."""
    return db.get(Article, article_id)


def find_typing(article_id: int, lang: str, *, by: Actor) -> UnsavedArticleText | None:
    """What this person typed into the article's text of this language and has not saved."""
    own = sa.select(UnsavedArticleText).filter_by(article_id=article_id, user_id=by.id, lang=lang)
    return db.session().scalar(own)


def list_typing(article_id: int) -> Sequence[UnsavedArticleText]:
    """Everybody's, in every language."""
    every = sa.select(UnsavedArticleText).filter_by(article_id=article_id)
    return db.session().scalars(every).all()


def keeps_photo(key: str) -> bool:
    """Whether it is a file of an article's own photo, in work or published."""
    in_work = sa.select(ArticlePhoto.article_id).where(
        sa.or_(ArticlePhoto.file_key == key, ArticlePhoto.master_key == key)
    )
    shown = sa.select(Article.id).where(Article.shown_photo == key)
    return db.session().execute(sa.union(in_work, shown)).first() is not None


def to_review(actor: Actor) -> list[Article]:
    """What waits for this person's approval, oldest first."""
    if not actor.has(Role.EDITOR):
        return []
    waiting = _staged(ArticleStatus.IN_REVIEW, Article.submitted_at)
    return [article for article in waiting if actor.id not in authors_of(article)]


def sent_back_to(actor: Actor) -> list[Article]:
    """Drafts of this person's that an editor sent back, and that were not sent again since."""
    return [
        article
        for article in _staged(ArticleStatus.DRAFT, Article.changed_at)
        if article.author_id == actor.id and any(one.sends_back for one in article.comments[-1:])
    ]


def _staged(stage: ArticleStatus, order: Any) -> Sequence[Article]:
    """Articles whose next version is at this stage."""
    return _all(sa.or_(Article.status == stage, Article.revision == stage), order)


def scheduled_articles() -> Sequence[Article]:
    """The next one first."""
    return _all(Article.status == ArticleStatus.SCHEDULED, Article.publish_at)


def embargoed_articles(*, now: datetime) -> Sequence[Article]:
    return _all(Article.embargoed_until > now, Article.embargoed_until)


def takedowns_to_review() -> Sequence[Article]:
    """What was taken down at once and nobody else has looked at yet, the longest first."""
    return _all(Article.taken_down_by.is_not(None), Article.withdrawn_at)


def takedowns_waiting_for(actor: Actor) -> list[Article]:
    """Those that this person may look at."""
    if not actor.has(Role.EDITOR):
        return []
    return [one for one in takedowns_to_review() if one.taken_down_by != actor.id]


def with_outdated_translations() -> list[tuple[Article, list[str]]]:
    """Articles in work or public whose translations are older than their original."""
    original = sa.and_(
        ArticleText.lang == Article.original_lang,
        sa.or_(
            ArticleText.headline.is_not(None),
            ArticleText.standfirst.is_not(None),
            ArticleText.body.is_not(None),
        ),
    )
    written = sa.and_(Article.texts.any(original), Article.status != ArticleStatus.WITHDRAWN)
    found = ((article, outdated_of(article)) for article in _all(written, Article.id.desc()))
    return [(article, langs) for article, langs in found if langs]


def outdated_of(article: Article) -> list[str]:
    """Its translations that are older than what the original says now."""
    languages = {*article.languages, *(text.lang for text in article.texts)}
    return sorted(outdated_languages(article.texts, article.original_lang, languages))


def _all(condition: sa.ColumnElement[bool], order: Any) -> Sequence[Article]:
    statement = (
        sa.select(Article)
        .where(condition)
        .options(selectinload(Article.texts), selectinload(Article.comments), *WITH_PARTS)
        .order_by(order, Article.id)
        .limit(MOST_WAITING)
    )
    return db.session().scalars(statement).all()


def authors_to_tell(article: Article, *, except_id: int | None) -> list[User]:
    """Who wrote any of it and still works here, without the one who knows already."""
    wanted = [user_id for user_id in authors_of(article) if user_id != except_id]
    statement = sa.select(User).where(User.id.in_(wanted), User.active).order_by(User.id)
    return list(db.session().scalars(statement))


def possible_reviewers(article: Article) -> list[User]:
    """Editors who wrote none of it, also those who have not chosen a password yet."""
    authors = authors_of(article)
    return [user for user in list_editors() if user.id not in authors]
