"""What is read out of a kept file: a line for each attendee, and their stays.

A long file is read by a worker, in pieces that are each a transaction of their own, so that
nobody waits behind it. The stage turns to ``ready`` with the last piece: until then nothing of
the file is shown, and a run that was killed is simply repeated from the start.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import sqlalchemy as sa

from eventsapp.attendance.import_format import ImportRow, RowProblem
from eventsapp.attendance.models import ImportBatch, ImportLine, ImportStay
from eventsapp.attendance.queries import whole_of
from eventsapp.attendance.queries.imports import (
    PreviewLine,
    group_entries,
    lines_of,
    load_roster,
    read_entries,
)
from eventsapp.attendance.queries.imports.layouts import BY_COLUMNS, Layout
from eventsapp.attendance.reading.how import HowToRead
from eventsapp.attendance.rules.importing import check_columns
from eventsapp.attendance.rules.matching import Attendee
from eventsapp.attendance.types import BatchStage
from eventsapp.core import db
from eventsapp.core.db import transaction
from eventsapp.core.errors import N_
from eventsapp.edge import storage
from eventsapp.edge.tables import open_table
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_zone

READ_FILE = "attendance.read_file"
PIECE = 2_000
MOST_PROBLEMS_KEPT = 200
READING_TEXT = N_("Reading the file")


class Watch(Protocol):
    """What a worker's run offers; see ``edge.jobs.Run``."""

    def progress(self, done: int, total: int, text: str = "") -> None: ...

    def confirm_lease(self) -> None: ...


class Unwatched:
    """For a file that is read within somebody's request."""

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Nobody looks."""

    def confirm_lease(self) -> None:
        """The request's own transaction is all there is."""


@dataclass(slots=True)
class _Piecemeal:
    """Stays and problems of one reading, written a piece at a time."""

    batch_id: int
    watch: Watch
    total: int
    problem_count: int = 0
    problems: list[list[Any]] = field(default_factory=list)
    row_count: int = 0
    _waiting: list[dict[str, Any]] = field(default_factory=list)

    def add_problem(self, problem: RowProblem) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS_KEPT:
            self.problems.append([problem.number, problem.message, dict(problem.values)])

    def add_row(self, attendee: Attendee, row: ImportRow) -> None:
        """Lengths without times are added up for each attendee instead."""
        self.row_count += 1
        if row.minutes is None:
            self.add_stay(attendee.number, row.start, row.end, None)
        if self.row_count % PIECE == 0:
            self.watch.progress(min(row.number, self.total), self.total, READING_TEXT)

    def add_stay(self, number: int, start: Any, end: Any, minutes: int | None) -> None:
        self._waiting.append(
            {
                "batch_id": self.batch_id,
                "number": number,
                "started_at": start,
                "ended_at": end,
                "minutes": minutes,
            }
        )
        if len(self._waiting) >= PIECE:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            _insert(ImportStay, self._waiting, self.watch.confirm_lease)
            self._waiting.clear()


def read_file(batch_id: int, watch: Watch) -> None:
    """Read a kept file, piece by piece. Raises LeaseLost when another run has taken over."""
    batch = db.get(ImportBatch, batch_id)
    if batch.stage == BatchStage.READING:
        _read(db.get(Workshop, batch.workshop_id), batch, watch)


def read_now(workshop: Workshop, batch: ImportBatch) -> None:
    """Read a kept file within the transaction that asks for it."""
    _read(workshop, batch, Unwatched())


def _read(workshop: Workshop, batch: ImportBatch, watch: Watch) -> None:
    said = HowToRead.from_json(batch.columns)
    reading = said.reading(check_zone(batch.timezone), whole_of(workshop))
    decisions = {int(row): int(chosen) for row, chosen in batch.decisions.items()}
    roster, table = load_roster(workshop.id), open_table(storage.path(batch.file_key))
    layout = _layout_of(batch, said)
    check_columns(layout.columns)
    _forget_earlier(batch.id, watch.confirm_lease)
    pieces = _Piecemeal(batch.id, watch, total=sum(1 for _ in table))
    attendees = group_entries(
        read_entries(table, layout, reading),
        reading.around,
        on_row=pieces.add_row,
        on_problem=pieces.add_problem,
    )
    for attendee in attendees:
        if attendee.length is not None:
            pieces.add_stay(attendee.number, attendee.arrived, None, int(attendee.length))
    pieces.flush()
    watch.progress(pieces.total, pieces.total, READING_TEXT)
    lines = lines_of(attendees, roster, decisions, whole=reading.around)
    for start in range(0, len(lines), PIECE):
        rows = [_row(batch.id, line) for line in lines[start : start + PIECE]]
        _insert(ImportLine, rows, watch.confirm_lease)
    _finish(pieces, watch.confirm_lease)


def _layout_of(batch: ImportBatch, said: HowToRead) -> Layout:
    """The layout that the file was kept with: none of a later version may take it over."""
    return Layout(batch.layout_key, said.columns if batch.layout_key == BY_COLUMNS else None)


def _row(batch_id: int, line: PreviewLine) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "number": line.attendee.number,
        "name": line.attendee.name,
        "email": line.attendee.email,
        "minutes": line.minutes,
        "stays": line.attendee.stays,
        "kind": line.match.kind,
        "registration_id": line.match.registration_id,
        "suggestions": list(line.match.suggestions),
    }


@transaction
def _insert(
    table: type[ImportLine | ImportStay],
    rows: Iterable[Mapping[str, Any]],
    confirm_lease: Callable[[], None],
) -> None:
    confirm_lease()
    db.session().execute(sa.insert(table), list(rows))


@transaction
def _forget_earlier(batch_id: int, confirm_lease: Callable[[], None]) -> None:
    confirm_lease()
    for table in (ImportLine, ImportStay):
        db.session().execute(sa.delete(table).where(table.batch_id == batch_id))


@transaction
def _finish(pieces: _Piecemeal, confirm_lease: Callable[[], None]) -> None:
    confirm_lease()
    batch = db.get(ImportBatch, pieces.batch_id)
    batch.row_count = pieces.row_count
    batch.problem_count, batch.problems = pieces.problem_count, pieces.problems
    batch.stage = BatchStage.READY
