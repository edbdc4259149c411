"""Long attendance files."""

from typing import Any

from eventsapp.attendance.service import ask_about, import_file, read_file
from eventsapp.attendance.service.imports import IMPORT_FILE, READ_FILE
from eventsapp.core import clock
from eventsapp.core.errors import N_, Invalid
from eventsapp.edge.jobs import Run, job

IMPORTING_TEXT = N_("Importing the file")


@job(READ_FILE)
def read_attendance_file(payload: dict[str, Any], run: Run) -> None:
    """Read a long file; where a person's word is needed, or it turns out to be none, ask."""
    try:
        read_file(payload["batch"], run)
    except Invalid:
        ask_about(payload["batch"], confirm=run.confirm_lease)


@job(IMPORT_FILE)
def import_attendance_file(payload: dict[str, Any], run: Run) -> None:
    """Import a long file that was confirmed."""
    run.progress(0, 1, IMPORTING_TEXT)
    import_file(payload["batch"], payload["by"], confirm_lease=run.confirm_lease, now=clock.now())
