"""Reads of delegations."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from eventsapp.attendance.models import Delegation, DelegationMember, Registration
from eventsapp.attendance.types import DelegationNote
from eventsapp.core import db


def delegation_of(registration_id: int) -> DelegationNote | None:
    """Who registered this person, if somebody else did."""
    found = db.session().scalar(
        sa.select(Delegation)
        .join(DelegationMember)
        .where(DelegationMember.registration_id == registration_id)
        .options(joinedload(Delegation.head).joinedload(Registration.person))
    )
    if found is None:
        return None
    return DelegationNote(head=found.head.person.name, institution=found.institution)


def count_led(registration_id: int) -> int:
    """How many colleagues somebody named, those taken back among them."""
    counted = (
        sa.select(sa.func.count())
        .select_from(DelegationMember)
        .join(Delegation)
        .where(Delegation.head_id == registration_id)
    )
    return db.session().scalar(counted) or 0


def delegations_led_by(registration_id: int) -> Sequence[Delegation]:
    """What somebody registered as head of a delegation, with its members."""
    return (
        db.session()
        .scalars(
            sa.select(Delegation)
            .where(Delegation.head_id == registration_id)
            .options(selectinload(Delegation.members).joinedload(DelegationMember.registration))
            .order_by(Delegation.id)
        )
        .all()
    )
