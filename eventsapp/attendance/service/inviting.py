"""Inviting many people at once."""

from collections.abc import Sequence
from datetime import datetime

from eventsapp.attendance.queries import address_keys_of, taken_codes
from eventsapp.attendance.rules import inviting as rules
from eventsapp.attendance.rules import registering
from eventsapp.attendance.rules.inviting import Guest
from eventsapp.attendance.service.registering import invite_person
from eventsapp.attendance.types import RegistrationDraft
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.people.types import PersonDraft
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop
from eventsapp.workshops.types import Mode


@transaction
def invite_people(
    workshop_id: int, rows: Sequence[Sequence[str]], *, lang: str, by: Actor, now: datetime
) -> int:
    """Invite everybody of a list in whom nothing is wrong, one mail each; how many.

    Rows are judged anew under the lock: whoever came on the list since the preview is left out,
    so the same list sent twice invites nobody twice. ``lang`` is used where a row names none.
    """
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    registering.check_not_cancelled(workshop)
    registering.check_not_over(workshop, now=now)
    guests = rules.read_guests(
        rows, known=address_keys_of(workshop_id), modes=registering.modes_of(workshop)
    )
    codes = taken_codes(workshop_id)
    wanted = [guest for guest in guests if not guest.problem]
    for guest in wanted:
        invite_person(workshop, _draft(guest, workshop, lang), codes=codes, by=by, now=now)
    return len(wanted)


def _draft(guest: Guest, workshop: Workshop, lang: str) -> RegistrationDraft:
    mode: Mode = guest.mode or registering.modes_of(workshop)[0]
    person = PersonDraft(
        name=guest.name,
        email=guest.email,
        language=guest.language or lang,
        institution=guest.institution,
    )
    return RegistrationDraft(person=person, mode=mode)
