"""Work that outlives a request: recorded with the rows it is about, done at least once.

A capability registers handlers in its ``jobs.py`` and records jobs in its ``service.py``::

    @job("attendance.send_message", attempts=16)
    def send_message(payload: dict[str, Any], run: Run) -> None: ...

    enqueue("attendance.send_message", {"registration": 7}, now=now, subject="registration:7")
"""

from eventsapp.edge.jobs.models import UNFINISHED, Job, JobStatus
from eventsapp.edge.jobs.queries import find_job, find_jobs_about
from eventsapp.edge.jobs.registry import (
    Handler,
    JobNameTaken,
    UnknownJob,
    job,
    registered_names,
)
from eventsapp.edge.jobs.run import GiveUp, LeaseLost, Run, TryAgain
from eventsapp.edge.jobs.runner import run_due_jobs
from eventsapp.edge.jobs.service import (
    amend_waiting,
    cancel_job,
    enqueue,
    hold_jobs,
    release_jobs,
    retry_job,
)

__all__ = [
    "UNFINISHED",
    "GiveUp",
    "Handler",
    "Job",
    "JobNameTaken",
    "JobStatus",
    "LeaseLost",
    "Run",
    "TryAgain",
    "UnknownJob",
    "amend_waiting",
    "cancel_job",
    "enqueue",
    "find_job",
    "find_jobs_about",
    "hold_jobs",
    "job",
    "registered_names",
    "release_jobs",
    "retry_job",
    "run_due_jobs",
]
