"""Reads of persons."""

from collections.abc import Iterable

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.people.models import Consent, Person, PersonAddress
from eventsapp.people.rules import email_key
from eventsapp.people.types import Purpose


def reachable() -> sa.ColumnElement[bool]:
    """Persons whom mail reaches, as far as is known: what came back is not written to again."""
    return sa.and_(Person.email.is_not(None), Person.bounced_at.is_(None))


def find_by_address(email: str) -> Person | None:
    """The person who is or was known by this mail address."""
    key = email_key(email)
    if not key:
        return None
    return db.session().scalar(
        sa.select(Person)
        .join(PersonAddress, PersonAddress.person_id == Person.id)
        .where(PersonAddress.email_key == key)
    )


def addresses_of(person_ids: Iterable[int]) -> dict[int, list[str]]:
    """Every address key that these persons are or were known by."""
    found: dict[int, list[str]] = {}
    statement = sa.select(PersonAddress.person_id, PersonAddress.email_key).where(
        PersonAddress.person_id.in_(list(person_ids))
    )
    for person_id, key in db.session().execute(statement):
        found.setdefault(person_id, []).append(key)
    return found


def consents_of(person_id: int) -> dict[Purpose, Consent]:
    """The latest choice for each purpose that the person was asked about."""
    rows = db.session().scalars(
        sa.select(Consent).where(Consent.person_id == person_id).order_by(Consent.at, Consent.id)
    )
    return {Purpose(row.purpose): row for row in rows}
