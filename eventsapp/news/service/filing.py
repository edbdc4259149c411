"""What articles are filed under, when that itself changes."""

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.db import transaction
from eventsapp.news.models import ArticleTag
from eventsapp.news.types import TagKind


@transaction
def move_topic(old: str, new: str) -> None:
    """File under one topic what was filed under another; what is under both stays there once."""
    is_old = sa.and_(ArticleTag.kind == TagKind.TOPIC, ArticleTag.value == old)
    under_both = sa.select(ArticleTag.article_id).where(
        ArticleTag.kind == TagKind.TOPIC, ArticleTag.value == new
    )
    session = db.session()
    session.execute(
        sa.delete(ArticleTag)
        .where(is_old, ArticleTag.article_id.in_(under_both))
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.update(ArticleTag)
        .where(is_old)
        .values(value=new)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
