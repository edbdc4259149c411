"""The worker process: threads that run jobs, a reconciler, a heartbeat, and an orderly end."""

import logging
import signal
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from eventsapp.core import clock
from eventsapp.edge.jobs import reconciler
from eventsapp.edge.jobs.executor import executor_of
from eventsapp.edge.jobs.leases import writing_connection
from eventsapp.edge.jobs.models import WorkerHeartbeat
from eventsapp.edge.jobs.runner import Runner, Timing
from eventsapp.edge.memory import spare_the_collector

log = logging.getLogger("eventsapp.jobs")

THREADS = 2
HOUSEKEEPING_SECONDS = 3600
REPEATED_SECONDS = 60


class Worker:
    """One process's share of the work. ``run`` returns when a signal or ``stop`` ends it."""

    def __init__(self, app: Flask, *, threads: int = THREADS, timing: Timing | None = None) -> None:
        self.app = app
        self.runner = Runner(app, timing or Timing())
        self.stopping = threading.Event()
        executor = executor_of(app)
        executor.on_message = self.runner.run
        self.consumer = executor.huey.create_consumer(
            workers=threads,
            periodic=False,
            max_delay=0.5,
            scheduler_interval=60,
            shutdown_timeout=self.runner.timing.shutdown_seconds,
        )

    def run(self) -> None:
        # A broker that is away would fill the log; the sweep says it once a round.
        logging.getLogger("huey.consumer.Worker").setLevel(logging.CRITICAL)
        self.beat()
        self.consumer.start()
        # After Huey's own handlers, so that these are the ones that count.
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: self.stopping.set())
        log.info("worker started", extra={"worker": self.runner.worker})
        sweeper = threading.Thread(target=self._sweep_until_stopped, name="sweeper", daemon=True)
        sweeper.start()
        while not self.stopping.wait(self.runner.timing.beat_seconds):
            self._attempt(self.beat)
            self.consumer.check_worker_health()
        self._end(sweeper)

    def beat(self) -> None:
        """Say that this worker is alive."""
        now = clock.now()
        seen = sa.update(WorkerHeartbeat).where(WorkerHeartbeat.worker == self.runner.worker)
        with self.app.app_context(), writing_connection() as connection:
            if connection.execute(seen.values(seen_at=now)).rowcount == 0:
                row = {"worker": self.runner.worker, "started_at": now, "seen_at": now}
                connection.execute(sa.insert(WorkerHeartbeat).values(row))

    def _sweep_until_stopped(self) -> None:
        """Look for work at once, then every few seconds; see to rarer things in between."""
        rare = {self._prune: HOUSEKEEPING_SECONDS, self._repeat: REPEATED_SECONDS}
        next_at = dict.fromkeys(rare, time.monotonic())
        while True:
            for task, seconds in rare.items():
                if time.monotonic() >= next_at[task]:
                    next_at[task] = time.monotonic() + seconds
                    self._attempt(task)
            self._attempt(lambda: reconciler.sweep(self.runner))
            if self.stopping.wait(self.runner.timing.sweep_seconds):
                return

    def _prune(self) -> None:
        with self.app.app_context():
            reconciler.prune(now=clock.now())

    def _repeat(self) -> None:
        with self.app.app_context():
            reconciler.enqueue_repeated(now=clock.now())

    def _attempt(self, task: Callable[[], object]) -> None:
        """A database that is away for a while must not end the worker."""
        try:
            task()
        except Exception:
            log.warning("worker could not do its round", exc_info=True)

    def _end(self, sweeper: threading.Thread) -> None:
        """Let running jobs finish for a while, then hand the rest back for others."""
        log.info("worker stopping", extra={"worker": self.runner.worker})
        self.consumer.stop(graceful=True)
        sweeper.join(timeout=1)
        self._attempt(self.runner.let_go)
        self._attempt(self._say_goodbye)

    def _say_goodbye(self) -> None:
        gone = sa.delete(WorkerHeartbeat).where(WorkerHeartbeat.worker == self.runner.worker)
        with self.app.app_context(), writing_connection() as connection:
            connection.execute(gone)


def run_worker(app: Flask, *, threads: int = THREADS, timing: Timing | None = None) -> None:
    """Run jobs until SIGTERM or SIGINT; call it in a process's main thread."""
    spare_the_collector()
    Worker(app, threads=threads, timing=timing).run()
