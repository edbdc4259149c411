"""How many articles each choice of a filter would leave, and what is near an article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.texts import LANGUAGES
from eventsapp.news.models import Article, ArticleTag
from eventsapp.news.queries.public import (
    WITH_PARTS,
    NewsFilter,
    conditions,
    is_filed_under,
    is_public,
    is_written_in,
)
from eventsapp.news.types import TagKind
from eventsapp.projects.models import Project


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts by what can be chosen, each as if nothing were chosen of its own kind yet."""

    years: Mapping[str, int]
    countries: Mapping[str, int]
    projects: Mapping[str, int]
    topics: Mapping[str, int]
    languages: Mapping[str, int]


def count_facets(wanted: NewsFilter) -> Facets:
    year = sa.extract("year", Article.dated)
    return Facets(
        years=_counts(sa.select(year), replace(wanted, year=None), newest_first=True),
        countries=_tagged(TagKind.COUNTRY, replace(wanted, country="")),
        projects=_counts(
            sa.select(Project.slug).join_from(Article, Project, Article.project_id == Project.id),
            replace(wanted, project=""),
        ),
        topics=_tagged(TagKind.TOPIC, replace(wanted, topic="")),
        languages=_by_language(replace(wanted, lang="")),
    )


def _tagged(kind: TagKind, wanted: NewsFilter) -> dict[str, int]:
    joined = sa.select(ArticleTag.value).join_from(
        Article,
        ArticleTag,
        sa.and_(ArticleTag.article_id == Article.id, ArticleTag.kind == kind),
    )
    return _counts(joined, wanted)


def _counts(
    chosen: sa.Select[Any], wanted: NewsFilter, *, newest_first: bool = False
) -> dict[str, int]:
    column = chosen.selected_columns[0]
    statement = (
        chosen.add_columns(sa.func.count())
        .where(*conditions(wanted))
        .group_by(column)
        .order_by(column.desc() if newest_first else column)
    )
    return {str(value): number for value, number in db.session().execute(statement)}


def _by_language(wanted: NewsFilter) -> dict[str, int]:
    columns = [sa.func.sum(sa.case((is_written_in(lang), 1), else_=0)) for lang in LANGUAGES]
    row = db.session().execute(sa.select(*columns).where(*conditions(wanted))).one()
    found = zip(LANGUAGES, row, strict=True)
    return {lang: int(number) for lang, number in found if number}


def related_articles(article: Article, limit: int) -> Sequence[Article]:
    """The newest others of its project; where those are too few, of its countries."""
    near = [Article.project_id == article.project_id] if article.project_id else []
    near += [is_filed_under(TagKind.COUNTRY, code) for code in article.country_codes]
    found: dict[int, Article] = {}
    for condition in near:
        others = (
            sa.select(Article)
            .where(is_public(), condition, Article.id.not_in([article.id, *found]))
            .options(*WITH_PARTS)
            .order_by(Article.dated.desc(), Article.id.desc())
            .limit(limit - len(found))
        )
        found |= {other.id: other for other in db.session().scalars(others)}
        if len(found) == limit:
            break
    return list(found.values())
