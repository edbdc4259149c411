"""Reads of attendance files: how one is read, whom it is about, and which were imported."""

from eventsapp.attendance.queries.imports.batches import (
    count_kinds,
    count_missing,
    count_people,
    find_confirmed,
    find_people,
    get_batch,
    get_line,
    list_batches,
    list_lines,
    list_missing,
    suggested,
)
from eventsapp.attendance.queries.imports.layouts import (
    Layout,
    find_layout,
    layout_label,
    read_entries,
)
from eventsapp.attendance.queries.imports.preview import (
    ImportPreview,
    PreviewLine,
    group_entries,
    lines_of,
    preview_file,
)
from eventsapp.attendance.queries.imports.roster import load_roster

__all__ = [
    "ImportPreview",
    "Layout",
    "PreviewLine",
    "count_kinds",
    "count_missing",
    "count_people",
    "find_confirmed",
    "find_layout",
    "find_people",
    "get_batch",
    "get_line",
    "group_entries",
    "layout_label",
    "lines_of",
    "list_batches",
    "list_lines",
    "list_missing",
    "load_roster",
    "preview_file",
    "read_entries",
    "suggested",
]
