"""One run of one job, the same in the worker, on the command line and in tests."""

import logging
import os
import socket
import threading
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask, current_app

from eventsapp.core import clock, db
from eventsapp.core.errors import Refused
from eventsapp.edge.jobs import leases
from eventsapp.edge.jobs.leases import Claim
from eventsapp.edge.jobs.registry import DEFAULT_ATTEMPTS, UnknownJob, get_registered
from eventsapp.edge.jobs.run import GiveUp, LeaseLost, Run, TryAgain

log = logging.getLogger("eventsapp.jobs")


@dataclass(frozen=True, slots=True)
class Timing:
    """How patient a worker is. A lease outlasts the wait for SQLite's writer (15 s) twice."""

    lease: timedelta = timedelta(seconds=45)
    renew_seconds: float = 10
    sweep_seconds: float = 5
    beat_seconds: float = 10
    shutdown_seconds: float = 25


def make_worker_name() -> str:
    """Unlike any other's, also where every container's process has number 1."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


@dataclass(slots=True)
class Runner:
    """Runs jobs of one application and knows which it holds."""

    app: Flask
    timing: Timing = field(default_factory=Timing)
    worker: str = field(default_factory=make_worker_name)
    held: dict[str, Claim] = field(default_factory=dict)

    def run(self, job_id: int) -> bool:
        """Run the job if it can be had; True when it was, whatever became of it."""
        # A context of its own for each step: nothing that a handler leaves open holds a lock.
        with self.app.app_context():
            owner = f"{self.worker}:{uuid.uuid4().hex}"
            held = leases.claim(job_id, owner, now=clock.now(), lease=self.timing.lease)
        if held is None:
            return False
        self.held[owner] = held
        try:
            with self._renewing(held):
                failure = self._attempt(held)
            with self.app.app_context():
                self._record(held, failure)
        finally:
            self.held.pop(owner, None)
        return True

    def _attempt(self, held: Claim) -> Exception | None:
        allowed = _attempts_allowed(held.name)
        if held.attempt > allowed:
            return GiveUp(f"the worker died in each of {allowed} runs")
        try:
            with self.app.app_context():
                run = Run(job_id=held.job_id, attempt=held.attempt, owner=held.owner)
                get_registered(held.name).handler(held.payload, run)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is recorded
            return error
        return None

    def _record(self, held: Claim, failure: Exception | None) -> None:
        now = clock.now()
        facts = {"job": held.job_id, "job_name": held.name, "attempt": held.attempt}
        if failure is None:
            kept = leases.finish(held, now=now)
            log.info("job done", extra=facts)
        elif isinstance(failure, GiveUp) or held.attempt >= _attempts_allowed(held.name):
            kept = leases.give_up(held, describe(failure), now=now)
            log.error("job given up", extra=facts, exc_info=failure)
        else:
            kept = leases.postpone(held, describe(failure), now=now)
            log.warning("job failed, will be tried again", extra=facts, exc_info=failure)
        if not kept or isinstance(failure, LeaseLost):
            log.warning("job was taken over by another run", extra=facts)

    @contextmanager
    def _renewing(self, held: Claim) -> Iterator[None]:
        """Keep the lease from running out, from a thread, for as long as the block lasts."""
        over = threading.Event()
        thread = threading.Thread(
            target=self._renew_until, args=(held, over), name=f"lease-{held.job_id}", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _renew_until(self, held: Claim, over: threading.Event) -> None:
        while not over.wait(self.timing.renew_seconds):
            try:
                with self.app.app_context():
                    if not leases.renew(held, until=clock.now() + self.timing.lease):
                        return
            except Exception:  # a busy database now; the next try may do
                log.warning("lease not renewed", extra={"job": held.job_id}, exc_info=True)

    def let_go(self) -> None:
        """Hand back what is still running: the process is about to end."""
        with self.app.app_context():
            for held in list(self.held.values()):
                leases.let_go(held, now=clock.now())


def _attempts_allowed(name: str) -> int:
    try:
        return get_registered(name).attempts
    except UnknownJob:
        return DEFAULT_ATTEMPTS


def describe(error: Exception) -> str:
    """What an operator may read: class, place and our own wording.

    A message of somebody else's may hold a row or an address, so it stays out.
    """
    name = type(error).__name__
    if isinstance(error, GiveUp | TryAgain):
        return str(error)
    if isinstance(error, Refused):
        return f"{name}: {error.message}"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "eventsapp" in frame.filename] or frames
    place = f" in {ours[-1].name}, line {ours[-1].lineno}" if ours else ""
    return f"{name}{place}"


def run_due_jobs(limit: int = 1000) -> int:
    """Run what is due, in this process, until nothing is or ``limit`` were run; how many were."""
    if db.in_transaction():
        raise RuntimeError("jobs run after the transaction, not inside it")
    db.session().rollback()
    runner = Runner(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    count = 0
    while count < limit:
        due = leases.find_due(now=clock.now(), lease=runner.timing.lease, limit=1)
        if not due:
            break
        count += runner.run(due[0])
    return count
