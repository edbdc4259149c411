"""Reads of workshops."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload, subqueryload
from sqlalchemy.sql.base import ExecutableOption

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.core.paging import PAGE_SIZE, Page, paginate
from eventsapp.projects.models import Project
from eventsapp.workshops.models import (
    PresentingTeam,
    SessionPresenter,
    TeamMember,
    Topic,
    TopicAlias,
    Workshop,
    WorkshopSeries,
    WorkshopSession,
    workshop_topic,
)
from eventsapp.workshops.types import PUBLIC_STATUSES

_LISTED = (selectinload(Workshop.project),)
# What a subscribed calendar holds: enough to look something up, not the whole history.
FEED_LOOKS_BACK = timedelta(days=400)
MOST_IN_FEED = 500
MOST_IN_SERIES = 100


@dataclass(frozen=True, slots=True)
class WorkshopFilter:
    """What a list of workshops is narrowed to; empty fields do not narrow.

    ``when`` is ``upcoming``, ``past`` or empty; ``words`` are looked for in title and reference;
    ``since`` and ``until`` are days, in UTC, of which the workshop must have one.
    """

    words: str = ""
    country: str = ""
    project: str = ""
    format: str = ""
    status: str = ""
    when: str = ""
    topic: str = ""
    language: str = ""
    series: int | None = None
    since: date | None = None
    until: date | None = None
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
            joinedload(Workshop.project).joinedload(Project.organisation),
            joinedload(Workshop.series),
        )
    )
    if workshop is None:
        raise NotFound
    return workshop


def load_parts(workshop: Workshop) -> None:
    """Everything that the workshop consists of, in a handful of reads."""
    presenters = selectinload(Workshop.sessions).selectinload(WorkshopSession.presenters)
    db.session().scalars(
        sa.select(Workshop)
        .where(Workshop.id == workshop.id)
        .options(
            selectinload(Workshop.objectives),
            selectinload(Workshop.topics),
            selectinload(Workshop.venues),
            selectinload(Workshop.sessions).selectinload(WorkshopSession.venue),
            presenters.joinedload(SessionPresenter.member).joinedload(TeamMember.team),
            selectinload(Workshop.teams).selectinload(PresentingTeam.members),
        )
    ).one()


def list_workshops(
    wanted: WorkshopFilter, *, page: int, now: datetime, size: int = PAGE_SIZE
) -> Page[Workshop]:
    """One page, the next upcoming first where only upcoming ones are wanted, else newest first."""
    return paginate(_listed(wanted, now).options(*_LISTED), page=page, size=size)


def workshops_for_export(
    wanted: WorkshopFilter, *, parts: bool = False, now: datetime
) -> Sequence[Workshop]:
    """Everything that the list shows, with all that a sheet says of it; with the ``parts`` too."""
    # One read each, however many rows: loading in batches of keys would take more and more.
    whole: tuple[ExecutableOption, ...] = (
        joinedload(Workshop.project),
        subqueryload(Workshop.topics),
    )
    if parts:
        whole += _parts()
    return db.session().scalars(_listed(wanted, now).options(*whole)).all()


def _parts() -> tuple[ExecutableOption, ...]:
    sessions, teams = subqueryload(Workshop.sessions), subqueryload(Workshop.teams)
    return (
        subqueryload(Workshop.objectives),
        subqueryload(Workshop.groups),
        subqueryload(Workshop.venues),
        sessions.subqueryload(WorkshopSession.venue),
        sessions.subqueryload(WorkshopSession.presenters).joinedload(SessionPresenter.member),
        teams.subqueryload(PresentingTeam.members),
    )


def workshops_for_feed(wanted: WorkshopFilter, *, now: datetime) -> Sequence[Workshop]:
    """The public workshops of a calendar that somebody subscribed to, those long past left out."""
    recent = Workshop.ends_at >= now - FEED_LOOKS_BACK
    statement = _listed(replace(wanted, public=True), now).where(recent).limit(MOST_IN_FEED)
    return db.session().scalars(statement.options(*_LISTED, selectinload(Workshop.sessions))).all()


def _listed(wanted: WorkshopFilter, now: datetime) -> sa.Select[Workshop]:
    order = Workshop.starts_at if wanted.when == "upcoming" else Workshop.starts_at.desc()
    return sa.select(Workshop).where(*_conditions(wanted, now)).order_by(order, Workshop.id.desc())


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
    found.extend(_kinds(wanted))
    if wanted.when:
        upcoming = Workshop.ends_at >= now
        found.append(upcoming if wanted.when == "upcoming" else sa.not_(upcoming))
    found.extend(_match(word) for word in wanted.words.casefold().split()[:8])
    return found


def _kinds(wanted: WorkshopFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.project:
        yield Workshop.project.has(Project.slug == wanted.project)
    if wanted.topic:
        yield Workshop.topics.any(Topic.slug == wanted.topic)
    if wanted.series:
        yield Workshop.series.has(WorkshopSeries.id == wanted.series)
    if wanted.language:
        # A list of codes in JSON, which has no operator in common on both databases.
        listed = sa.cast(Workshop.languages, sa.Text)
        yield listed.contains(f'"{wanted.language}"', autoescape=True)
    if wanted.since:
        yield Workshop.ends_at >= _midnight(wanted.since)
    if wanted.until:
        yield Workshop.starts_at < _midnight(wanted.until) + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


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


def series_of(workshop: Workshop, *, public: bool = True) -> Sequence[Workshop]:
    """The other workshops of its series, by date; nothing where it is of none."""
    if workshop.series is None:
        return []
    statement = (
        sa.select(Workshop)
        .where(
            Workshop.series.has(WorkshopSeries.id == workshop.series.id), Workshop.id != workshop.id
        )
        .order_by(Workshop.starts_at, Workshop.id)
        .limit(MOST_IN_SERIES)
    )
    if public:
        statement = statement.where(Workshop.status.in_(sorted(PUBLIC_STATUSES)))
    return db.session().scalars(statement).all()


def list_topics() -> Sequence[Topic]:
    return db.session().scalars(sa.select(Topic).order_by(Topic.slug)).all()


def topic_choices(lang: str) -> list[tuple[int, str]]:
    return [(topic.id, topic.name.text(lang)) for topic in list_topics()]


def topics_with(ids: Iterable[int]) -> list[Topic]:
    """Those of the ids that there are."""
    wanted = list(ids)
    if not wanted:
        return []
    found = db.session().scalars(sa.select(Topic).where(Topic.id.in_(wanted)).order_by(Topic.id))
    return list(found)


def find_topic(slug: str) -> Topic | None:
    return db.session().scalar(sa.select(Topic).where(Topic.slug == slug))


def get_topic(topic_id: int) -> Topic:
    """Raises NotFound."""
    return db.get(Topic, topic_id)


def find_renamed_topic(slug: str) -> str:
    """What an old slug became; empty for a topic's own, and for what never was one."""
    return (
        db.session().scalar(
            sa.select(Topic.slug)
            .join(TopicAlias, TopicAlias.topic_id == Topic.id)
            .where(TopicAlias.slug == slug)
        )
        or ""
    )


def count_workshops_about(topic_id: int) -> int:
    return count_by_topic().get(topic_id, 0)


def count_by_topic() -> dict[int, int]:
    topic = workshop_topic.c.topic_id
    rows = db.session().execute(sa.select(topic, sa.func.count()).group_by(topic))
    return {int(topic_id): count for topic_id, count in rows}
