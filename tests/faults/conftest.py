"""Real processes on a database of their own, so that they can be killed."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.config import ROOT
from eventsapp.core import clock, db
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import Job, enqueue, job, registry
from eventsapp.edge.jobs.executor import executor_of
from tests.conftest import DATABASES, build_home


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s")
        time.sleep(0.05)


@dataclass
class Yard:
    """A database, a data folder, and the worker processes on them."""

    app: Flask
    environment: dict[str, str]
    notes: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_worker(self, **options: Any) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker_process", json.dumps(options)],
            env=self.environment,
            cwd=ROOT,
        )
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes], signum: int = signal.SIGKILL) -> int:
        worker.send_signal(signum)
        return worker.wait(30)

    def stall(self, worker: subprocess.Popen[bytes]) -> None:
        """Stop it at a moment when it is not writing: its locks would stop everybody else too."""
        while True:
            worker.send_signal(signal.SIGSTOP)
            if not self._is_locked():
                return
            worker.send_signal(signal.SIGCONT)
            time.sleep(0.02)

    def _is_locked(self) -> bool:
        engine = db.db.engine
        if engine.dialect.name == "postgresql":
            others = (
                "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL"
                " AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            with engine.connect() as connection:
                return bool(connection.exec_driver_sql(others).scalar())
        path = str(engine.url.database)
        with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as probe:
            try:
                probe.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            return False

    def record(self, seconds: float) -> int:
        @transaction
        def in_transaction() -> int:
            return enqueue("faults.slow", {"seconds": seconds}, now=clock.now()).id

        return in_transaction()

    def noted(self, kind: str) -> list[list[str]]:
        lines = self.notes.read_text("utf-8").splitlines() if self.notes.exists() else []
        return [line.split() for line in lines if line.startswith(f"{kind} ")]

    def states(self) -> list[tuple[str, int]]:
        """Status and attempts of every job that ``record`` made; workers make others themselves."""
        statement = (
            sa.select(Job.status, Job.attempts).where(Job.name == "faults.slow").order_by(Job.id)
        )
        with db.db.engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.execute(statement)]

    def are_all(self, status: str) -> bool:
        return {found for found, _ in self.states()} == {status}


def build_yard(kind: str, folder: Path, broker_url: str = "") -> Iterator[Yard]:
    home = build_home(kind, folder, "faults")
    settings = home.settings
    environment = os.environ | {
        "EVENTSAPP_MODE": "test",
        "EVENTSAPP_DATABASE_URL": settings.database_url,
        "EVENTSAPP_DATA_DIR": str(settings.data_dir),
        "EVENTSAPP_SECRET_KEY": settings.secret_key,
        "EVENTSAPP_BROKER_URL": broker_url,
    }
    yard = Yard(home.app, environment, settings.data_dir / "notes")
    job("faults.slow")(lambda _payload, _run: None)
    with home.app.app_context():
        yield yard
        for worker in yard.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGCONT)
                yard.kill(worker)
        db.db.session.remove()
        db.db.engine.dispose()
    executor_of(home.app).huey.storage.close()
    registry._handlers.pop("faults.slow")


@pytest.fixture(params=DATABASES)
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Yard]:
    yield from build_yard(request.param, tmp_path)


@pytest.fixture
def sqlite_yard(tmp_path: Path) -> Iterator[Yard]:
    yield from build_yard("sqlite", tmp_path)
