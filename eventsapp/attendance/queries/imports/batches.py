"""Files that were kept, and the lines that were read out of them."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from eventsapp.attendance.models import ImportBatch, ImportLine, Registration
from eventsapp.attendance.queries.registrations import unmerged
from eventsapp.attendance.queries.roster import matches_words
from eventsapp.attendance.rules.matching import MatchKind
from eventsapp.attendance.types import BatchStatus, RegistrationStatus
from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.core.paging import Page, paginate
from eventsapp.people.models import Person
from eventsapp.workshops.types import Mode

MOST_FOUND = 20
# The tabs of a file's page, and which lines stand on each.
SHOWN = {
    "unmatched": (MatchKind.SUGGESTED, MatchKind.NONE),
    "matched": (
        MatchKind.DECIDED,
        MatchKind.CODE,
        MatchKind.ADDRESS,
        MatchKind.NAME,
        MatchKind.SPELLING,
    ),
    "ignored": (MatchKind.IGNORED,),
}


def get_batch(workshop_id: int, batch_id: int) -> ImportBatch:
    """A file of this workshop; raises NotFound for another one's."""
    batch = db.get(ImportBatch, batch_id)
    if batch.workshop_id != workshop_id:
        raise NotFound
    return batch


def list_batches(workshop_id: int, *, page: int = 1) -> Page[ImportBatch]:
    return paginate(
        sa.select(ImportBatch)
        .where(ImportBatch.workshop_id == workshop_id)
        .order_by(ImportBatch.id.desc()),
        page=page,
    )


def find_confirmed(workshop_id: int, file_hash: str) -> ImportBatch | None:
    """The batch by which this very file was imported, if it was and still holds."""
    return db.session().scalar(
        sa.select(ImportBatch).where(
            ImportBatch.workshop_id == workshop_id,
            ImportBatch.file_hash == file_hash,
            ImportBatch.status == BatchStatus.CONFIRMED,
        )
    )


def count_kinds(batch_id: int) -> dict[MatchKind, int]:
    """How many lines of a file were recognised in which way."""
    rows = db.session().execute(
        sa.select(ImportLine.kind, sa.func.count())
        .where(ImportLine.batch_id == batch_id)
        .group_by(ImportLine.kind)
    )
    return {MatchKind(kind): count for kind, count in rows}


def count_people(batch_id: int) -> int:
    """How many people on the list the file is about, however many lines they have."""
    counted = sa.select(sa.func.count(ImportLine.registration_id.distinct()))
    return db.session().scalar(counted.where(ImportLine.batch_id == batch_id)) or 0


def get_line(batch_id: int, number: int) -> ImportLine:
    """Raises NotFound."""
    return db.get(ImportLine, (batch_id, number))


def list_lines(batch_id: int, shown: str, *, page: int) -> Page[ImportLine]:
    """The lines of a tab. Those recognised by another spelling come first: look at them."""
    return paginate(
        sa.select(ImportLine)
        .where(ImportLine.batch_id == batch_id, ImportLine.kind.in_(SHOWN[shown]))
        .options(joinedload(ImportLine.registration).joinedload(Registration.person))
        .order_by(ImportLine.kind != MatchKind.SPELLING, ImportLine.number),
        page=page,
    )


def suggested(lines: Iterable[ImportLine]) -> dict[int, Registration]:
    """The registrations that lines suggest."""
    numbers = {number for line in lines for number in line.suggestions}
    found = db.session().scalars(
        sa.select(Registration)
        .where(Registration.id.in_(numbers))
        .options(joinedload(Registration.person))
    )
    return {registration.id: registration for registration in found}


def _missing(workshop_id: int, batch_id: int) -> sa.Select[Registration]:
    """Those expected online whom no line of the file is about."""
    seen = sa.select(ImportLine.number).where(
        ImportLine.batch_id == batch_id, ImportLine.registration_id == Registration.id
    )
    return sa.select(Registration).where(
        Registration.workshop_id == workshop_id,
        Registration.mode == Mode.ONLINE,
        Registration.status == RegistrationStatus.CONFIRMED,
        sa.not_(seen.exists()),
        unmerged(),
    )


def list_missing(workshop_id: int, batch_id: int, *, page: int) -> Page[Registration]:
    return paginate(
        _missing(workshop_id, batch_id)
        .join(Registration.person)
        .options(contains_eager(Registration.person))
        .order_by(Person.name, Registration.id),
        page=page,
    )


def count_missing(workshop_id: int, batch_id: int) -> int:
    counted = sa.select(sa.func.count()).select_from(_missing(workshop_id, batch_id).subquery())
    return db.session().scalar(counted) or 0


def find_people(workshop_id: int, words: str) -> Sequence[Registration]:
    """The first people on the list whom words fit; nobody for no words."""
    if not words.strip():
        return []
    return (
        db.session()
        .scalars(
            sa.select(Registration)
            .join(Registration.person)
            .where(Registration.workshop_id == workshop_id, unmerged(), *matches_words(words))
            .options(contains_eager(Registration.person))
            .order_by(Person.name, Registration.id)
            .limit(MOST_FOUND)
        )
        .all()
    )
