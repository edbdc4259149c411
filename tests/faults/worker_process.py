"""A worker in a process of its own, with jobs that leave traces in a file, for tests to kill.

``EVENTSAPP_*`` settings say where; the first argument is JSON with what differs from a real one.
"""

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from eventsapp.app import create_app
from eventsapp.edge.jobs import Run, job, reconciler
from eventsapp.edge.jobs.runner import Timing
from eventsapp.edge.jobs.worker import run_worker

OPTIONS = {"threads": 1, "sweeps": True, "lease": 2.0, "shutdown": 5.0} | json.loads(sys.argv[1])


@job("faults.slow", attempts=50)
def slow(payload: dict[str, Any], run: Run) -> None:
    """Take a while, and note the beginning and the end of each run."""
    run.progress(1, 2)
    note(f"start {run.job_id} {os.getpid()}")
    time.sleep(payload["seconds"])
    note(f"end {run.job_id} {os.getpid()}")


def note(line: str) -> None:
    with (Path(os.environ["EVENTSAPP_DATA_DIR"]) / "notes").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def main() -> None:
    timing = Timing(
        lease=timedelta(seconds=OPTIONS["lease"]),
        renew_seconds=OPTIONS["lease"] / 4,
        sweep_seconds=0.3,
        beat_seconds=0.3,
        shutdown_seconds=OPTIONS["shutdown"],
    )
    if not OPTIONS["sweeps"]:
        reconciler.sweep = lambda runner: 0  # noqa: ARG005 - the name is part of its shape
    run_worker(create_app(), threads=int(OPTIONS["threads"]), timing=timing)


if __name__ == "__main__":
    main()
