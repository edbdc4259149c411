"""Reads about registrations that may be one person's."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import KeptApart, MergedRegistration, Registration
from eventsapp.attendance.queries.registrations import unmerged
from eventsapp.attendance.rules.duplicates import Likeness, find_pairs
from eventsapp.attendance.types import EXPECTED
from eventsapp.core import db
from eventsapp.people.models import Person


def find_duplicates(workshop_id: int) -> list[tuple[int, int]]:
    """Pairs of registrations that look like one person's; two statements for any number."""
    session = db.session()
    rows = session.execute(
        sa.select(Registration.id, Person.name_key, Person.email_key)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            Registration.status.in_(sorted(EXPECTED)),
            unmerged(),
        )
    )
    likenesses = [Likeness(number, name, email or "") for number, name, email in rows]
    apart = session.execute(
        sa.select(KeptApart.one_id, KeptApart.other_id)
        .join(Registration, Registration.id == KeptApart.one_id)
        .where(Registration.workshop_id == workshop_id)
    )
    return find_pairs(likenesses, kept_apart={(one, other) for one, other in apart})


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
