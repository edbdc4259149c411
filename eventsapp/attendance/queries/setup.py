"""How a workshop takes registrations."""

from collections.abc import Sequence

import sqlalchemy as sa

from eventsapp.attendance.models import Registration, RegistrationSetup
from eventsapp.attendance.types import OwnField, Setup
from eventsapp.core import db


def setup_of(workshop_id: int) -> Setup:
    """What was set, or what is usual; ``version`` is 0 where nothing was set yet."""
    row = db.session().get(RegistrationSetup, workshop_id)
    if row is None:
        return Setup()
    return Setup(
        needs_approval=row.needs_approval,
        reminder_hours=row.reminder_hours,
        joining_hours=row.joining_hours,
        sends_thanks=row.sends_thanks,
        fields=tuple(OwnField.from_json(value) for value in row.fields),
        version=row.version,
    )


def workshops_with_answers() -> Sequence[int]:
    """Workshops whose registrations hold answers to questions of their own."""
    statement = sa.select(Registration.workshop_id).where(_has_answers()).distinct()
    return db.session().scalars(statement.order_by(Registration.workshop_id)).all()


def list_answered(workshop_id: int) -> Sequence[Registration]:
    statement = sa.select(Registration).where(
        Registration.workshop_id == workshop_id, _has_answers()
    )
    return db.session().scalars(statement.order_by(Registration.id)).all()


def _has_answers() -> sa.ColumnElement[bool]:
    # JSON is compared as text: the same on both databases.
    return sa.cast(Registration.answers, sa.Text) != "{}"
