"""Tables that come from and go to other people's programs: CSV and XLSX.

What we write never becomes a formula in the program that opens it. What we read may be in any
encoding, cut off, hostile or no table at all: it becomes rows of text, or UnreadableFile says why.
"""

from eventsapp.edge.tables.reading import (
    MOST_COLUMNS,
    MOST_ROWS,
    EmptyFile,
    Table,
    TooManyRows,
    UnreadableFile,
    open_table,
    read_table,
)
from eventsapp.edge.tables.writing import (
    CSV_TYPE,
    XLSX_TYPE,
    Cell,
    Rows,
    write_csv,
    write_xlsx,
)

__all__ = [
    "CSV_TYPE",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "XLSX_TYPE",
    "Cell",
    "EmptyFile",
    "Rows",
    "Table",
    "TooManyRows",
    "UnreadableFile",
    "open_table",
    "read_table",
    "write_csv",
    "write_xlsx",
]
