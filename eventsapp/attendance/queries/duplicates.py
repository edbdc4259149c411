"""Reads about registrations that may be one person's."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import KeptApart, MergedRegistration, Registration
from eventsapp.attendance.queries.registrations import unmerged
from eventsapp.attendance.rules.duplicates import Likeness, find_pairs, plain_address
from eventsapp.attendance.types import EXPECTED
from eventsapp.core import db
from eventsapp.people.models import Person


def find_duplicates(workshop_id: int) -> list[tuple[int, int]]:
    """Pairs of registrations that look like one person's; four statements for any number.

    Only those are loaded whose name stands there twice, or whose address might be another's.
    """
    apart = db.session().execute(
        sa.select(KeptApart.one_id, KeptApart.other_id)
        .join(Registration, Registration.id == KeptApart.one_id)
        .where(Registration.workshop_id == workshop_id)
    )
    alike = {one for found in _alike(workshop_id) for one in found}
    return find_pairs(alike, kept_apart={(one, other) for one, other in apart})


def _alike(workshop_id: int) -> Iterator[list[Likeness]]:
    expected = (
        Registration.workshop_id == workshop_id,
        Registration.status.in_(sorted(EXPECTED)),
        unmerged(),
    )
    twice = (
        sa.select(Registration.name_key)
        .where(*expected)
        .group_by(Registration.name_key)
        .having(sa.func.count() > 1)
    )
    yield _likenesses(*expected, Registration.name_key.in_(twice))
    # An address is one person's, so two that reach one mailbox differ by what follows a plus.
    divided = _likenesses(*expected, db.has_part(Registration.search_key, "+"))
    plain = {plain_address(one.email_key) for one in divided}
    yield divided
    yield _likenesses(*expected, Person.email_key.in_(plain)) if plain else []


def _likenesses(*conditions: sa.ColumnElement[bool]) -> list[Likeness]:
    rows = db.session().execute(
        sa.select(Registration.id, Person.name_key, Person.email_key)
        .join(Registration.person)
        .where(*conditions)
    )
    return [Likeness(number, name, email or "") for number, name, email in rows]


def registrations_by_id(ids: Iterable[int]) -> dict[int, Registration]:
    found = db.session().scalars(
        sa.select(Registration)
        .where(Registration.id.in_(sorted(set(ids))))
        .options(joinedload(Registration.person))
    )
    return {registration.id: registration for registration in found}


def merged_into(registration_id: int) -> int | None:
    """Which registration took this one over, if any did."""
    return db.session().scalar(
        sa.select(MergedRegistration.into_id).where(
            MergedRegistration.registration_id == registration_id
        )
    )


def merges_of(ids: Sequence[int]) -> dict[int, int]:
    """Those of them that were merged, and into which."""
    rows = db.session().execute(
        sa.select(MergedRegistration.registration_id, MergedRegistration.into_id).where(
            MergedRegistration.registration_id.in_(list(ids))
        )
    )
    return {number: into for number, into in rows}  # noqa: C416 - a row is no typed pair


def count_registrations_of(person_id: int) -> int:
    counted = sa.select(sa.func.count()).where(Registration.person_id == person_id)
    return db.session().scalar(counted) or 0
