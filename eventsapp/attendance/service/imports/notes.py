"""What the audit chain is told about attendance files."""

from datetime import datetime

from eventsapp.attendance.models import ImportBatch
from eventsapp.core import audit
from eventsapp.core.actor import Actor


def note(action: str, batch: ImportBatch, *, by: Actor, now: datetime) -> None:
    audit.record(
        action,
        f"workshop:{batch.workshop_id}",
        by=by,
        now=now,
        detail={"batch": batch.id, "layout": batch.layout_key},
    )
