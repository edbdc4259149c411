"""What somebody types is kept before they save it, for themselves alone.

No audit event is written: nothing of the report changes, and a pause in typing is no act.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from eventsapp.core import db, unsaved
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.reports import merging, queries, rules
from eventsapp.reports.models import UnsavedText
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
        "saved_at": now,
    }
    owner = {"workshop_id": workshop.id, "user_id": by.id, "lang": lang}
    kept = unsaved.keep(UnsavedText, owner, values, seen=revision)
    if kept is None:
        raise rules.WrittenElsewhere
    return kept


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
    """Forget what nobody went on with; gives how many texts that were."""
    return unsaved.forget_before(UnsavedText, now - timedelta(days=unsaved.DAYS))
