"""Reads for sheets of workshops: what their rows refer to, and what became of them."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.db import Base
from eventsapp.projects.models import Project
from eventsapp.workshops.models import Topic, Workshop, WorkshopImport
from eventsapp.workshops.types import ImportStatus, WorkshopDraft

MOST_LISTED = 50


def projects_by_acronym() -> dict[str, int]:
    rows = db.session().execute(sa.select(Project.acronym, Project.id))
    return {acronym.casefold(): number for acronym, number in rows}


def topics_by_name() -> dict[str, int]:
    """By slug, and by its name in each language."""
    found: dict[str, int] = {}
    for topic in db.session().scalars(sa.select(Topic)):
        for name in (topic.slug, *topic.name.by_lang.values()):
            found[name.casefold()] = topic.id
    return found


def find_same(draft: WorkshopDraft) -> str:
    """The reference of a workshop of this project, title and start; empty where there is none."""
    starts_at = draft.starts_at.replace(tzinfo=ZoneInfo(draft.timezone))
    rows = db.session().execute(
        sa.select(Workshop.ref, Workshop.title).where(
            Workshop.project_id == draft.project_id, Workshop.starts_at == starts_at
        )
    )
    return next((ref for ref, title in rows if title.text("en") == draft.title.text("en")), "")


def get_import(import_id: int) -> WorkshopImport:
    return db.get(WorkshopImport, import_id)


def lock_import(import_id: int) -> WorkshopImport:
    """The import as it is now; nobody confirms or undoes this very sheet until the commit.

    Uploaded twice, a sheet is two imports: all of them are held, in one order.
    """
    file_key = get_import(import_id).file_key
    held = db.session().scalars(
        sa.select(WorkshopImport)
        .where(WorkshopImport.file_key == file_key)
        .order_by(WorkshopImport.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return next(kept for kept in held.all() if kept.id == import_id)


def find_confirmed_import(file_key: str) -> WorkshopImport | None:
    return db.session().scalar(
        sa.select(WorkshopImport).where(
            WorkshopImport.file_key == file_key, WorkshopImport.status == ImportStatus.CONFIRMED
        )
    )


def list_imports(actor: Actor) -> Sequence[WorkshopImport]:
    """One's own sheets, the latest first; an administrator sees everybody's."""
    statement = sa.select(WorkshopImport).order_by(WorkshopImport.id.desc()).limit(MOST_LISTED)
    if Role.ADMIN not in actor.roles:
        statement = statement.where(WorkshopImport.imported_by == actor.id)
    return db.session().scalars(statement).all()


def workshops_with(ids: Iterable[int]) -> Sequence[Workshop]:
    return (
        db.session()
        .scalars(sa.select(Workshop).where(Workshop.id.in_(list(ids))).order_by(Workshop.id))
        .all()
    )


def has_dependents(workshop_id: int) -> bool:
    """Whether anything beside its own description points at a workshop, on whatever floor."""
    return any(
        db.session().scalar(sa.select(sa.exists().where(column == workshop_id)))
        for column in _pointing()
    )


def _pointing() -> Iterable[sa.Column[object]]:
    """Columns of the tables that keep a workshop from being deleted."""
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == Workshop.__tablename__ and key.ondelete is None:
                yield key.parent
