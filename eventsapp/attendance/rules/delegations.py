"""Who may register colleagues, how many, and which row is at fault."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from eventsapp.attendance.models import Registration
from eventsapp.attendance.types import REGISTERED, RegistrationDraft
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.people.rules import email_key

MOST_MEMBERS = 30


class NotRegistered(Refused):
    message = N_("Register yourself first; then you can register colleagues.")


class MembersMissing(Invalid):
    message = N_("Name at least one colleague.")
    field = "members"


class TooManyMembers(Invalid):
    message = N_("You can register at most %(most)d colleagues. Ask the organiser about more.")
    field = "members"


class InstitutionMissing(Invalid):
    message = N_("Name the institution.")
    field = "institution"


class NamedTwice(Invalid):
    message = N_("Each colleague needs an address of their own.")


def check_delegation(
    head: Registration, institution: str, members: Sequence[RegistrationDraft], *, led: int
) -> None:
    """``led`` colleagues were registered by the same head before."""
    if not may_lead(head, led=led):
        raise NotRegistered
    if not institution.strip():
        raise InstitutionMissing
    if not members:
        raise MembersMissing
    if led + len(members) > MOST_MEMBERS:
        raise TooManyMembers(most=MOST_MEMBERS)
    _check_addresses(head, members)


def may_lead(head: Registration, *, led: int) -> bool:
    """Somebody who registered, and who has colleagues here even where they do not come themselves;
    nobody whom the organiser turned down."""
    if head.status in REGISTERED:
        return True
    return led > 0 and head.status == Status.CANCELLED and not head.is_turned_down


def _check_addresses(head: Registration, members: Sequence[RegistrationDraft]) -> None:
    seen = {head.person.email_key}
    for position, draft in enumerate(members):
        key = email_key(draft.person.email)
        if key and key in seen:
            raise NamedTwice(field=f"members-{position}-email")
        seen.add(key)


@contextmanager
def naming_row(position: int) -> Iterator[None]:
    """A refusal about one colleague belongs to a field of their row."""
    try:
        yield
    except Refused as refused:
        if refused.field:
            refused.field = f"members-{position}-{refused.field}"
        raise
