"""When something last changed that readers may see, as one small read tells.

Each use case notes what it did in the audit chain, under a lock and as the last thing before it
commits. So the last event of interest is a mark that changes exactly when what it stands for may
have changed, in the order of the commits, whatever the clocks say.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from eventsapp.core.audit import GENESIS, AuditEvent
from eventsapp.core.db import db

# More events than this since the last look are not gone through one by one.
MOST_READ = 500


@dataclass(frozen=True, slots=True)
class _Seen:
    """The end of the chain at the last look, and the mark that stood then."""

    seq: int
    hash: str
    mark: str


_NOTHING = _Seen(0, GENESIS, GENESIS)


class Mark:
    """The hash of the last event that matters.

    ``unseen`` are beginnings of actions that readers see nothing of; whatever else happens moves
    the mark, so that an action nobody thought of here costs work, never a page that is out of date.
    """

    def __init__(self, unseen: frozenset[str]) -> None:
        self._unseen = unseen
        self._seen: WeakKeyDictionary[sa.Engine, _Seen] = WeakKeyDictionary()

    def read(self) -> str:
        """The mark as of now. Looks only at events that came since the last look."""
        engine = db.engine
        seen = self._seen.get(engine, _NOTHING)
        rows = _events_from(engine, seen.seq)
        # Of another history, as after a restore, nothing that was seen holds.
        is_known = seen.seq == 0 or (bool(rows) and rows[0][1] == seen.hash)
        if is_known and len(rows) == (1 if seen.seq else 0):
            return seen.mark
        if is_known and len(rows) <= MOST_READ:
            shown = [hash_ for _seq, hash_, action in rows if self._is_shown(action)]
            mark = shown[-1] if shown and shown[-1] != seen.hash else seen.mark
            fresh = _Seen(rows[-1][0], rows[-1][1], mark)
        else:
            fresh = self._look_back(engine)
        self._seen[engine] = fresh
        return fresh.mark

    def _is_shown(self, action: str) -> bool:
        return action.partition(".")[0] not in self._unseen

    def _look_back(self, engine: sa.Engine) -> _Seen:
        newest = _NOTHING
        events = sa.select(AuditEvent.seq, AuditEvent.hash, AuditEvent.action)
        with engine.connect() as connection:
            backwards = connection.execute(events.order_by(AuditEvent.seq.desc()))
            for row in backwards.yield_per(MOST_READ):
                if newest is _NOTHING:
                    newest = _Seen(row.seq, row.hash, GENESIS)
                if self._is_shown(row.action):
                    return _Seen(newest.seq, newest.hash, row.hash)
        return newest


def _events_from(engine: sa.Engine, seq: int) -> list[tuple[int, str, str]]:
    """Number, hash and action of each event from this number on, with one more than is read.

    Each request of each reader asks this, so it goes to the driver itself: a transaction for one
    read, and a statement that is composed anew, took three times as long as the answer.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(
            "SELECT seq, hash, action FROM audit_event "  # noqa: S608 - of two whole numbers
            f"WHERE seq >= {int(seq)} ORDER BY seq LIMIT {MOST_READ + 1}"
        )
        return list(cursor.fetchall())
    finally:
        connection.close()
