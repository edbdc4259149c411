"""Zoom's attendee report of a webinar: hosts, panelists and attendees, a table each.

A row for each join; who registered and did not come has dashes for times. Where the heads are
translated, the columns are known by what stands in them.
"""

from collections.abc import Iterator

from eventsapp.attendance.import_format import SAMPLE_ROWS, Entry, ImportFormat, Reading, Sheet
from eventsapp.attendance.reading.columns import Columns, Role, heads_of
from eventsapp.attendance.reading.stays import NOTHING, Body, Numbered, read_stays
from eventsapp.attendance.reading.times import is_time
from eventsapp.core.errors import N_
from eventsapp.edge.tables import Table

NAMES = {
    "user name (original name)": Role.NAME,
    "user name": Role.NAME,
    "email": Role.EMAIL,
    "join time": Role.JOIN,
    "leave time": Role.LEAVE,
    "time in session (minutes)": Role.MINUTES,
    "time in session(minutes)": Role.MINUTES,
}
ATTENDED = "attended"
FEWEST_CELLS = 6


def detect(sample: Sheet) -> bool:
    return bool(_heads(sample))


def read(table: Table, reading: Reading) -> Iterator[Entry]:
    columns = Columns(-1, {role: number for number, role in enumerate(Role)})
    return read_stays(_one_table(table, _heads(table.first(SAMPLE_ROWS))), columns, reading)


def _heads(sample: Sheet) -> dict[int, Columns]:
    """The heads among the first rows, by their place."""
    named = {n: columns for n, row in enumerate(sample) if (columns := _named(row))}
    if named:
        return named
    return {n: columns for n in range(len(sample)) if (columns := _translated(sample, n))}


def _one_table(table: Table, heads: dict[int, Columns]) -> Body:
    """The rows of all tables, their columns in the one order of Role, without who did not come."""

    def rows() -> Iterator[Numbered]:
        columns: Columns | None = None
        for number, row in enumerate(table):
            head = heads.get(number) or _named(row)
            if head is not None:
                columns = head
            elif not any(row):
                columns = None
            elif columns is not None and _came(row, columns):
                yield number + 1, [columns.cell(row, role) for role in Role]

    return rows


def _came(row: list[str], columns: Columns) -> bool:
    """Whether a row has times; a title between two tables has neither times nor columns."""
    return len(row) > 1 and columns.cell(row, Role.JOIN) not in NOTHING


def _named(row: list[str]) -> Columns | None:
    heads = heads_of(row)
    if heads[:1] != [ATTENDED]:
        return None
    at = {NAMES[head]: column for column, head in enumerate(heads) if head in NAMES}
    return Columns(-1, at) if {Role.NAME, Role.JOIN, Role.LEAVE} <= set(at) else None


def _translated(sample: Sheet, number: int) -> Columns | None:
    """A head without times, above rows that say yes or no first and end with times and minutes."""
    row = sample[number]
    if len(row) < FEWEST_CELLS or not all(row[:2]) or any(is_time(cell) for cell in row):
        return None
    below = _until_gap(sample[number + 1 :])
    came = next((later for later in below if _times_at(later) is not None), None)
    at = None if came is None else _times_at(came)
    if came is None or at is None or not _is_yes_or_no(below, at):
        return None
    found = {Role.NAME: 1, Role.JOIN: at, Role.LEAVE: at + 1, Role.MINUTES: at + 2}
    address = next((column for column, cell in enumerate(came) if "@" in cell), None)
    return Columns(-1, found if address is None else {**found, Role.EMAIL: address})


def _until_gap(rows: Sheet) -> Sheet:
    found: Sheet = []
    for row in rows:
        if len([cell for cell in row if cell]) <= 1:
            break
        found.append(row)
    return found


def _times_at(row: list[str]) -> int | None:
    """Where two times and a number stand side by side, behind at least yes or no, name, address."""
    for column in range(3, len(row) - 2):
        if (
            is_time(row[column])
            and is_time(row[column + 1])
            and row[column + 2].strip().isdecimal()
        ):
            return column
    return None


def _is_yes_or_no(rows: Sheet, at: int) -> bool:
    """The first column says whether they came: one word for those with times, another without."""
    whole = [row for row in rows if len(row) > at]
    came = {row[0].strip().casefold() for row in whole if is_time(row[at])}
    stayed_away = {row[0].strip().casefold() for row in whole if row[at].strip() in NOTHING}
    short = all(0 < len(word) <= 5 and word.isalpha() for word in came | stayed_away)
    return len(came) == 1 and len(stayed_away) <= 1 and came.isdisjoint(stayed_away) and short


ZOOM_WEBINAR = ImportFormat(
    key="zoom_webinar", label=N_("Zoom: attendees of a webinar"), detect=detect, read=read
)
