"""What readers may see of news: the one condition for it, and every read that asks it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.core import clock, db
from eventsapp.core.db import UTCDateTime
from eventsapp.core.errors import NotFound
from eventsapp.core.paging import PAGE_SIZE, Page, paginate
from eventsapp.documents import frozen
from eventsapp.documents.blocks import Document
from eventsapp.news.models import Article, ArticleTag, ArticleVersion, SlugRedirect
from eventsapp.news.types import LIVE, ArticleStatus, TagKind
from eventsapp.projects.models import Project
from eventsapp.reports.models import Edition
from eventsapp.reports.types import EditionKind, EditionStatus
from eventsapp.workshops.models import Workshop

# What a list, a page and a feed name of an article beside its text.
WITH_PARTS = (
    selectinload(Article.workshop).selectinload(Workshop.project),
    selectinload(Article.project),
)


def is_public() -> sa.ColumnElement[bool]:
    """Whether anybody may read an article now: the one condition that every reader asks.

    The clock is read whenever it is asked, so that no caller can forget the embargo.
    """
    return sa.and_(Article.status.in_(sorted(LIVE)), _is_past_embargo())


def is_known() -> sa.ColumnElement[bool]:
    """Whether anybody may learn that there is an article: a withdrawn one says why it went."""
    known = sorted({*LIVE, ArticleStatus.WITHDRAWN})
    return sa.and_(Article.status.in_(known), _is_past_embargo())


def _is_past_embargo() -> sa.ColumnElement[bool]:
    until = Article.embargoed_until
    now: sa.BindParameter[datetime] = sa.bindparam(None, callable_=clock.now, type_=UTCDateTime)
    return sa.or_(until.is_(None), until <= now)


def is_filed_under(kind: TagKind, value: str) -> sa.ColumnElement[bool]:
    return Article.tags.any(sa.and_(ArticleTag.kind == kind, ArticleTag.value == value))


def is_written_in(lang: str) -> sa.ColumnElement[bool]:
    # The JSON list as text, which both databases can look into alike.
    return sa.cast(Article.languages, sa.Text).contains(f'"{lang}"', autoescape=True)


@dataclass(frozen=True, slots=True)
class NewsFilter:
    """What a list of news is narrowed to; empty fields do not narrow."""

    words: str = ""
    country: str = ""
    project: str = ""
    topic: str = ""
    lang: str = ""
    year: int | None = None
    live: bool = True


def get_by_slug(slug: str) -> Article:
    """What readers may know of at this address or a former one, withdrawn articles too."""
    moved = sa.select(SlugRedirect.article_id).where(SlugRedirect.slug == slug)
    found = db.session().scalar(
        sa.select(Article)
        .where(sa.or_(Article.slug == slug, Article.id.in_(moved)), is_known())
        .options(*WITH_PARTS)
    )
    if found is None:
        raise NotFound
    return found


def find_public_of(workshop_id: int) -> Article | None:
    """What readers may see of a workshop's news."""
    own = sa.select(Article).where(Article.workshop_id == workshop_id, is_public())
    return db.session().scalar(own)


def shows_photo(key: str) -> bool:
    """Whether an article that everybody may read has this file as its own photo."""
    found = sa.select(Article.id).where(Article.shown_photo == key, is_public()).limit(1)
    return db.session().scalar(found) is not None


def files_of(slug: str) -> dict[str, str | None]:
    """The issued PDF of a live article at this very address, by language; None where it is being
    made. Nothing where there is no such article.

    One read of values: a file is asked for more often than it is looked at.
    """
    rows = db.session().connection().execute(_FILES, {"slug": slug}).all()
    keys = {lang: key for _languages, lang, key in rows}
    return {lang: keys.get(lang) for languages, _lang, _key in rows[:1] for lang in languages}


# Built once: that took longer than asking it.
_FILES = (
    sa.select(Article.languages, Edition.lang, Edition.file_key)
    .outerjoin(
        Edition,
        sa.and_(
            Edition.snapshot_id == Article.snapshot_id,
            Edition.kind == EditionKind.PUBLIC,
            Edition.status == EditionStatus.READY,
        ),
    )
    .where(Article.slug == sa.bindparam("slug"), is_public())
)


def list_articles(wanted: NewsFilter, *, page: int, size: int = PAGE_SIZE) -> Page[Article]:
    return paginate(_newest(wanted), page=page, size=size)


def latest_articles(wanted: NewsFilter, limit: int) -> Sequence[Article]:
    """The newest few, with their workshop and project."""
    return db.session().scalars(_newest(wanted).limit(limit)).all()


