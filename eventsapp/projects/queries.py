"""Reads of projects."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.projects.models import Donor, Organisation, Project, ProjectDonor

_WHOLE = (
    selectinload(Project.organisation),
    selectinload(Project.donations)
    .selectinload(ProjectDonor.donor)
    .selectinload(Donor.represented_by),
)


def get_by_slug(slug: str) -> Project:
    """The project at this address; raises NotFound."""
    project = db.session().scalar(sa.select(Project).where(Project.slug == slug).options(*_WHOLE))
    if project is None:
        raise NotFound
    return project


def list_projects() -> Sequence[Project]:
    return db.session().scalars(sa.select(Project).options(*_WHOLE).order_by(Project.acronym)).all()


def project_choices(lang: str) -> list[tuple[int, str]]:
    """Projects to choose from: id, and acronym with name."""
    return [(row.id, _titled(row, lang)) for row in _named_projects()]


def project_slugs(lang: str) -> list[tuple[str, str]]:
    return [(row.slug, _titled(row, lang)) for row in _named_projects()]


def _named_projects() -> Sequence[Project]:
    """For their names alone: filters stand on public pages, which need no donors."""
    return db.session().scalars(sa.select(Project).order_by(Project.acronym)).all()


def _titled(row: Project, lang: str) -> str:
    return f"{row.acronym} – {row.name.text(lang)}"


def list_organisations() -> Sequence[Organisation]:
    return db.session().scalars(sa.select(Organisation).order_by(Organisation.id)).all()


def list_donors() -> Sequence[Donor]:
    return (
        db.session()
        .scalars(sa.select(Donor).options(selectinload(Donor.represented_by)).order_by(Donor.id))
        .all()
    )
