"""Many rows at once, in the order in which they are given."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.db import Base

AT_ONCE = 5_000


def insert_many(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """On tables, not on mapped classes, which would cost more than the rest."""
    insert = sa.insert(cast("sa.Table", table.__table__))
    connection = db.session().connection()
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert, rows[start : start + AT_ONCE])
