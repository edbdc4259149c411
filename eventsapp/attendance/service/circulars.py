"""Writing to a chosen part of the people."""

from datetime import datetime

from eventsapp.attendance.models import Circular
from eventsapp.attendance.queries.circulars import (
    SEND_CIRCULAR,
    SEND_CIRCULAR_TO,
    get_circular,
    list_addressed,
    list_to_send_again,
    unique_key,
)
from eventsapp.attendance.rules import circulars as rules
from eventsapp.attendance.types import CircularDraft
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.edge.jobs import enqueue
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop


@transaction
def write_to_people(
    workshop_id: int,
    draft: CircularDraft,
    *,
    seen: int,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Circular:
    """Send this to the audience of ``seen`` people, each in their language where it is written.

    Raises AudienceChanged when it is another number by now. The log keeps words and choice, never
    who was among them.
    """
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    rules.check_circular(draft)

    def create() -> Circular:
        addressed = [number for number, _lang in list_addressed(workshop_id, draft.audience)]
        rules.check_audience(len(addressed), seen=seen)
        circular = Circular(
            workshop_id=workshop_id,
            subject=draft.subject,
            body=draft.body,
            audience=draft.audience.to_json(),
            recipients=len(addressed),
            written_by=by.id if by.is_signed_in else None,
            written_at=now,
        )
        db.session().add(circular)
        db.session().flush()
        audit.record(
            "workshop.people_written_to",
            f"workshop:{workshop_id}",
            by=by,
            now=now,
            detail={"circular": circular.id, "recipients": len(addressed)},
        )
        enqueue(
            SEND_CIRCULAR,
            {"circular": circular.id, "registrations": addressed},
            now=now,
            subject=f"workshop:{workshop_id}",
            unique_key=unique_key(circular.id),
        )
        return circular

    return once(key, create, Circular, now=now)


@transaction
def record_letters(circular_id: int, registration_ids: list[int], *, now: datetime) -> None:
    """A job for each letter: one that cannot be delivered holds up no other."""
    for registration_id in registration_ids:
        enqueue(
            SEND_CIRCULAR_TO,
            {"circular": circular_id, "registration": registration_id},
            now=now,
            subject=f"registration:{registration_id}",
            unique_key=f"{unique_key(circular_id)}{registration_id}",
        )


@transaction
def send_circular_again(circular_id: int, *, by: Actor, now: datetime) -> int:
    """Send it to those whom it did not reach and whom mail reaches now; how many."""
    circular = get_circular(circular_id)
    check_may_manage(lock_workshop(circular.workshop_id), by=by)
    chosen = list_to_send_again(circular)
    record_letters(circular_id, chosen, now=now)
    audit.record(
        "workshop.people_written_to_again",
        f"workshop:{circular.workshop_id}",
        by=by,
        now=now,
        detail={"circular": circular_id, "recipients": len(chosen)},
    )
    return len(chosen)
