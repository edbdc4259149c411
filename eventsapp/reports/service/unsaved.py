"""What somebody types is kept before they save it, for themselves alone.

No audit event is written: nothing of the report changes, and a pause in typing is no act.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import insert_for, transaction
from eventsapp.reports import merging, queries, rules
from eventsapp.reports.models import UnsavedText
from eventsapp.reports.types import UNSAVED_DAYS
from eventsapp.workshops.models import Workshop


@transaction
def keep_unsaved(
    workshop_id: int,
    lang: str,
    texts: Mapping[str, str],
    *,
    opened: Mapping[str, str],
    version: int,
    revision: int,
    by: Actor,
    now: datetime,
) -> int:
    """Keep what was typed and give its new revision; ``revision`` is the last one seen (0: none).

    Raises WrittenElsewhere where another window of the same person kept something else since.
    """
    rules.check_may_write(by=by)
    workshop = db.get(Workshop, workshop_id)
    typed = merging.changed(texts, opened)
    values = {
        "texts": typed,
        "opened": {key: opened[key] for key in typed if key in opened},
        "report_version": version,
        "revision": revision + 1,
        "saved_at": now,
    }
    owner = {"workshop_id": workshop.id, "user_id": by.id, "lang": lang}
    if not (_begin(owner | values) if revision == 0 else _go_on(owner, values, revision)):
        raise rules.WrittenElsewhere
    return revision + 1


def _begin(values: Mapping[str, object]) -> bool:
    statement = insert_for(UnsavedText).values(**values).on_conflict_do_nothing()
    return db.session().scalar(statement.returning(UnsavedText.id)) is not None


def _go_on(owner: Mapping[str, object], values: Mapping[str, object], revision: int) -> bool:
    statement = sa.update(UnsavedText).filter_by(**owner, revision=revision).values(**values)
    return db.session().scalar(statement.returning(UnsavedText.id)) is not None


@transaction
def discard_unsaved(workshop_id: int, lang: str, *, by: Actor) -> None:
    """Forget what was typed and not saved; the report stays as it was saved."""
    rules.check_may_write(by=by)
    drop_unsaved(workshop_id, lang, by=by)


def drop_unsaved(workshop_id: int, lang: str, *, by: Actor) -> None:
    row = queries.find_unsaved(workshop_id, lang, by=by)
    if row is not None:
        db.session().delete(row)


@transaction
def sweep_unsaved(*, now: datetime) -> int:
    """Forget what nobody went on with for UNSAVED_DAYS days; gives how many texts that were."""
    old = sa.delete(UnsavedText).where(UnsavedText.saved_at <= now - timedelta(days=UNSAVED_DAYS))
    return len(db.session().scalars(old.returning(UnsavedText.id)).all())
