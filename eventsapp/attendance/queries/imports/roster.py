"""Everybody whom rows of a file may be about."""

import sqlalchemy as sa

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries.registrations import unmerged
from eventsapp.attendance.rules.matching import Roster, RosterEntry
from eventsapp.attendance.types import RegistrationStatus
from eventsapp.core import db
from eventsapp.people.models import Person, PersonAddress
from eventsapp.workshops.types import Mode


def load_roster(workshop_id: int) -> Roster:
    """All on the list of a workshop in two queries; who cancelled may have come too."""
    addresses: dict[int, list[str]] = {}
    known = (
        sa.select(PersonAddress.person_id, PersonAddress.email_key)
        .join(Registration, Registration.person_id == PersonAddress.person_id)
        .where(Registration.workshop_id == workshop_id)
    )
    for person_id, key in db.session().execute(known):
        addresses.setdefault(person_id, []).append(key)
    rows = db.session().execute(
        sa.select(
            Registration.id,
            Registration.code,
            Registration.mode,
            Registration.status,
            Person.id,
            Person.name,
            Person.name_key,
        )
        .join(Registration.person)
        .where(Registration.workshop_id == workshop_id, unmerged())
        .order_by(Registration.id)
    )
    return Roster.of(
        RosterEntry(
            registration_id=number,
            name=name,
            name_key=key,
            code=code,
            addresses=frozenset(addresses.get(person_id, ())),
            is_expected_online=mode == Mode.ONLINE and status == RegistrationStatus.CONFIRMED,
        )
        for number, code, mode, status, person_id, name, key in rows
    )