def _newest(wanted: NewsFilter) -> sa.Select[Article]:
    return (
        sa.select(Article)
        .where(*conditions(wanted))
        .options(*WITH_PARTS)
        .order_by(Article.dated.desc(), Article.id.desc())
    )


def conditions(wanted: NewsFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.live:
        found.append(is_public())
    if wanted.country:
        found.append(is_filed_under(TagKind.COUNTRY, wanted.country))
    if wanted.topic:
        found.append(is_filed_under(TagKind.TOPIC, wanted.topic))
    if wanted.project:
        found.append(Article.project.has(Project.slug == wanted.project))
    if wanted.lang:
        found.append(is_written_in(wanted.lang))
    if wanted.year:
        found.append(Article.dated.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    found.extend(
        Article.search_key.contains(word, autoescape=True)
        for word in wanted.words.casefold().split()[:8]
    )
    return found


def list_countries() -> Sequence[str]:
    """Codes of the countries that published news is from."""
    return _list_tags(TagKind.COUNTRY)


def list_topics() -> Sequence[str]:
    """Slugs of the topics that published news is about."""
    return _list_tags(TagKind.TOPIC)


def _list_tags(kind: TagKind) -> Sequence[str]:
    statement = (
        sa.select(ArticleTag.value)
        .join(Article, Article.id == ArticleTag.article_id)
        .where(ArticleTag.kind == kind, is_public())
        .distinct()
        .order_by(ArticleTag.value)
    )
    return db.session().scalars(statement).all()


def recent_articles(limit: int, wanted: NewsFilter) -> Sequence[Article]:
    """What can be read, the last changed first."""
    return _latest(is_public(), wanted, limit)


def part_of_articles(number: int, size: int) -> Sequence[Article]:
    """What can be read, in parts of ``size`` that are as they were when more is published."""
    statement = (
        sa.select(Article)
        .where(is_public())
        .options(*WITH_PARTS)
        .order_by(Article.id)
        .offset((number - 1) * size)
        .limit(size)
    )
    return db.session().scalars(statement).all()


def changes_of_parts(size: int) -> list[datetime]:
    """When each part of what can be read was last changed, or left its embargo."""
    place = sa.func.row_number().over(order_by=Article.id) - 1
    numbered = (
        sa.select(
            (place // size).label("part"),
            Article.changed_at,
            sa.func.coalesce(Article.embargoed_until, Article.changed_at).label("open_since"),
        )
        .where(is_public())
        .subquery()
    )
    statement = (
        sa.select(sa.func.max(numbered.c.changed_at), sa.func.max(numbered.c.open_since))
        .group_by(numbered.c.part)
        .order_by(numbered.c.part)
    )
    return [max(changed, opened) for changed, opened in db.session().execute(statement)]


def withdrawn_articles(limit: int, wanted: NewsFilter) -> Sequence[Article]:
    gone = sa.and_(Article.status == ArticleStatus.WITHDRAWN, is_known())
    return _latest(gone, wanted, limit)


def _latest(condition: sa.ColumnElement[bool], wanted: NewsFilter, limit: int) -> Sequence[Article]:
    statement = (
        sa.select(Article)
        .where(condition, *conditions(replace(wanted, live=False)))
        .options(*WITH_PARTS)
        .order_by(Article.changed_at.desc(), Article.id.desc())
        .limit(limit)
    )
    return db.session().scalars(statement).all()


def newest_versions(articles: Sequence[Article]) -> dict[int, ArticleVersion]:
    """What was published last of each, by the article's id; the older ones are left where they
    are."""
    ids = [article.id for article in articles]
    newest = (
        sa.select(ArticleVersion.article_id, sa.func.max(ArticleVersion.number).label("number"))
        .where(ArticleVersion.article_id.in_(ids))
        .group_by(ArticleVersion.article_id)
        .subquery()
    )
    statement = sa.select(ArticleVersion).join(
        newest,
        sa.and_(
            ArticleVersion.article_id == newest.c.article_id,
            ArticleVersion.number == newest.c.number,
        ),
    )
    return {version.article_id: version for version in db.session().scalars(statement)}


def document_of(version: ArticleVersion, lang: str) -> Document:
    """What was published in this language, as it was then."""
    return frozen.from_json(version.content["documents"][lang])


def outdated_in(version: ArticleVersion) -> frozenset[str]:
    """Translations in this version that were older than their original when it was published."""
    return frozenset(version.content.get("outdated", ()))
