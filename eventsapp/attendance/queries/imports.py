"""Reads of attendance files: what one would change, and which were imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.import_format import (
    ImportFormat,
    Reading,
    RowProblem,
    detect_format,
)
from eventsapp.attendance.models import ImportBatch, Registration
from eventsapp.attendance.queries.evidence import whole_of
from eventsapp.attendance.rules.importing import minutes_of, split_by_time
from eventsapp.attendance.rules.matching import (
    Attendee,
    Match,
    MatchKind,
    Roster,
    RosterEntry,
    group_rows,
    match_all,
)
from eventsapp.attendance.types import BatchStatus, RegistrationStatus
from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.edge import storage
from eventsapp.edge.tables import read_table
from eventsapp.people.queries import addresses_of
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode

IGNORE = 0
MOST_OPTIONS = 10_000


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """Somebody in the file and whom they are taken for."""

    attendee: Attendee
    match: Match
    minutes: int


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would do; nothing of it is written.

    ``missing`` are those who were expected online and are not in the file.
    """

    layout: ImportFormat
    lines: tuple[PreviewLine, ...]
    problems: tuple[RowProblem, ...]
    missing: tuple[RosterEntry, ...]
    roster: Roster

    @property
    def matched(self) -> list[PreviewLine]:
        return [line for line in self.lines if line.match.registration_id is not None]

    @property
    def unmatched(self) -> list[PreviewLine]:
        return [
            line
            for line in self.lines
            if line.match.registration_id is None and line.match.kind != MatchKind.IGNORED
        ]

    @property
    def offers_everybody(self) -> bool:
        """Whether each row can offer the whole roster to choose from, and the page stays light."""
        return len(self.unmatched) * len(self.roster.entries) <= MOST_OPTIONS


def preview_file(
    workshop: Workshop, data: bytes, *, zone: ZoneInfo, decisions: Mapping[int, int] | None = None
) -> ImportPreview:
    """Read a file against the workshop's roster. ``decisions`` tell, by the first row of an
    attendee, which registration a person chose, or IGNORE.

    Raises UnreadableFile and UnknownLayout.
    """
    whole = whole_of(workshop)
    sheet = read_table(data)
    layout = detect_format(sheet)
    imported = layout.read(sheet, Reading(zone=zone, around=whole))
    within, outside = split_by_time(imported.rows, whole)
    roster, online = _roster(workshop)
    attendees = group_rows(within)
    lines = tuple(
        PreviewLine(
            attendee,
            _decided(attendee, roster, decisions or {}) or found,
            minutes_of(attendee, whole),
        )
        for attendee, found in zip(attendees, match_all(attendees, roster), strict=True)
    )
    seen = {line.match.registration_id for line in lines}
    return ImportPreview(
        layout=layout,
        lines=lines,
        problems=tuple(sorted([*imported.problems, *outside], key=lambda one: one.number)),
        missing=tuple(roster.entries[number] for number in online if number not in seen),
        roster=roster,
    )


def _decided(attendee: Attendee, roster: Roster, decisions: Mapping[int, int]) -> Match | None:
    """What a person decided about an attendee; somebody who is not on the roster is nobody."""
    decided = decisions.get(attendee.number)
    if decided == IGNORE:
        return Match(MatchKind.IGNORED)
    return Match(MatchKind.DECIDED, decided) if decided in roster.entries else None


def _roster(workshop: Workshop) -> tuple[Roster, list[int]]:
    """Everybody who may have come, and those expected online; who cancelled may have come too."""
    registrations = (
        db.session()
        .scalars(
            sa.select(Registration)
            .where(Registration.workshop_id == workshop.id)
            .options(joinedload(Registration.person))
            .order_by(Registration.id)
        )
        .all()
    )
    addresses = addresses_of(registration.person_id for registration in registrations)
    entries = [
        RosterEntry(
            registration_id=registration.id,
            name=registration.person.name,
            name_key=registration.person.name_key,
            code=registration.code,
            addresses=frozenset(addresses.get(registration.person_id, ())),
        )
        for registration in registrations
    ]
    online = [
        registration.id
        for registration in registrations
        if registration.mode == Mode.ONLINE and registration.status == RegistrationStatus.CONFIRMED
    ]
    return Roster.of(entries), online


def get_batch(workshop_id: int, batch_id: int) -> ImportBatch:
    """A file of this workshop; raises NotFound for another one's."""
    batch = db.get(ImportBatch, batch_id)
    if batch.workshop_id != workshop_id:
        raise NotFound
    return batch


def preview_batch(workshop: Workshop, batch: ImportBatch) -> ImportPreview:
    """What a kept file says, with the decisions that were made about it."""
    return preview_file(
        workshop,
        storage.read(batch.file_key),
        zone=ZoneInfo(batch.timezone),
        decisions={int(row): int(chosen) for row, chosen in batch.decisions.items()},
    )


def list_batches(workshop_id: int) -> Sequence[ImportBatch]:
    return (
        db.session()
        .scalars(
            sa.select(ImportBatch)
            .where(ImportBatch.workshop_id == workshop_id)
            .order_by(ImportBatch.id.desc())
        )
        .all()
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
