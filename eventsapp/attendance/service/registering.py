"""New registrations: by oneself, or by the organiser's hand."""

from dataclasses import asdict
from datetime import datetime

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import find_registration, setup_of, taken_codes
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules.roster import roster_keys
from eventsapp.attendance.service.notices import notify
from eventsapp.attendance.service.seats import become, place
from eventsapp.attendance.types import EXPECTED, Message, RegistrationDraft
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.people.models import Person
from eventsapp.people.service import find_or_create_person, record_consents
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop


@transaction
def register_participant(
    workshop_id: int,
    draft: RegistrationDraft,
    *,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Registration:
    """Register somebody at their own wish: confirmed, waitlisted where no seat is left, or
    requested where the organiser decides.

    For an address that is registered already nothing changes and the mail says so: the page must
    look the same, or it would tell strangers who takes part.
    """
    workshop = lock_workshop(workshop_id)

    def create() -> Registration:
        rules.check_may_register(workshop, draft, now=now)
        person = find_or_create_person(draft.person, by=by, now=now)
        known = find_registration(workshop.id, person.id)
        if known is not None and known.status in EXPECTED - {Status.INVITED}:
            notify(known, Message.KNOWN_ALREADY, now=now)
            return known
        record_consents(person.id, draft.consents, by=by, now=now)
        return _take_in(known or _make(workshop, person, now=now), draft, by=by, now=now)

    return once(key, create, Registration, now=now)


def register_colleague(
    workshop: Workshop, draft: RegistrationDraft, *, by: Actor, now: datetime
) -> Registration | None:
    """Register somebody at another participant's wish, with the workshop held.

    None where they are on the list already: they hear of it by mail, whoever asked does not.
    """
    rules.check_may_register(workshop, draft, now=now)
    person = find_or_create_person(draft.person, by=by, now=now)
    known = find_registration(workshop.id, person.id)
    if known is not None and known.status in EXPECTED:
        notify(known, Message.KNOWN_ALREADY, now=now)
        return None
    return _take_in(known or _make(workshop, person, now=now), draft, by=by, now=now)


def _take_in(
    registration: Registration, draft: RegistrationDraft, *, by: Actor, now: datetime
) -> Registration:
    _describe(registration, draft)
    asked_first = _is_asked_first(registration)
    place(registration, registration.workshop, needs_approval=asked_first, by=by, now=now)
    return registration


@transaction
def add_participant(
    workshop_id: int,
    draft: RegistrationDraft,
    *,
    invite: bool,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Registration:
    """Put somebody on the list by hand: invited to answer by mail, or given a place at once.

    An address may be missing (a walk-in), except for an invitation. Raises AlreadyRegistered.
    """
    workshop = lock_workshop(workshop_id)

    def create() -> Registration:
        check_may_manage(workshop, by=by)
        _check_may_be_added(workshop, draft, invite=invite, now=now)
        person = find_or_create_person(draft.person, by=by, now=now)
        known = find_registration(workshop.id, person.id)
        if known is not None and known.status in EXPECTED:
            raise rules.AlreadyRegistered
        registration = known or _make(workshop, person, now=now)
        _describe(registration, draft)
        if invite:
            _invite(registration, by=by, now=now)
        else:
            place(registration, workshop, needs_approval=False, by=by, now=now)
        return registration

    return once(key, create, Registration, now=now)


def invite_person(
    workshop: Workshop,
    draft: RegistrationDraft,
    *,
    codes: set[str],
    by: Actor,
    now: datetime,
) -> None:
    """Invite one of many, with the workshop held; ``codes`` are those taken, and grow."""
    person = find_or_create_person(draft.person, by=by, now=now)
    known = find_registration(workshop.id, person.id)
    registration = known or _make(workshop, person, codes=codes, now=now)
    codes.add(registration.code)
    _describe(registration, draft)
    _invite(registration, by=by, now=now)


def _invite(registration: Registration, *, by: Actor, now: datetime) -> None:
    registration.invited_at = now
    become(registration, Status.INVITED, by=by, now=now, calendar=False)
    notify(registration, Message.INVITED, now=now)


def _is_asked_first(registration: Registration) -> bool:
    """Whether the organiser decides: for everybody, or for this one who was turned down before.

    Somebody invited was chosen already.
    """
    if registration.status == Status.INVITED:
        return False
    return registration.is_turned_down or setup_of(registration.workshop_id).needs_approval


def _check_may_be_added(
    workshop: Workshop, draft: RegistrationDraft, *, invite: bool, now: datetime
) -> None:
    rules.check_not_cancelled(workshop)
    rules.check_fits(workshop, draft)
    if invite:
        rules.check_not_over(workshop, now=now)
        rules.check_has_address(draft)


def _make(
    workshop: Workshop, person: Person, *, codes: set[str] | None = None, now: datetime
) -> Registration:
    """A new row with a code of its own; the workshop is held, so nobody takes the same one."""
    taken = taken_codes(workshop.id) if codes is None else codes
    registration = Registration(
        workshop=workshop,
        person=person,
        status=Status.REQUESTED,
        mode=rules.modes_of(workshop)[0],
        code=rules.make_code(taken),
        calendar_sequence=0,
        queued_at=now,
        created_at=now,
        changed_at=now,
        **asdict(roster_keys(person)),
    )
    db.session().add(registration)
    db.session().flush()
    return registration


def _describe(registration: Registration, draft: RegistrationDraft) -> None:
    registration.mode = draft.mode
    registration.group_id = draft.group_id
    if draft.answers is not None:
        registration.answers = dict(draft.answers)
