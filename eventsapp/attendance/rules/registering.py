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
from eventsapp.workshops.models import Workshop, WorkshopSession
from eventsapp.workshops.rules import MODES_OF, check_may_manage
from eventsapp.workshops.types import Format, Mode
from eventsapp.workshops.types import Status as WorkshopStatus

# No letter or digit that is mistaken for another one when read aloud or in poor light.
LETTERS, DIGITS = "ABCDEFGHJKMNPQRSTVWXYZ", "23456789"
CODE_LENGTH = 6
PARTICIPANT = "participant"
MOST_TRIES = 100
LONGEST_REASON = 1_000

# Every registration begins as requested, so that state may follow itself once.
_ENTRIES = frozenset({Status.INVITED, Status.REQUESTED, Status.CONFIRMED, Status.WAITLISTED})
_EXITS = frozenset({Status.DECLINED, Status.CANCELLED})
NEXT: Mapping[Status, frozenset[Status]] = {
    Status.INVITED: frozenset({Status.CONFIRMED, Status.WAITLISTED}) | _EXITS,
    Status.REQUESTED: _ENTRIES | _EXITS,
    Status.WAITLISTED: frozenset({Status.CONFIRMED}) | _EXITS,
    Status.CONFIRMED: _EXITS,
    Status.DECLINED: _ENTRIES,
    Status.CANCELLED: _ENTRIES,
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


class ReasonTooLong(Invalid):
    message = N_("Use at most %(most)d characters.")
    field = "reason"


class NobodyChosen(Refused):
    message = N_("Choose at least one person of the list.")


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
    if not is_invited(registration):
        raise ChangeNotPossible


def is_invited(registration: Registration) -> bool:
    """Whether an invitation can be answered: one's own no may become a yes."""
    said_no = registration.status == Status.DECLINED and not registration.is_turned_down
    asked = registration.invited_at is not None
    return registration.status == Status.INVITED or (said_no and asked)


def check_may_undo(registration: Registration, *, by: Actor, now: datetime) -> None:
    """Whether a cancellation can be taken back: by its own author, or by the organiser."""
    if not is_undoable(registration, now=now):
        raise ChangeNotPossible
    if is_participant(by) and registration.is_turned_down:
        raise ChangeNotPossible


def is_undoable(registration: Registration, *, now: datetime) -> bool:
    workshop = registration.workshop
    is_live = workshop.status != WorkshopStatus.CANCELLED and now < workshop.ends_at
    return is_live and registration.status == Status.CANCELLED


def check_reason(reason: str) -> None:
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong(most=LONGEST_REASON)


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


def calls_of(registration: Registration) -> list[WorkshopSession]:
    """The sessions with a call of their own, for those whom joining links are for."""
    if not may_join(registration):
        return []
    return [session for session in registration.workshop.sessions if session.join_link]


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
    Message.INVITED_AGAIN: frozenset({Status.INVITED}),
    Message.REQUESTED: frozenset({Status.REQUESTED}),
    Message.CONFIRMED: frozenset({Status.CONFIRMED}),
    Message.WAITLISTED: frozenset({Status.WAITLISTED}),
    Message.PROMOTED: frozenset({Status.CONFIRMED}),
    Message.MODE_CHANGED: frozenset({Status.CONFIRMED, Status.WAITLISTED}),
    Message.DECLINED: frozenset({Status.DECLINED}),
    Message.CANCELLED: frozenset({Status.CANCELLED}),
    Message.REMINDER: frozenset({Status.CONFIRMED}),
    Message.JOINING: frozenset({Status.CONFIRMED}),
    Message.THANKS: frozenset({Status.CONFIRMED}),
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
    if message == Message.JOINING and not may_join(registration):
        return False
    return registration.status in _TRUE_IN[message]


def message_about(registration: Registration) -> Message | None:
    """The mail that tells somebody where they stand."""
    told = {
        Status.INVITED: Message.INVITED,
        Status.REQUESTED: Message.REQUESTED,
        Status.CONFIRMED: Message.CONFIRMED,
        Status.WAITLISTED: Message.WAITLISTED,
    }
    return told.get(Status(registration.status))


def sample_status(message: Message) -> Status:
    """A state in which this mail is true."""
    return next(status for status in Status if status in _TRUE_IN[message])
