"""What a person decides about those in a file whom nothing recognised, or recognised wrongly."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from eventsapp.attendance.models import ImportBatch, ImportLine, Registration
from eventsapp.attendance.queries import find_registration
from eventsapp.attendance.queries.imports import get_batch, get_line
from eventsapp.attendance.rules import importing as rules
from eventsapp.attendance.rules.matching import IGNORE, MatchKind
from eventsapp.attendance.rules.registering import modes_of
from eventsapp.attendance.service.imports.notes import note
from eventsapp.attendance.service.registering import add_participant
from eventsapp.attendance.types import RegistrationDraft
from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.people.queries import find_by_address
from eventsapp.people.rules import bare_name
from eventsapp.people.types import PersonDraft
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop
from eventsapp.workshops.types import Mode


@transaction
def decide_rows(
    workshop_id: int, batch_id: int, decisions: Mapping[int, int], *, by: Actor, now: datetime
) -> ImportBatch:
    """Keep whom a person took rows for: the first row of an attendee to a registration, or to
    IGNORE. Somebody of another workshop is not followed."""
    batch, _ = _open_batch(workshop_id, batch_id, by=by)
    _decide(batch, decisions)
    note("attendance.rows_decided", batch, by=by, now=now)
    return batch


@transaction
def add_walk_in(
    workshop_id: int, batch_id: int, number: int, *, by: Actor, now: datetime
) -> Registration:
    """Put somebody of the file on the list of people, and take their rows for them.

    Who is on the list already under the file's address stays as they are.
    """
    batch, workshop = _open_batch(workshop_id, batch_id, by=by)
    line = get_line(batch.id, number)
    registration = _known(workshop, line) or add_participant(
        workshop.id, _draft(workshop, line), invite=False, by=by, now=now
    )
    _decide(batch, {number: registration.id})
    note("attendance.walk_in_added", batch, by=by, now=now)
    return registration


def _open_batch(workshop_id: int, batch_id: int, *, by: Actor) -> tuple[ImportBatch, Workshop]:
    """A file that may still be decided about, and its workshop, held."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    rules.check_may_confirm(batch)
    rules.check_is_ready(batch)
    return batch, workshop


def _known(workshop: Workshop, line: ImportLine) -> Registration | None:
    person = find_by_address(line.email) if line.email else None
    return None if person is None else find_registration(workshop.id, person.id)


def _draft(workshop: Workshop, line: ImportLine) -> RegistrationDraft:
    modes = modes_of(workshop)
    person = PersonDraft(name=bare_name(line.name), email=line.email)
    return RegistrationDraft(person=person, mode=Mode.ONLINE if Mode.ONLINE in modes else modes[0])


def _decide(batch: ImportBatch, decisions: Mapping[int, int]) -> None:
    """Decisions stay with the batch, for when the file is read anew, and show on its lines."""
    on_list = _of_workshop(batch.workshop_id, decisions.values())
    sound = {row: chosen for row, chosen in decisions.items() if chosen in {IGNORE, *on_list}}
    batch.decisions = {**batch.decisions, **{str(row): chosen for row, chosen in sound.items()}}
    for row, chosen in sound.items():
        db.session().execute(
            sa.update(ImportLine)
            .where(ImportLine.batch_id == batch.id, ImportLine.number == row)
            .values(
                kind=MatchKind.DECIDED if chosen else MatchKind.IGNORED,
                registration_id=chosen or None,
            )
        )


def _of_workshop(workshop_id: int, chosen: Iterable[int]) -> set[int]:
    statement = sa.select(Registration.id).where(
        Registration.workshop_id == workshop_id, Registration.id.in_(list(chosen))
    )
    return set(db.session().scalars(statement))
