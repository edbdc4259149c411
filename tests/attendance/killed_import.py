"""A long attendance file's job in a process of its own that dies halfway, without a goodbye.

Arguments: what (``read`` or ``import``), and the batch.
"""

import os
import signal
import sys
from datetime import UTC, datetime

from eventsapp.app import create_app
from eventsapp.attendance import service
from eventsapp.core import db
from eventsapp.core.db import transaction

NOW = datetime(2022, 2, 9, 12, 0, tzinfo=UTC)


class DyingWatch:
    """Dies before the third piece is committed: two pieces of the file are there already."""

    def __init__(self) -> None:
        self.confirmed = 0

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Nobody looks."""

    def confirm_lease(self) -> None:
        self.confirmed += 1
        if self.confirmed > 3:
            die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@transaction
def interrupted_import(batch_id: int) -> None:
    """Everything is written, nothing is committed yet."""
    service.import_file(batch_id, None, confirm_lease=lambda: None, now=NOW)
    db.session().flush()
    die()


def main() -> None:
    what, batch_id = sys.argv[1], int(sys.argv[2])
    with create_app().app_context():
        if what == "read":
            service.read_file(batch_id, DyingWatch())
        else:
            interrupted_import(batch_id)


if __name__ == "__main__":
    main()
