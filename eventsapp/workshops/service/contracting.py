"""Under which contracts a workshop is held."""

from collections.abc import Collection
from datetime import datetime

from eventsapp.core import audit
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.projects.queries import list_contracts
from eventsapp.workshops import rules
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service.locking import lock_workshop


@transaction
def assign_contracts(
    workshop_id: int, contract_ids: Collection[int], *, by: Actor, now: datetime
) -> Workshop:
    """Replace the workshop's contracts; those of other projects are left out."""
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    workshop.contracts = [
        row for row in list_contracts(workshop.project_id) if row.id in contract_ids
    ]
    workshop.changed_at = now
    audit.record(
        "workshop.contracts_assigned",
        f"workshop:{workshop.id}",
        by=by,
        now=now,
        detail={"contracts": [row.number for row in workshop.contracts]},
    )
    return workshop
