"""Reads of workshops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.core.paging import Page, paginate
from eventsapp.projects.models import Project
from eventsapp.workshops.models import PresentingTeam, Workshop
from eventsapp.workshops.types import PUBLIC_STATUSES

_LISTED = (selectinload(Workshop.project),)


@dataclass(frozen=True, slots=True)
class WorkshopFilter:
    """What a list of workshops is narrowed to; empty fields do not narrow.

    ``when`` is ``upcoming``, ``past`` or empty; ``words`` are looked for in title and reference.
    """

    words: str = ""
    country: str = ""
    project: str = ""
    format: str = ""
    status: str = ""
    when: str = ""
    public: bool = True
    owner_id: int | None = None


def get_workshop(workshop_id: int) -> Workshop:
    return db.get(Workshop, workshop_id)


def get_by_ref(ref: str) -> Workshop:
    """The workshop with this reference, in any letter case; raises NotFound."""
    workshop = db.session().scalar(
        sa.select(Workshop)
        .where(Workshop.ref == ref.upper())
        .options(
            selectinload(Workshop.project),
            selectinload(Workshop.sessions),
            selectinload(Workshop.objectives),
            selectinload(Workshop.groups),
            selectinload(Workshop.teams).selectinload(PresentingTeam.members),
        )
    )
    if workshop is None:
        raise NotFound
    return workshop


def list_workshops(wanted: WorkshopFilter, *, page: int, now: datetime) -> Page[Workshop]:
    """One page, the next upcoming first where only upcoming ones are wanted, else newest first."""
    order = Workshop.starts_at if wanted.when == "upcoming" else Workshop.starts_at.desc()
    statement = (
        sa.select(Workshop)
        .where(*_conditions(wanted, now))
        .options(*_LISTED)
        .order_by(order, Workshop.id.desc())
    )
    return paginate(statement, page=page)


def _conditions(wanted: WorkshopFilter, now: datetime) -> list[sa.ColumnElement[bool]]:
    exact = {
        Workshop.country_code: wanted.country,
        Workshop.format: wanted.format,
        Workshop.status: wanted.status,
        Workshop.owner_id: wanted.owner_id,
    }
    found: list[sa.ColumnElement[bool]] = [
        column == value for column, value in exact.items() if value
    ]
    if wanted.public:
        found.append(Workshop.status.in_(sorted(PUBLIC_STATUSES)))
    if wanted.project:
        found.append(Workshop.project.has(Project.slug == wanted.project))
    if wanted.when:
        upcoming = Workshop.ends_at >= now
        found.append(upcoming if wanted.when == "upcoming" else sa.not_(upcoming))
    found.extend(_match(word) for word in wanted.words.casefold().split()[:8])
    return found


def _match(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(
        Workshop.search_key.contains(word, autoescape=True),
        Workshop.ref.contains(word.upper(), autoescape=True),
    )


def list_countries() -> Sequence[str]:
    """Codes of the countries in which public workshops took or take place."""
    return (
        db.session()
        .scalars(
            sa.select(Workshop.country_code)
            .where(Workshop.country_code != "", Workshop.status.in_(sorted(PUBLIC_STATUSES)))
            .distinct()
            .order_by(Workshop.country_code)
        )
        .all()
    )


def upcoming_workshops(*, now: datetime, limit: int) -> Sequence[Workshop]:
    return list_workshops(WorkshopFilter(when="upcoming"), page=1, now=now).rows[:limit]


def workshops_of(project: Project, *, now: datetime) -> Sequence[Workshop]:
    """The public workshops of a project, newest first."""
    return list_workshops(WorkshopFilter(project=project.slug), page=1, now=now).rows
