"""What somebody types and has not saved is kept for them alone, until they save or drop it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from eventsapp.core import db
from eventsapp.core.db import insert_for

DAYS = 30


class Unsaved:
    """The typing in one language. A table adds what it is about, whose it is, and the version
    that it began from.

    ``texts`` and ``opened``, the fingerprints of what they began from, are by part. ``revision``
    counts the times it was kept, so that two windows of one person cannot overwrite each other.
    """

    lang: Mapped[str]
    texts: Mapped[dict[str, Any]]
    opened: Mapped[dict[str, Any]]
    revision: Mapped[int]
    saved_at: Mapped[datetime]


def keep(
    table: Any, owner: Mapping[str, object], values: Mapping[str, object], *, seen: int
) -> int | None:
    """Keep these values and give their revision; ``seen`` is the last one known (0: none).

    None where another window of the same person kept something else since.
    """
    changed = {**values, "revision": seen + 1}
    if seen == 0:
        begin = insert_for(table).values(**owner, **changed).on_conflict_do_nothing()
        kept = db.session().scalar(begin.returning(table.revision))
    else:
        go_on = sa.update(table).filter_by(**owner, revision=seen).values(**changed)
        kept = db.session().scalar(go_on.returning(table.revision))
    return None if kept is None else int(kept)


def forget_before(table: Any, moment: datetime) -> int:
    """Forget what nobody went on with since then; gives how many texts that were."""
    old = sa.delete(table).where(table.saved_at <= moment)
    return len(db.session().scalars(old.returning(table.revision)).all())
