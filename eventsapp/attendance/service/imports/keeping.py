"""Files as they come in, and what people say about their columns."""

from collections.abc import Callable
from datetime import datetime

from eventsapp.attendance.import_format import SAMPLE_ROWS
from eventsapp.attendance.models import ImportBatch, ImportMapping
from eventsapp.attendance.queries import whole_of
from eventsapp.attendance.queries.imports import find_layout, get_batch, load_roster
from eventsapp.attendance.queries.imports.layouts import BY_COLUMNS, guess_layout
from eventsapp.attendance.reading.columns import Columns, shape_of
from eventsapp.attendance.reading.how import ColumnsDraft, HowToRead
from eventsapp.attendance.reading.times import AmbiguousDates, DayMissing
from eventsapp.attendance.rules import importing as rules
from eventsapp.attendance.service.imports.notes import note
from eventsapp.attendance.service.imports.reading import READ_FILE, read_now
from eventsapp.attendance.types import BatchStage, BatchStatus
from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge import storage
from eventsapp.edge.jobs import enqueue
from eventsapp.edge.tables import open_table
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage, check_zone
from eventsapp.workshops.service import lock_workshop

# What is longer is read by a worker: a page must not wait for it.
MOST_BYTES_AT_ONCE = 1_000_000


@transaction
def keep_file(
    workshop_id: int,
    data: bytes,
    *,
    name: str,
    timezone: str,
    by: Actor,
    now: datetime,
    how: HowToRead | None = None,
    at_once: bool = False,
) -> ImportBatch:
    """Keep an attendance file and read it; nothing of it counts before it is confirmed.

    A long file is read by a worker, unless it has to be ``at_once``. What cannot be read without
    a person's word waits in the stage ``columns``. Raises UnreadableFile, and keeps nothing then.
    """
    workshop = db.get(Workshop, workshop_id)
    check_may_manage(workshop, by=by)
    zone, said = check_zone(timezone), how or HowToRead()
    table, roster = open_table(data), load_roster(workshop_id)
    reading = said.reading(zone, whole_of(workshop))
    layout = find_layout(table, reading, roster.words, said=said.columns)
    key = storage.put(data)
    batch = ImportBatch(
        workshop_id=workshop_id,
        file_key=key,
        file_name=storage.file_name(name),
        file_hash=key,
        layout_key=layout.key,
        layout_name=layout.name,
        columns=HowToRead(layout.columns, said.order, said.day).to_json(),
        timezone=timezone,
        status=BatchStatus.PREVIEW,
        stage=BatchStage.COLUMNS if layout.is_guess else BatchStage.READING,
        imported_by=by.id if by.is_signed_in else None,
        created_at=now,
    )
    db.session().add(batch)
    db.session().flush()
    note("attendance.file_kept", batch, by=by, now=now)
    if batch.stage == BatchStage.READING:
        _read(workshop, batch, at_once=at_once, now=now)
    return batch


def _read(workshop: Workshop, batch: ImportBatch, *, at_once: bool, now: datetime) -> None:
    """Read a short file at once, have a long one read, ask about one that cannot be."""
    if _is_long(batch) and not at_once:
        _have_read(batch, now=now)
        return
    try:
        read_now(workshop, batch)
    except (AmbiguousDates, DayMissing):
        if at_once:
            raise
        _ask(workshop, batch)


def _is_long(batch: ImportBatch) -> bool:
    return storage.path(batch.file_key).stat().st_size > MOST_BYTES_AT_ONCE


def _have_read(batch: ImportBatch, *, now: datetime) -> None:
    """Let a worker read the file; asked twice, it is read once."""
    batch.stage = BatchStage.READING
    subject = f"import_batch:{batch.id}"
    enqueue(READ_FILE, {"batch": batch.id}, now=now, subject=subject, unique_key=subject)


def _ask(workshop: Workshop, batch: ImportBatch) -> None:
    """Let a person say how to read the file; what can be guessed is filled in."""
    said = HowToRead.from_json(batch.columns)
    if said.columns is None:
        reading = said.reading(check_zone(batch.timezone), whole_of(workshop))
        sample = open_table(storage.path(batch.file_key)).first(SAMPLE_ROWS)
        guess = guess_layout(sample, reading, load_roster(workshop.id).words())
        batch.columns = HowToRead(guess, said.order, said.day).to_json()
    batch.stage = BatchStage.COLUMNS


@transaction
def ask_about(batch_id: int, *, confirm: Callable[[], None]) -> None:
    """Let a person say how to read a file that a worker could not; see ``_ask``."""
    confirm()
    batch = db.get(ImportBatch, batch_id)
    _ask(db.get(Workshop, batch.workshop_id), batch)


@transaction
def choose_columns(
    workshop_id: int,
    batch_id: int,
    draft: ColumnsDraft,
    *,
    by: Actor,
    now: datetime,
    at_once: bool = False,
) -> ImportBatch:
    """Read a file as a person says; under a name, later files with this head are read so too.

    Raises ColumnsMissing and, for a file that is read at once, AmbiguousDates and DayMissing.
    """
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    rules.check_may_confirm(batch)
    columns = draft.how.columns or Columns(-1)
    rules.check_columns(columns)
    check_zone(draft.timezone)
    batch.timezone = draft.timezone
    batch.layout_key, batch.layout_name = BY_COLUMNS, draft.keep_as
    batch.columns = draft.how.to_json()
    if draft.keep_as:
        _keep_mapping(batch, columns, draft.keep_as, by=by, now=now)
    note("attendance.columns_chosen", batch, by=by, now=now)
    if _is_long(batch) and not at_once:
        _have_read(batch, now=now)
    else:
        read_now(workshop, batch)
    return batch


def _keep_mapping(
    batch: ImportBatch, columns: Columns, name: str, *, by: Actor, now: datetime
) -> None:
    """Keep the columns under a name; one head has one mapping, the last one that was kept."""
    rules.check_has_head(columns)
    head = open_table(storage.path(batch.file_key)).first(columns.head + 1)[-1]
    values = {
        "name": name,
        "columns": columns.to_json(),
        "kept_by": by.id if by.is_signed_in else None,
        "kept_at": now,
    }
    kept = db.insert_for(ImportMapping).values(head_shape=shape_of(head), **values)
    db.session().execute(kept.on_conflict_do_update(index_elements=["head_shape"], set_=values))


@transaction
def look_again(workshop_id: int, batch_id: int, *, by: Actor, now: datetime) -> ImportBatch:
    """Read a kept file anew, because the list of people has changed; decisions stay."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    batch = get_batch(workshop_id, batch_id)
    rules.check_may_confirm(batch)
    rules.check_is_ready(batch)
    _read(workshop, batch, at_once=False, now=now)
    return batch
