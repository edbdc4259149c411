"""Who presents which session."""

from collections.abc import Iterable
from datetime import datetime

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.workshops import rules
from eventsapp.workshops.models import SessionPresenter
from eventsapp.workshops.service.describing import new_revision
from eventsapp.workshops.service.locking import lock_workshop
from eventsapp.workshops.types import Presenting


@transaction
def assign_presenters(
    workshop_id: int, presenting: Iterable[Presenting], *, by: Actor, now: datetime
) -> None:
    """Replace who presents what; what does not belong to this workshop is left out."""
    workshop = lock_workshop(workshop_id)
    rules.check_may_manage(workshop, by=by)
    members = {row.id for team in workshop.teams for row in team.members}
    wanted = [one for one in presenting if one.member_id in members]
    for item in workshop.sessions:
        item.presenters.clear()
    # The new rows may have the keys of old ones.
    db.session().flush()
    for item in workshop.sessions:
        chosen = {one.member_id: one.mode for one in wanted if one.session_id == item.id}
        item.presenters = [
            SessionPresenter(member_id=member, mode=mode, position=position)
            for position, (member, mode) in enumerate(chosen.items())
        ]
    workshop.changed_at, workshop.revision = now, new_revision()
    audit.record("workshop.presenters_assigned", f"workshop:{workshop.id}", by=by, now=now)
