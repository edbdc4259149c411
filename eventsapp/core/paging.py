"""Pages of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from eventsapp.core import db

PAGE_SIZE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list: page ``number`` (from 1) of ``pages``, out of ``total`` rows."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        return 0 if not self.total else (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0


def paginate(statement: sa.Select[Any], *, page: int, size: int = PAGE_SIZE) -> Page[Any]:
    """One page of the statement's first column; a page past the end is the last one."""
    session = db.session()
    counted = sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())
    total = session.scalar(counted) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    rows = session.scalars(statement.limit(size).offset((number - 1) * size)).all()
    return Page(rows=rows, number=number, pages=pages, total=total)


def paginate_found(statement: sa.Select[Any], *, page: int, size: int = PAGE_SIZE) -> Page[Any]:
    """The same for a search, where to find rows costs more than to count them: both at once."""
    number = max(1, page)
    counted = statement.add_columns(sa.func.count().over())
    rows = db.session().execute(counted.limit(size).offset((number - 1) * size)).all()
    if not rows and number > 1:
        return paginate(statement, page=page, size=size)
    total = rows[0][-1] if rows else 0
    found = [row[0] for row in rows]
    return Page(rows=found, number=number, pages=max(1, -(-total // size)), total=total)
