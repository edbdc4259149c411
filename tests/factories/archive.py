"""Thousands of published articles, written straight into the tables: copies of one real one."""

from datetime import timedelta

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.news.models import Article, ArticleTag, ArticleVersion
from tests.factories.news import make_article

COUNTRIES = ("LY", "TN", "EG", "MA", "DZ")
_OWN = frozenset({"id", "slug", "dated", "workshop_id", "report_id", "snapshot_id", "origin"})


def fill_archive(count: int) -> list[str]:
    """So many articles, one a day back from the newest, in five countries; gives their slugs."""
    first = make_article()
    version = first.versions[0]
    shared = {
        column.key: getattr(first, column.key)
        for column in sa.inspect(Article).column_attrs
        if column.key not in _OWN
    }
    slugs = [f"article-{number}" for number in range(1, count)]
    rows = [
        {
            **shared,
            "languages": ["en"],
            "slug": slug,
            "origin": "plain",
            "dated": first.dated - timedelta(days=number % 4_000),
            "search_key": f"number {number}\n{first.search_key}",
        }
        for number, slug in enumerate(slugs, start=1)
    ]
    session = db.session()
    if rows:
        session.execute(sa.insert(Article), rows)
        ids = session.scalars(sa.select(Article.id).where(Article.id != first.id)).all()
        english = {"en": version.content["documents"]["en"]}
        content = version.content | {"snapshot": "", "documents": english}
        at = {
            "number": 1,
            "content": content,
            "note": version.note,
            "published_at": first.changed_at,
        }
        session.execute(sa.insert(ArticleVersion), [at | {"article_id": key} for key in ids])
        tags = [
            {"article_id": key, "kind": "country", "value": COUNTRIES[key % len(COUNTRIES)]}
            for key in ids
        ]
        session.execute(sa.insert(ArticleTag), tags)
    session.commit()
    return [first.slug, *slugs]
