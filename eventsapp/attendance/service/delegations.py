"""Delegations: one participant registers colleagues, sees them and may withdraw them."""

from collections.abc import Sequence
from datetime import datetime

from eventsapp.attendance.models import Delegation, DelegationMember
from eventsapp.attendance.queries import count_led, delegations_led_by
from eventsapp.attendance.rules import delegations as rules
from eventsapp.attendance.rules import registering
from eventsapp.attendance.service.notices import notify
from eventsapp.attendance.service.registering import register_colleague
from eventsapp.attendance.service.seats import leave_seat, lock_registration
from eventsapp.attendance.types import EXPECTED, Message, RegistrationDraft
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound
from eventsapp.core.idempotency import CreationKey, once


@transaction
def register_delegation(
    head_id: int,
    institution: str,
    members: Sequence[RegistrationDraft],
    *,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Delegation:
    """Register colleagues, each with a mail and a page of their own; the head answers for asking.

    Whoever is on the list already stays as they are, and the head is told of them like of the
    others. Raises a refusal that names the row at fault, and then registers nobody.
    """
    head = lock_registration(head_id)

    def create() -> Delegation:
        registering.check_may_act(head, by=by)
        rules.check_delegation(head, institution, members, led=count_led(head_id))
        delegation = Delegation(head_id=head_id, institution=institution.strip(), created_at=now)
        db.session().add(delegation)
        db.session().flush()
        for position, draft in enumerate(members):
            with rules.naming_row(position):
                found = register_colleague(head.workshop, draft, by=by, now=now)
            delegation.members.append(
                DelegationMember(
                    position=position,
                    name=draft.person.name,
                    registration_id=found.id if found else None,
                )
            )
            db.session().flush()
        audit.record(
            "delegation.registered",
            f"registration:{head_id}",
            by=by,
            now=now,
            detail={"delegation": delegation.id, "members": len(members)},
        )
        return delegation

    return once(key, create, Delegation, now=now)


@transaction
def withdraw_member(head_id: int, member_id: int, *, by: Actor, now: datetime) -> DelegationMember:
    """The head takes a colleague back; their seat goes to whoever waits, and they are told."""
    head = lock_registration(head_id)
    registering.check_may_act(head, by=by)
    registering.check_not_over(head.workshop, now=now)
    member = _member_of(head_id, member_id)
    if member.withdrawn_at is not None:
        return member
    member.withdrawn_at = now
    registration = member.registration
    if registration is not None and registration.status in EXPECTED:
        leave_seat(registration, head.workshop, Status.CANCELLED, by=by, now=now)
        notify(registration, Message.CANCELLED, now=now)
    audit.record(
        "delegation.member_withdrawn",
        f"registration:{head_id}",
        by=by,
        now=now,
        detail={"member": member.id},
    )
    return member


def _member_of(head_id: int, member_id: int) -> DelegationMember:
    member = db.session().get(DelegationMember, member_id)
    led = {delegation.id for delegation in delegations_led_by(head_id)}
    if member is None or member.delegation_id not in led:
        raise NotFound
    return member
