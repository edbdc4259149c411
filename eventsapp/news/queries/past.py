"""Reads of what was taken in from a former site."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.news.models import Article, PastNewsImport


def past_originals() -> set[str]:
    """Addresses that articles had on the former site."""
    statement = sa.select(PastNewsImport.articles).where(PastNewsImport.status == "confirmed")
    return {
        original
        for kept in db.session().scalars(statement)
        for _number, original in kept
        if original
    }


def known_headlines() -> set[tuple[date, str]]:
    """Date and casefolded headline of every article, in each of its languages."""
    rows = db.session().execute(sa.select(Article.dated, Article.headline))
    return {
        (dated, text.casefold()) for dated, headline in rows for text in headline.by_lang.values()
    }


def list_past_imports() -> Sequence[PastNewsImport]:
    statement = sa.select(PastNewsImport).order_by(PastNewsImport.id.desc()).limit(20)
    return db.session().scalars(statement).all()


def is_taken_in(file_key: str) -> bool:
    statement = sa.select(PastNewsImport.id).where(
        PastNewsImport.file_key == file_key, PastNewsImport.status == "confirmed"
    )
    return db.session().scalar(statement) is not None


def articles_with(ids: Sequence[int]) -> Sequence[Article]:
    statement = sa.select(Article).where(Article.id.in_(list(ids))).order_by(Article.dated.desc())
    return db.session().scalars(statement).all()
