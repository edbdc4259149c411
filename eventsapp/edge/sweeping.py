"""Stored files that no row refers to: found, and removed once they are old enough."""

import logging
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from eventsapp.core import clock, db
from eventsapp.core.db import Base
from eventsapp.edge import storage
from eventsapp.edge.jobs import Run, job

log = logging.getLogger("eventsapp.files")

# A file is stored before the row that refers to it, and a removal may be regretted.
KEPT_UNUSED = timedelta(days=30)
_BATCH = 500


@job("files.sweep", every=timedelta(days=1))
def sweep(_payload: dict[str, Any], _run: Run) -> None:
    """Remove what nobody refers to any more: removed scans, photos and sheets, papers made anew."""
    removed = sweep_files(before=clock.now() - KEPT_UNUSED)
    if removed:
        log.info("files swept", extra={"count": len(removed)})


def sweep_files(*, before: datetime) -> list[str]:
    """Remove the unused files that nobody has put since; gives their keys."""
    return [key for key in find_unused(before=before) if storage.delete_older(key, before)]


def find_unused(*, before: datetime) -> list[str]:
    """Keys of the files older than that which nothing in the database names.

    Every text and every document of every table is looked through, so that a capability that
    keeps a key in a new place loses no file because this module has not heard of it.
    """
    old = sorted(storage.list_older(before))
    if not old:
        return []
    named = {digest for table in Base.metadata.sorted_tables for digest in _named_in(table)}
    return [key for key in old if storage.digest_of(key) not in named]


def _named_in(table: sa.Table) -> set[str]:
    texts = [sa.cast(column, sa.Text) for column in table.columns if _may_hold_keys(column)]
    found: set[str] = set()
    for text in texts:
        rows = db.session().scalars(
            sa.select(text)
            .where(sa.func.length(text) >= storage.DIGEST_LENGTH)
            .execution_options(yield_per=_BATCH)
        )
        for value in rows:
            found |= storage.digests_in(value)
    return found


def _may_hold_keys(column: sa.Column[Any]) -> bool:
    kind = column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type
    return isinstance(kind, sa.String | sa.JSON)
