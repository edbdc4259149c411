"""Reads of registrations."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import MergedRegistration, Registration
from eventsapp.attendance.types import EXPECTED, RegistrationStatus
from eventsapp.core import db
from eventsapp.people.models import Person, PersonAddress
from eventsapp.people.rules import email_key
from eventsapp.workshops.types import Mode

# What is loaded with a registration wherever a list shows it.
WHOLE = (joinedload(Registration.person), joinedload(Registration.group))


def unmerged() -> sa.ColumnElement[bool]:
    """Registrations that stand for somebody: not those that turned out to be another one's."""
    return Registration.id.not_in(sa.select(MergedRegistration.registration_id))


def get_registration(registration_id: int) -> Registration:
    """Raises NotFound."""
    return db.get(Registration, registration_id)


def find_registration(workshop_id: int, person_id: int) -> Registration | None:
    return db.session().scalar(
        sa.select(Registration).where(
            Registration.workshop_id == workshop_id, Registration.person_id == person_id
        )
    )


def find_by_code(workshop_id: int, code: str) -> Registration | None:
    return db.session().scalar(
        sa.select(Registration)
        .where(Registration.workshop_id == workshop_id, Registration.code == code)
        .options(*WHOLE)
    )


def find_by_address_and_code(email: str, code: str) -> Registration | None:
    """The registration that somebody proves to know by address and code, whichever workshop's."""
    return db.session().scalar(
        sa.select(Registration)
        .join(Registration.person)
        .where(Person.email_key == email_key(email), Registration.code == code)
        .order_by(Registration.id.desc())
        .limit(1)
    )


def taken_codes(workshop_id: int) -> set[str]:
    statement = sa.select(Registration.code).where(Registration.workshop_id == workshop_id)
    return set(db.session().scalars(statement))


def address_keys_of(workshop_id: int) -> set[str]:
    """Every address that those on a workshop's list are or were known by."""
    statement = (
        sa.select(PersonAddress.email_key)
        .join(Registration, Registration.person_id == PersonAddress.person_id)
        .where(Registration.workshop_id == workshop_id, Registration.status.in_(sorted(EXPECTED)))
    )
    return set(db.session().scalars(statement))


def first_waiting(workshop_id: int, mode: Mode) -> Registration | None:
    """Whose turn it is when a seat of this mode is free."""
    return db.session().scalar(
        sa.select(Registration)
        .where(
            Registration.workshop_id == workshop_id,
            Registration.mode == mode,
            Registration.status == RegistrationStatus.WAITLISTED,
        )
        .order_by(Registration.queued_at, Registration.id)
        .limit(1)
    )


def place_in_line(registration: Registration) -> int:
    """1 for whose turn is next, among those who wait for the same mode."""
    before = sa.or_(
        Registration.queued_at < registration.queued_at,
        sa.and_(
            Registration.queued_at == registration.queued_at, Registration.id < registration.id
        ),
    )
    counted = sa.select(sa.func.count()).where(
        Registration.workshop_id == registration.workshop_id,
        Registration.mode == registration.mode,
        Registration.status == RegistrationStatus.WAITLISTED,
        before,
    )
    return (db.session().scalar(counted) or 0) + 1


def list_undecided(workshop_id: int) -> Sequence[Registration]:
    """Those who asked for a place and wait for the organiser's word, in their order."""
    return (
        db.session()
        .scalars(
            sa.select(Registration)
            .where(
                Registration.workshop_id == workshop_id,
                Registration.status == RegistrationStatus.REQUESTED,
            )
            .options(*WHOLE)
            .order_by(Registration.queued_at, Registration.id)
        )
        .all()
    )


def count_statuses(workshop_id: int) -> dict[RegistrationStatus, int]:
    # By mode and status, as they lie in the index: nothing is sorted.
    rows = db.session().execute(
        sa.select(Registration.mode, Registration.status, sa.func.count())
        .where(Registration.workshop_id == workshop_id, unmerged())
        .group_by(Registration.mode, Registration.status)
    )
    found: Counter[RegistrationStatus] = Counter()
    for _mode, status, count in rows:
        found[RegistrationStatus(status)] += count
    return dict(found)


def count_undecided(workshop_id: int) -> int:
    counted = sa.select(sa.func.count()).where(
        Registration.workshop_id == workshop_id,
        Registration.mode.in_(list(Mode)),
        Registration.status == RegistrationStatus.REQUESTED,
    )
    return db.session().scalar(counted) or 0


def count_waiting(workshop_id: int) -> dict[str, int]:
    """How many wait for each mode."""
    rows = db.session().execute(
        sa.select(Registration.mode, sa.func.count())
        .where(
            Registration.workshop_id == workshop_id,
            Registration.status == RegistrationStatus.WAITLISTED,
        )
        .group_by(Registration.mode)
    )
    return {str(mode): count for mode, count in rows}


def count_expected_in_room(workshop_id: int) -> int:
    counted = sa.select(sa.func.count()).where(
        Registration.workshop_id == workshop_id,
        Registration.status == RegistrationStatus.CONFIRMED,
        Registration.mode == Mode.IN_PERSON,
    )
    return db.session().scalar(counted) or 0


def list_registrations_of(person_id: int) -> Sequence[Registration]:
    """A person's registrations, the latest workshop first."""
    return (
        db.session()
        .scalars(
            sa.select(Registration)
            .where(Registration.person_id == person_id)
            .options(joinedload(Registration.workshop), *WHOLE)
            .order_by(Registration.id.desc())
        )
        .all()
    )


def list_expected_ids(workshop_id: int) -> Sequence[int]:
    """Those who hold a place, wait or were asked, as far as they can be written to."""
    statement = (
        sa.select(Registration.id)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            Registration.status.in_(sorted(EXPECTED)),
            Person.email.is_not(None),
        )
        .order_by(Registration.id)
    )
    return db.session().scalars(statement).all()


def list_confirmed_ids(workshop_id: int, mode: Mode) -> Sequence[int]:
    """Those who hold a place of this mode, as far as they can be written to."""
    statement = (
        sa.select(Registration.id)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            Registration.mode == mode,
            Registration.status == RegistrationStatus.CONFIRMED,
            Person.email.is_not(None),
        )
        .order_by(Registration.id)
    )
    return db.session().scalars(statement).all()
