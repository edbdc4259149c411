"""Reads of the ledger: what places there are, and what each has."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.core import db
from eventsapp.core.paging import Page, paginate
from eventsapp.news.ledger import Published
from eventsapp.news.models import Article, ArticleTag, ArticleVersion, ChannelTarget, Delivery
from eventsapp.news.queries.public import is_public
from eventsapp.news.types import LIVE, ArticleStatus, Origin, TagKind

_TOLD = sorted({*LIVE, ArticleStatus.WITHDRAWN})
WAITING, DONE, STOPPED = "waiting", "done", "stopped"


def list_targets() -> Sequence[ChannelTarget]:
    statement = sa.select(ChannelTarget).order_by(ChannelTarget.name, ChannelTarget.id)
    return db.session().scalars(statement).all()


def get_target(target_id: int) -> ChannelTarget:
    return db.get(ChannelTarget, target_id)


def published_facts() -> list[Published]:
    """Every article that is or was live, as far as targets decide by it: two reads for all."""
    newest = (
        sa.select(ArticleVersion.article_id, sa.func.max(ArticleVersion.number).label("number"))
        .group_by(ArticleVersion.article_id)
        .subquery()
    )
    rows = db.session().execute(
        sa.select(
            Article.id,
            Article.slug,
            is_public().label("is_live"),
            Article.languages,
            Article.project_id,
            Article.published_at,
            newest.c.number,
        )
        .join(newest, newest.c.article_id == Article.id)
        .where(
            Article.status.in_(_TOLD),
            Article.published_at.is_not(None),
            # Its readers know a former site's news already.
            Article.origin != Origin.IMPORTED,
        )
    )
    countries = _countries()
    return [
        Published(
            article_id=row.id,
            slug=row.slug,
            is_live=row.is_live,
            version=row.number,
            languages=row.languages,
            countries=countries.get(row.id, []),
            project_id=row.project_id,
            published_at=row.published_at,
        )
        for row in rows
    ]


def _countries() -> Mapping[int, list[str]]:
    statement = sa.select(ArticleTag.article_id, ArticleTag.value).where(
        ArticleTag.kind == TagKind.COUNTRY
    )
    found: dict[int, list[str]] = defaultdict(list)
    for article_id, code in db.session().execute(statement):
        found[article_id].append(code)
    return found


def wanted_before(target_id: int) -> dict[tuple[int, str], int]:
    """What was written down as wanted, by article and language."""
    statement = sa.select(Delivery.article_id, Delivery.lang, Delivery.wanted_version).where(
        Delivery.target_id == target_id
    )
    return {
        (row.article_id, row.lang): row.wanted_version for row in db.session().execute(statement)
    }


def due_deliveries(*, now: datetime) -> Sequence[int]:
    """Those that wait for somebody, whose target may be asked now; the longest waiting first."""
    statement = (
        sa.select(Delivery.id)
        .join(ChannelTarget)
        .where(
            Delivery.state == WAITING,
            Delivery.next_try <= now,
            sa.or_(Delivery.lease_until.is_(None), Delivery.lease_until < now),
            ChannelTarget.is_active,
            sa.not_(ChannelTarget.is_shut),
            sa.or_(ChannelTarget.quiet_until.is_(None), ChannelTarget.quiet_until <= now),
        )
        .order_by(Delivery.next_try, Delivery.id)
        .limit(500)
    )
    return db.session().scalars(statement).all()


def list_deliveries(target_id: int, *, state: str, page: int) -> Page[Delivery]:
    """The last changed first, with their articles."""
    narrowed = [Delivery.state == state] if state else []
    return paginate(
        sa.select(Delivery)
        .where(Delivery.target_id == target_id, *narrowed)
        .options(joinedload(Delivery.article))
        .order_by(Delivery.changed_at.desc(), Delivery.id.desc()),
        page=page,
    )


def deliveries_of(article_id: int) -> Sequence[Delivery]:
    """Where an article is, and where it should be."""
    statement = (
        sa.select(Delivery)
        .join(ChannelTarget)
        .where(Delivery.article_id == article_id)
        .options(joinedload(Delivery.target))
        .order_by(ChannelTarget.name, ChannelTarget.id, Delivery.lang)
    )
    return db.session().scalars(statement).all()


def count_by_state() -> dict[int, dict[str, int]]:
    """How many deliveries each target has in each state."""
    statement = sa.select(Delivery.target_id, Delivery.state, sa.func.count()).group_by(
        Delivery.target_id, Delivery.state
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for target_id, state, count in db.session().execute(statement):
        found[target_id][state] = count
    return found
