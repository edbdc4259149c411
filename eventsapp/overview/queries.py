"""What somebody who works here should look at next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.projects.models import Contract, Donor
from eventsapp.projects.queries import granted_by
from eventsapp.reports.models import Report
from eventsapp.reports.types import ReportStatus
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Status

IN_HAND = 10


def workshops_in_hand(actor: Actor, *, now: datetime) -> Sequence[Workshop]:
    """Workshops whose story is not told to its end: an organiser's own, anybody's for others.

    Those nearest to now come first.
    """
    statement = (
        sa.select(Workshop)
        .where(Workshop.status.not_in([Status.CANCELLED]))
        .options(selectinload(Workshop.project))
        .order_by(Workshop.starts_at.desc())
        .limit(IN_HAND)
    )
    if not actor.has(Role.STAFF, Role.EDITOR):
        statement = statement.where(Workshop.owner_id == actor.id)
    found = db.session().scalars(statement).all()
    return sorted(found, key=lambda workshop: abs(workshop.starts_at - now))


def reports_to_review(actor: Actor) -> Sequence[Report]:
    """Reports that wait for somebody else's approval, oldest first."""
    if not actor.has(Role.EDITOR):
        return []
    return (
        db.session()
        .scalars(
            sa.select(Report)
            .where(
                Report.status == ReportStatus.IN_REVIEW,
                sa.or_(Report.author_id.is_(None), Report.author_id != actor.id),
            )
            .options(selectinload(Report.workshop))
            .order_by(Report.submitted_at)
        )
        .all()
    )


def funders_by_workshop(
    workshops: Sequence[Workshop], donors: Sequence[Donor]
) -> Mapping[int, Sequence[Donor]]:
    """Which of the project's shown donors fund a workshop, where its contracts name them."""
    granting: dict[int, set[int | None]] = defaultdict(set)
    rows = db.session().execute(
        sa.select(Workshop.id, Contract.donor_id)
        .join(Workshop.contracts)
        .where(
            Workshop.id.in_([workshop.id for workshop in workshops]),
            Contract.project_id == Workshop.project_id,
        )
    )
    for workshop_id, donor_id in rows:
        granting[workshop_id].add(donor_id)
    return {
        workshop_id: granted_by(donors, ids)
        for workshop_id, ids in granting.items()
        if None not in ids
    }
