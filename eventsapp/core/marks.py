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
        with engine.connect() as connection:
            rows = connection.execute(_SINCE, {"seq": seen.seq}).all()
            # Of another history, as after a restore, nothing that was seen holds.
            is_known = seen.seq == 0 or (bool(rows) and rows[0].hash == seen.hash)
            if is_known and len(rows) == (1 if seen.seq else 0):
                return seen.mark
            if is_known and len(rows) <= MOST_READ:
                shown = [row.hash for row in rows if self._is_shown(row.action)]
                mark = shown[-1] if shown and shown[-1] != seen.hash else seen.mark
                fresh = _Seen(rows[-1].seq, rows[-1].hash, mark)
            else:
                fresh = self._look_back(connection)
        self._seen[engine] = fresh
        return fresh.mark

    def _is_shown(self, action: str) -> bool:
        return action.partition(".")[0] not in self._unseen

    def _look_back(self, connection: sa.Connection) -> _Seen:
        newest = _NOTHING
        for row in connection.execute(_BACKWARDS).yield_per(MOST_READ):
            if newest is _NOTHING:
                newest = _Seen(row.seq, row.hash, GENESIS)
            if self._is_shown(row.action):
                return _Seen(newest.seq, newest.hash, row.hash)
        return newest


_EVENTS = sa.select(AuditEvent.seq, AuditEvent.hash, AuditEvent.action)
_SINCE = (
    _EVENTS.where(AuditEvent.seq >= sa.bindparam("seq"))
    .order_by(AuditEvent.seq)
    .limit(MOST_READ + 1)
)
_BACKWARDS = _EVENTS.order_by(AuditEvent.seq.desc())
