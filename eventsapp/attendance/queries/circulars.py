"""Reads for what organisers write to people."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from eventsapp.attendance.models import Circular, Registration
from eventsapp.attendance.queries.registrations import PeopleFilter, people_conditions, unmerged
from eventsapp.attendance.types import Audience
from eventsapp.core import db
from eventsapp.people.models import Person


def list_addressed(workshop_id: int, audience: Audience) -> Sequence[tuple[int, str]]:
    """Those of the audience who have an address: registration, and the language they read."""
    wanted = PeopleFilter(
        status=audience.status,
        mode=audience.mode,
        took_part=audience.took_part,
        group_id=audience.group_id,
    )
    statement = (
        sa.select(Registration.id, Person.language)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            unmerged(),
            Person.email.is_not(None),
            *people_conditions(wanted),
        )
        .order_by(Registration.id)
    )
    if audience.language:
        statement = statement.where(Person.language == audience.language)
    return [(number, lang) for number, lang in db.session().execute(statement)]


def count_languages(addressed: Sequence[tuple[int, str]]) -> dict[str, int]:
    return dict(Counter(lang for _number, lang in addressed))


def list_circulars(workshop_id: int) -> Sequence[Circular]:
    return (
        db.session()
        .scalars(
            sa.select(Circular)
            .where(Circular.workshop_id == workshop_id)
            .order_by(Circular.id.desc())
        )
        .all()
    )
