"""Reads of news."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.core.paging import Page, paginate
from eventsapp.documents import frozen
from eventsapp.documents.blocks import Document
from eventsapp.news.models import Article, ArticleVersion, SlugRedirect
from eventsapp.news.types import LIVE, ArticleStatus
from eventsapp.projects.models import Project
from eventsapp.reports.models import Edition
from eventsapp.reports.types import EditionKind, EditionStatus
from eventsapp.workshops.models import Workshop

_WITH_WORKSHOP = selectinload(Article.workshop).selectinload(Workshop.project)
_VISIBLE = sorted({*LIVE, ArticleStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class NewsFilter:
    """What a list of news is narrowed to; empty fields do not narrow."""

    words: str = ""
    country: str = ""
    project: str = ""
    lang: str = ""
    live: bool = True


def get_by_slug(slug: str) -> Article:
    """What readers may know of at this address or a former one, withdrawn articles too."""
    moved = sa.select(SlugRedirect.article_id).where(SlugRedirect.slug == slug)
    found = db.session().scalar(
        sa.select(Article)
        .where(sa.or_(Article.slug == slug, Article.id.in_(moved)), Article.status.in_(_VISIBLE))
        .options(_WITH_WORKSHOP)
    )
    if found is None:
        raise NotFound
    return found


def files_of(slug: str) -> dict[str, str | None]:
    """The issued PDF of a live article at this very address, by language; None where it is being
    made. Nothing where there is no such article.

    One read of values: a file is asked for more often than it is looked at.
    """
    is_its_edition = sa.and_(
        Edition.snapshot_id == Article.snapshot_id,
        Edition.kind == EditionKind.PUBLIC,
        Edition.status == EditionStatus.READY,
    )
    rows = (
        db.session()
        .execute(
            sa.select(Article.languages, Edition.lang, Edition.file_key)
            .outerjoin(Edition, is_its_edition)
            .where(Article.slug == slug, Article.status.in_(sorted(LIVE)))
        )
        .all()
    )
    keys = {lang: key for _languages, lang, key in rows}
    return {lang: keys.get(lang) for languages, _lang, _key in rows[:1] for lang in languages}


def is_taken(slug: str, *, except_id: int | None = None) -> bool:
    """Whether an address is or was that of another article."""
    now = sa.select(Article.id).where(Article.slug == slug)
    once = sa.select(SlugRedirect.article_id).where(SlugRedirect.slug == slug)
    holders = db.session().scalars(sa.union(now, once)).all()
    return any(holder != except_id for holder in holders)


def find_of_workshop(workshop_id: int) -> Article | None:
    return db.session().scalar(sa.select(Article).where(Article.workshop_id == workshop_id))


def list_articles(wanted: NewsFilter, *, page: int) -> Page[Article]:
    return paginate(_newest(wanted), page=page)


def latest_articles(wanted: NewsFilter, limit: int) -> Sequence[Article]:
    """The newest few, with their workshop and project."""
    return db.session().scalars(_newest(wanted).limit(limit)).all()


def _newest(wanted: NewsFilter) -> sa.Select[Article]:
    return (
        sa.select(Article)
        .where(*_conditions(wanted))
        .options(_WITH_WORKSHOP)
        .order_by(Article.dated.desc(), Article.id.desc())
    )


def _conditions(wanted: NewsFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.live:
        found.append(Article.status.in_(sorted(LIVE)))
    if wanted.country:
        found.append(Article.workshop.has(Workshop.country_code == wanted.country))
    if wanted.project:
        of_project = Workshop.project.has(Project.slug == wanted.project)
        found.append(Article.workshop.has(of_project))
    if wanted.lang:
        # The JSON list as text, which both databases can look into alike.
        found.append(sa.cast(Article.languages, sa.Text).contains(f'"{wanted.lang}"'))
    found.extend(
        Article.search_key.contains(word, autoescape=True)
        for word in wanted.words.casefold().split()[:8]
    )
    return found


def list_countries() -> Sequence[str]:
    """Codes of the countries that published news is from."""
    statement = (
        sa.select(Workshop.country_code)
        .join(Article, Article.workshop_id == Workshop.id)
        .where(Workshop.country_code != "", Article.status.in_(sorted(LIVE)))
        .distinct()
        .order_by(Workshop.country_code)
    )
    return db.session().scalars(statement).all()


def recent_articles(limit: int, wanted: NewsFilter) -> Sequence[Article]:
    """What can be read, the last changed first."""
    return _latest(Article.status.in_(sorted(LIVE)), wanted, limit)


def withdrawn_articles(limit: int, wanted: NewsFilter) -> Sequence[Article]:
    return _latest(Article.status == ArticleStatus.WITHDRAWN, wanted, limit)


def _latest(condition: sa.ColumnElement[bool], wanted: NewsFilter, limit: int) -> Sequence[Article]:
    statement = (
        sa.select(Article)
        .where(condition, *_conditions(replace(wanted, live=False)))
        .options(_WITH_WORKSHOP)
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


def public_editions(snapshot_id: int) -> Sequence[Edition]:
    statement = (
        sa.select(Edition)
        .where(Edition.snapshot_id == snapshot_id, Edition.kind == EditionKind.PUBLIC)
        .order_by(Edition.number, Edition.lang)
    )
    return db.session().scalars(statement).all()
