"""What somebody who works here should look at next."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.news.models import Article
from eventsapp.news.types import LIVE
from eventsapp.projects.models import Project
from eventsapp.reports.models import Report
from eventsapp.reports.types import ReportStatus
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Status

IN_HAND = 10


def workshops_in_hand(actor: Actor, *, now: datetime) -> Sequence[Workshop]:
    """Workshops whose story is not told to its end: an organiser's own, anybody's for others.

    Those nearest to now come first.
    """
    statement = (
        sa.select(Workshop)
        .where(Workshop.status.not_in([Status.CANCELLED]))
        .options(selectinload(Workshop.project))
        .order_by(Workshop.starts_at.desc())
        .limit(IN_HAND)
    )
    if not actor.has(Role.STAFF, Role.EDITOR):
        statement = statement.where(Workshop.owner_id == actor.id)
    found = db.session().scalars(statement).all()
    return sorted(found, key=lambda workshop: abs(workshop.starts_at - now))


def reports_to_review(actor: Actor) -> Sequence[Report]:
    """Reports that wait for somebody else's approval, oldest first."""
    if not actor.has(Role.EDITOR):
        return []
    return (
        db.session()
        .scalars(
            sa.select(Report)
            .where(
                Report.status == ReportStatus.IN_REVIEW,
                sa.or_(Report.author_id.is_(None), Report.author_id != actor.id),
            )
            .options(selectinload(Report.workshop))
            .order_by(Report.submitted_at)
        )
        .all()
    )


def latest_articles(*, limit: int, project: Project | None = None) -> Sequence[Article]:
    """What readers can read now, newest first; of one project where it is given."""
    statement = (
        sa.select(Article)
        .where(Article.status.in_(sorted(LIVE)))
        .options(selectinload(Article.workshop).selectinload(Workshop.project))
        .order_by(Article.dated.desc(), Article.id.desc())
        .limit(limit)
    )
    if project is not None:
        statement = statement.where(Article.workshop.has(Workshop.project_id == project.id))
    return db.session().scalars(statement).all()
