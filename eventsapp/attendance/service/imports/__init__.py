"""Attendance files: kept, read, decided about, imported once, and undone without a trace in the
counts."""

from eventsapp.attendance.service.imports.confirming import (
    IMPORT_FILE,
    confirm_import,
    import_file,
    undo_import,
)
from eventsapp.attendance.service.imports.deciding import add_walk_in, decide_rows
from eventsapp.attendance.service.imports.keeping import (
    ask_about,
    choose_columns,
    keep_file,
    look_again,
)
from eventsapp.attendance.service.imports.reading import READ_FILE, read_file

__all__ = [
    "IMPORT_FILE",
    "READ_FILE",
    "add_walk_in",
    "ask_about",
    "choose_columns",
    "confirm_import",
    "decide_rows",
    "import_file",
    "keep_file",
    "look_again",
    "read_file",
    "undo_import",
]
