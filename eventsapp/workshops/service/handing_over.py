"""Giving a workshop into a colleague's hands."""

from datetime import datetime

from eventsapp.accounts.queries import get_user
from eventsapp.core import audit
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.workshops import rules
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service.locking import lock_workshop

TELL_NEW_OWNER = "workshops.tell_new_owner"


@transaction
def hand_over_workshop(workshop_id: int, user_id: int, *, by: Actor, now: datetime) -> Workshop:
    """Make a colleague its organiser; they are told by mail, and who hands over lets go of it."""
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    colleague = get_user(user_id)
    rules.check_may_take_over(colleague, workshop)
    was, workshop.owner_id = workshop.owner_id, colleague.id
    workshop.changed_at = now
    audit.record(
        "workshop.handed_over",
        f"workshop:{workshop.id}",
        by=by,
        now=now,
        detail={"from": was, "to": colleague.id},
    )
    enqueue(
        TELL_NEW_OWNER,
        {"workshop": workshop.id, "user": colleague.id},
        now=now,
        subject=f"workshop:{workshop.id}",
    )
    return workshop
