"""One use case in a process of its own that dies at a given moment, without a goodbye.

Arguments: what (a key of ``ACTIONS``), when (``before`` or ``after`` its commit), JSON.
"""

import json
import os
import signal
import sys
from datetime import UTC, datetime
from typing import Any

from eventsapp.app import create_app
from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.feedback import queries, service
from eventsapp.feedback.types import Submission

NOW = datetime(2022, 2, 9, 12, 0, tzinfo=UTC)


def submit_remembered(given: dict[str, Any]) -> None:
    """As a process does it that knows the form already."""
    queries.find_right(given["code"], seen=given["version_id"])
    service.submit(Submission(**given), now=NOW)


ACTIONS: dict[str, Any] = {
    "submit": lambda given: service.submit(Submission(**given), now=NOW),
    "submit_remembered": submit_remembered,
    "mix": lambda given: service.mix(given["form"], by=SYSTEM, now=NOW),
    "close": lambda given: service.close_form(given["form"], by=SYSTEM, now=NOW),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@transaction
def interrupted(what: str, given: dict[str, Any]) -> None:
    """Everything is written, nothing is committed yet."""
    ACTIONS[what](given)
    db.session().flush()
    die()


def main() -> None:
    what, when, given = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    with create_app().app_context():
        if when == "before":
            interrupted(what, given)
        ACTIONS[what](given)
        die()


if __name__ == "__main__":
    main()
