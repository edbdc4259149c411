"""Who may register for what, and which way a registration may go."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from eventsapp.attendance.models import Registration
from eventsapp.attendance.types import EXPECTED, Message, RegistrationDraft
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core.actor import Actor
from eventsapp.core.errors import N_, Forbidden, Invalid, Refused
from eventsapp.people.rules import email_key
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import MODES_OF, check_may_manage
from eventsapp.workshops.types import Format, Mode
from eventsapp.workshops.types import Status as WorkshopStatus

# No letter or digit that is mistaken for another one when read aloud or in poor light.
LETTERS, DIGITS = "ABCDEFGHJKMNPQRSTVWXYZ", "23456789"
CODE_LENGTH = 6
PARTICIPANT = "participant"
MOST_TRIES = 100

NEXT: Mapping[Status, frozenset[Status]] = {
    Status.INVITED: frozenset(
        {Status.CONFIRMED, Status.WAITLISTED, Status.DECLINED, Status.CANCELLED}
    ),
    Status.REQUESTED: frozenset(
        {Status.CONFIRMED, Status.WAITLISTED, Status.DECLINED, Status.CANCELLED}
    ),
    Status.WAITLISTED: frozenset({Status.CONFIRMED, Status.DECLINED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.DECLINED, Status.CANCELLED}),
    Status.DECLINED: frozenset({Status.CONFIRMED, Status.WAITLISTED}),
    Status.CANCELLED: frozenset({Status.CONFIRMED, Status.WAITLISTED}),
}


class RegistrationClosed(Refused):
    message = N_("Registration for this workshop is not open.")


class WorkshopOver(Refused):
    message = N_("This workshop is over.")


class WorkshopCancelled(Refused):
    message = N_("This workshop is cancelled.")


class ModeNotOffered(Invalid):
    message = N_("This workshop is not offered that way. Choose another one.")
    field = "mode"


class UnknownGroup(Invalid):
    message = N_("This group does not belong to the workshop.")
    field = "group_id"


class AddressMissing(Invalid):
    message = N_("Write the e-mail address.")
    field = "email"


class AlreadyRegistered(Refused):
    message = N_("A person with this e-mail address is already on the list.")
    field = "email"


class ModeFull(Refused):
    message = N_("There is no free seat for that. Your present place is kept.")
    field = "mode"


class NoFreeSeat(Refused):
    message = N_("There is no free seat left. Raise the number of seats first.")


class ChangeNotPossible(Refused):
    message = N_("This is not possible any more: the registration has changed meanwhile.")


def check_may_register(workshop: Workshop, draft: RegistrationDraft, *, now: datetime) -> None:
    """Whether somebody may register by themselves, as the draft wants it."""
    if workshop.status != WorkshopStatus.OPEN:
        raise RegistrationClosed
    check_not_over(workshop, now=now)
    check_has_address(draft)
    check_fits(workshop, draft)


def check_has_address(draft: RegistrationDraft) -> None:
    if not email_key(draft.person.email):
        raise AddressMissing


def is_open(workshop: Workshop, *, now: datetime) -> bool:
    return workshop.status == WorkshopStatus.OPEN and now < workshop.ends_at


def check_not_over(workshop: Workshop, *, now: datetime) -> None:
    if now >= workshop.ends_at:
        raise WorkshopOver


def check_not_cancelled(workshop: Workshop) -> None:
    if workshop.status == WorkshopStatus.CANCELLED:
        raise WorkshopCancelled


def check_fits(workshop: Workshop, draft: RegistrationDraft) -> None:
    check_mode(workshop, draft.mode)
    if draft.group_id not in {None, *(group.id for group in workshop.groups)}:
        raise UnknownGroup


def check_mode(workshop: Workshop, mode: Mode) -> None:
    if mode not in modes_of(workshop):
        raise ModeNotOffered


def modes_of(workshop: Workshop) -> list[Mode]:
    """The modes that the workshop's format has, in their order."""
    return [mode for mode in Mode if mode in MODES_OF[Format(workshop.format)]]


def is_participant(by: Actor) -> bool:
    return by.kind == PARTICIPANT


def participant(registration: Registration) -> Actor:
    """Who acts with a private link: the person of this one registration, and nobody else."""
    return Actor(kind=PARTICIPANT, id=registration.id, name=registration.person.name)


def check_may_act(registration: Registration, *, by: Actor) -> None:
    """Participants act for their own registration, organisers for those of their workshops."""
    if is_participant(by):
        if by.id != registration.id:
            raise Forbidden
        return
    check_may_manage(registration.workshop, by=by)


def check_is_invited(registration: Registration) -> None:
    if registration.status != Status.INVITED:
        raise ChangeNotPossible


def check_may_change_mode(registration: Registration, mode: Mode, *, now: datetime) -> None:
    if registration.status not in EXPECTED:
        raise ChangeNotPossible
    check_mode(registration.workshop, mode)
    check_not_cancelled(registration.workshop)
    check_not_over(registration.workshop, now=now)


def check_change(registration: Registration, to: Status) -> None:
    if not may_become(registration, to):
        raise ChangeNotPossible


def may_become(registration: Registration, to: Status) -> bool:
    return to in NEXT[Status(registration.status)]


def seats_left(workshop: Workshop, mode: Mode) -> int:
    if mode == Mode.IN_PERSON:
        return workshop.seats_in_person - workshop.taken_in_person
    return workshop.seats_online - workshop.taken_online


def may_join(registration: Registration) -> bool:
    """Whether the joining link is for this person: it is for confirmed online places only."""
    confirmed = registration.status == Status.CONFIRMED
    cancelled = registration.workshop.status == WorkshopStatus.CANCELLED
    return confirmed and not cancelled and registration.mode == Mode.ONLINE


def make_code(taken: Collection[str]) -> str:
    """A code for the door that is not ``taken``; with a digit, so that it is never a name."""
    for _ in range(MOST_TRIES):
        code = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(CODE_LENGTH))
        if code not in taken and any(char in DIGITS for char in code):
            return code
    raise RuntimeError("no free code was found")


def clean_code(typed: str) -> str:
    """A code as it is kept, however it was typed: ``k7q 4mx`` is ``K7Q4MX``."""
    return "".join(char for char in typed.upper() if char in LETTERS + DIGITS)


def spaced_code(code: str) -> str:
    """A code as people read it: in two halves."""
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}"


# In which states a mail is still true when its turn comes; the others may always be said.
_TRUE_IN: Mapping[Message, frozenset[Status]] = {
    Message.INVITED: frozenset({Status.INVITED}),
    Message.CONFIRMED: frozenset({Status.CONFIRMED}),
    Message.WAITLISTED: frozenset({Status.WAITLISTED}),
    Message.PROMOTED: frozenset({Status.CONFIRMED}),
    Message.MODE_CHANGED: frozenset({Status.CONFIRMED, Status.WAITLISTED}),
    Message.DECLINED: frozenset({Status.DECLINED}),
    Message.CANCELLED: frozenset({Status.CANCELLED}),
    Message.KNOWN_ALREADY: EXPECTED,
    Message.CHANGED: frozenset({Status.CONFIRMED}),
    Message.WORKSHOP_CANCELLED: EXPECTED,
    Message.WORKSHOP_RESTORED: EXPECTED,
}


def is_told(registration: Registration, message: Message) -> bool:
    """Whether a mail still says the truth: things may change while it waits for its turn."""
    is_off = registration.workshop.status == WorkshopStatus.CANCELLED
    if is_off != (message == Message.WORKSHOP_CANCELLED):
        return False
    return registration.status in _TRUE_IN[message]
