"""Long files: a worker reads and imports them; killed halfway, all or nothing counts."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from eventsapp.attendance import service
from eventsapp.attendance.models import AttendanceRecord, ImportBatch, ImportLine, ImportStay
from eventsapp.attendance.queries import attendance_facts
from eventsapp.config import ROOT
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.edge.jobs import find_jobs_about, run_due_jobs
from eventsapp.workshops.models import Workshop
from tests.conftest import Home, build_home
from tests.factories.calls import call_file, fill_roster
from tests.factories.workshops import NOW, make_actor, make_workshop

ROWS, PEOPLE = 21_000, 300


@dataclass(frozen=True)
class Call:
    """A workshop with a long file that nobody has read yet."""

    home: Home
    workshop: Workshop
    batch_id: int
    organiser: Actor


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.faults)],
)
def call(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Call]:
    home = build_home(request.param, tmp_path, "long")
    with home.app.app_context():
        organiser = make_actor(Role.ORGANISER)
        workshop = make_workshop(by=organiser)
        fill_roster(workshop.id, PEOPLE)
        batch = service.keep_file(
            workshop.id,
            call_file(workshop, ROWS, PEOPLE),
            name="long.csv",
            timezone=workshop.timezone,
            by=organiser,
            now=NOW,
        )
        yield Call(home, workshop, batch.id, organiser)
        db.db.session.remove()
        db.db.engine.dispose()


def count(table: type[AttendanceRecord | ImportLine | ImportStay]) -> int:
    db.session().rollback()
    return db.session().scalar(sa.select(sa.func.count()).select_from(table)) or 0


def batch_of(call: Call) -> ImportBatch:
    db.session().expire_all()
    return db.get(ImportBatch, call.batch_id)


def run_and_kill(call: Call, what: str) -> None:
    settings = call.home.settings
    environment = os.environ | {
        "EVENTSAPP_MODE": "test",
        "EVENTSAPP_DATABASE_URL": settings.database_url,
        "EVENTSAPP_DATA_DIR": str(settings.data_dir),
        "EVENTSAPP_SECRET_KEY": settings.secret_key,
    }
    db.session().rollback()
    process = subprocess.run(
        [sys.executable, "-m", "tests.attendance.killed_import", what, str(call.batch_id)],
        env=environment,
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert process.returncode == -signal.SIGKILL


def confirm(call: Call) -> None:
    service.confirm_import(call.workshop.id, call.batch_id, by=call.organiser, now=NOW)


def test_a_worker_killed_halfway_leaves_nothing_or_all_and_its_job_is_repeated(call: Call) -> None:
    before = attendance_facts(call.workshop)

    run_and_kill(call, "read")
    # The kill struck: some of the file was there, and none of it showed.
    assert 0 < count(ImportStay) < ROWS
    assert (batch_of(call).stage, count(ImportLine)) == ("reading", 0)
    run_due_jobs()
    assert (batch_of(call).stage, count(ImportLine), count(ImportStay)) == ("ready", PEOPLE, ROWS)
    assert attendance_facts(call.workshop) == before

    confirm(call)
    run_and_kill(call, "import")
    assert (batch_of(call).stage, batch_of(call).status) == ("importing", "preview")
    assert (count(AttendanceRecord), attendance_facts(call.workshop)) == (0, before)
    run_due_jobs()
    assert (batch_of(call).stage, batch_of(call).status) == ("ready", "confirmed")
    assert (count(AttendanceRecord), attendance_facts(call.workshop).attended) == (ROWS, PEOPLE)

    # Once more changes nothing, and undoing restores every figure.
    service.import_file(call.batch_id, None, confirm_lease=lambda: None, now=NOW)
    assert count(AttendanceRecord) == ROWS
    service.undo_import(call.workshop.id, call.batch_id, by=call.organiser, now=NOW)
    assert attendance_facts(call.workshop) == before


def test_a_long_file_shows_how_far_its_reading_is(call: Call) -> None:
    seen: list[tuple[int, int]] = []

    class Watch:
        def progress(self, done: int, total: int, text: str = "") -> None:
            seen.append((done, total))

        def confirm_lease(self) -> None:
            """This test is the only reader."""

    service.read_file(call.batch_id, Watch())

    assert len(find_jobs_about(f"import_batch:{call.batch_id}")) == 1
    assert seen == sorted(seen)
    assert (len(seen) >= ROWS // 2_000, seen[-1]) == (True, (ROWS + 1, ROWS + 1))
