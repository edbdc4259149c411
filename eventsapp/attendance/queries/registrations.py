"""Reads of registrations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import AttendanceRecord, MergedRegistration, Registration
from eventsapp.attendance.queries.evidence import live
from eventsapp.attendance.types import EXPECTED, RegistrationStatus, TookPart
from eventsapp.core import db
from eventsapp.core.paging import Page, paginate
from eventsapp.people.models import Person, PersonAddress
from eventsapp.people.rules import email_key, name_key
from eventsapp.workshops.types import Mode

_WHOLE = (joinedload(Registration.person), joinedload(Registration.group))
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty fields do not narrow.

    ``took_part`` is ``yes``, ``no`` or a TookPart.
    """

    words: str = ""
    status: str = ""
    mode: str = ""
    took_part: str = ""
    group_id: int | None = None


def unmerged() -> sa.ColumnElement[bool]:
    """Registrations that stand for somebody: not those that turned out to be another one's."""
    merged = sa.select(MergedRegistration.registration_id).where(
        MergedRegistration.registration_id == Registration.id
    )
    return sa.not_(merged.exists())


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
        .options(*_WHOLE)
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
            .options(*_WHOLE)
            .order_by(Registration.queued_at, Registration.id)
        )
        .all()
    )


def count_statuses(workshop_id: int) -> dict[RegistrationStatus, int]:
    rows = db.session().execute(
        sa.select(Registration.status, sa.func.count())
        .where(Registration.workshop_id == workshop_id, unmerged())
        .group_by(Registration.status)
    )
    return {RegistrationStatus(status): count for status, count in rows}


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
            .options(joinedload(Registration.workshop), *_WHOLE)
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


def list_people(workshop_id: int, wanted: PeopleFilter, *, page: int) -> Page[Registration]:
    """A page of the list, in three queries however long it is.

    Sorting moves only ids: whole rows of ten thousand people are heavy to sort.
    """
    ids = _ordered(sa.select(Registration.id), workshop_id, wanted)
    found: Page[int] = paginate(ids, page=page)
    loaded = db.session().scalars(
        sa.select(Registration).where(Registration.id.in_(found.rows)).options(*_WHOLE)
    )
    known = {registration.id: registration for registration in loaded}
    rows = [known[number] for number in found.rows]
    return Page(rows=rows, number=found.number, pages=found.pages, total=found.total)


def registrations_for_export(workshop_id: int, wanted: PeopleFilter) -> Sequence[Registration]:
    return db.session().scalars(_people(workshop_id, wanted)).all()


def _people(workshop_id: int, wanted: PeopleFilter) -> sa.Select[Registration]:
    return _ordered(sa.select(Registration).options(*_WHOLE), workshop_id, wanted)


def _ordered(chosen: sa.Select[Any], workshop_id: int, wanted: PeopleFilter) -> sa.Select[Any]:
    """Those wanted of a workshop, by their names."""
    return (
        chosen.join(Registration.person)
        .where(Registration.workshop_id == workshop_id, unmerged(), *people_conditions(wanted))
        .order_by(sa.func.lower(Person.name), Registration.id)
    )


def people_conditions(wanted: PeopleFilter) -> list[sa.ColumnElement[bool]]:
    """What a filter asks of a registration and its joined person."""
    exact = {
        Registration.status: wanted.status,
        Registration.mode: wanted.mode,
        Registration.group_id: wanted.group_id,
    }
    found: list[sa.ColumnElement[bool]] = [
        column == value for column, value in exact.items() if value
    ]
    if wanted.took_part:
        found.append(_took_part(wanted.took_part))
    return [*found, *matches_words(wanted.words)]


def matches_words(words: str) -> list[sa.ColumnElement[bool]]:
    """Conditions on a registration and its joined person: every word fits something of them."""
    return [_match(word) for word in words.split()[:MOST_WORDS]]


def _match(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(
        Person.name_key.contains(name_key(word) or word.casefold(), autoescape=True),
        Person.email_key.contains(email_key(word), autoescape=True),
        Registration.code == word.upper(),
        Person.institution.icontains(word, autoescape=True),
    )


def _took_part(how: str) -> sa.ColumnElement[bool]:
    in_person, online = _has_evidence(Mode.IN_PERSON), _has_evidence(Mode.ONLINE)
    meanings = {
        "yes": sa.or_(in_person, online),
        "no": sa.not_(sa.or_(in_person, online)),
        TookPart.IN_PERSON: sa.and_(in_person, sa.not_(online)),
        TookPart.ONLINE: sa.and_(online, sa.not_(in_person)),
        TookPart.BOTH: sa.and_(in_person, online),
    }
    return meanings.get(how, sa.true())


def _has_evidence(mode: Mode) -> sa.ColumnElement[bool]:
    return (
        sa.select(AttendanceRecord.id)
        .where(AttendanceRecord.registration_id == Registration.id, live())
        .where(AttendanceRecord.mode == mode)
        .exists()
    )
