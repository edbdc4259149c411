"""Columns by their heads, whatever their letter case, order and spacing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from eventsapp.attendance.import_format import Sheet

_SPACE = re.compile(r"[\s\u00a0\u202f]+")
# A head stands within the first lines: behind a summary, a title, an empty line.
FURTHEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class Head:
    """Where the table begins in a sheet, and which column is which."""

    row: int
    columns: Mapping[str, int]

    def cell(self, row: list[str], name: str) -> str:
        """The cell of a column; empty where the column or the cell is not there."""
        column = self.columns.get(name, -1)
        return row[column].strip() if 0 <= column < len(row) else ""


def find_head(
    sheet: Sheet, names: Mapping[str, frozenset[str]], *, needed: frozenset[str]
) -> Head | None:
    """The first line that has all the ``needed`` columns; ``names`` gives the spellings of each."""
    for number, row in enumerate(sheet[:FURTHEST_HEAD]):
        written = [_SPACE.sub(" ", cell).strip().strip("\ufeff").casefold() for cell in row]
        columns = {
            name: next(index for index, cell in enumerate(written) if cell in spellings)
            for name, spellings in names.items()
            if spellings & set(written)
        }
        if needed <= set(columns):
            return Head(number, columns)
    return None
