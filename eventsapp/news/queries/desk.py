"""What staff see of news, published or not."""

from collections.abc import Sequence

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.news.models import Article, SlugRedirect
from eventsapp.reports.models import Edition
from eventsapp.reports.types import EditionKind


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
