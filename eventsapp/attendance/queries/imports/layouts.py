"""How a file is read: as a person said, as a layout knows it, or by a guess."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from eventsapp.attendance.import_format import (
    SAMPLE_ROWS,
    Entry,
    ImportFormat,
    ImportRow,
    Reading,
    Sheet,
    all_formats,
    find_format,
)
from eventsapp.attendance.models import ImportMapping
from eventsapp.attendance.reading.columns import FURTHEST_HEAD, Columns, Role, shape_of
from eventsapp.attendance.reading.guess import Hints, guess_columns
from eventsapp.attendance.reading.stays import body_of, read_actions, read_stays
from eventsapp.core import db
from eventsapp.core.errors import N_, Invalid
from eventsapp.edge.tables import Table

BY_COLUMNS = "columns"
BY_COLUMNS_LABEL = N_("read by its columns")


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout by its key, or ``columns``; ``name`` is that of a kept mapping.

    ``is_guess`` tells that nobody described the columns: a person should look at them.
    """

    key: str
    columns: Columns | None = None
    name: str = ""
    is_guess: bool = False


def find_layout(
    table: Table,
    reading: Reading,
    names: Callable[[], frozenset[str]],
    *,
    said: Columns | None = None,
) -> Layout:
    """What was said about the columns goes before all, then what was kept about such a head.

    ``names`` gives the words of names on the roster, which help to guess.
    """
    if said is not None:
        return Layout(BY_COLUMNS, said)
    sample = table.first(SAMPLE_ROWS)
    kept = _find_mapping(sample)
    if kept is not None:
        return kept
    known = find_format(sample)
    if known is not None and _reads(known, sample, reading):
        return Layout(known.key)
    return Layout(BY_COLUMNS, guess_layout(sample, reading, names()), is_guess=True)


def _reads(layout: ImportFormat, sample: Sheet, reading: Reading) -> bool:
    """Whether a layout that seems to fit can use any row of those that there are."""
    entry: Entry | None = None
    try:
        for entry in layout.read(Table(lambda: iter(sample)), reading):
            if isinstance(entry, ImportRow):
                return True
    except Invalid:
        # What it asks about it can read.
        return True
    return entry is None


def guess_layout(sample: Sheet, reading: Reading, names: frozenset[str]) -> Columns:
    return guess_columns(sample, Hints.of(reading, names))


def _find_mapping(sample: Sheet) -> Layout | None:
    """A kept mapping for a head among the first rows."""
    shapes = {shape_of(row): number for number, row in enumerate(sample[:FURTHEST_HEAD]) if row}
    found = db.session().scalar(
        sa.select(ImportMapping).where(ImportMapping.head_shape.in_(shapes)).limit(1)
    )
    if found is None:
        return None
    at = Columns.from_json(found.columns).at
    return Layout(BY_COLUMNS, Columns(shapes[found.head_shape], at), name=found.name)


def read_entries(table: Table, layout: Layout, reading: Reading) -> Iterator[Entry]:
    """What the table says, row by row; raises AmbiguousDates and DayMissing before the first."""
    columns = layout.columns
    if columns is None:
        return all_formats()[layout.key].read(table, reading)
    body = body_of(table, columns.head)
    if Role.ACTION in columns.at:
        return read_actions(body, columns, reading)
    return read_stays(body, columns, reading, are_sums=True)


def layout_label(key: str) -> str:
    """An English msgid, also for a layout that is no more."""
    layout = all_formats().get(key)
    return BY_COLUMNS_LABEL if layout is None else layout.label
