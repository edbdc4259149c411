"""Editions while workers are killed, compete, and find the disk full: one whole file, or none."""

import errno
import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.audit import AuditEvent
from eventsapp.edge import pdf, storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.reports import queries, service
from eventsapp.reports.models import Edition
from eventsapp.reports.types import EditionKind
from tests.factories.reports import approve, submit
from tests.factories.workshops import make_workshop
from tests.faults.conftest import Yard, wait_until

RENDERER = b"eventsapp.edge.pdf.worker"


def issue(*kinds: EditionKind) -> list[int]:
    """An approved report of a small workshop, asked for in these editions; their ids."""
    workshop = make_workshop()
    submit(workshop)
    report_id = approve(workshop).report_id
    issued = service.issue_report(
        report_id, kinds=kinds, languages=["en"], by=SYSTEM, now=clock.now()
    )
    ids = [edition.id for edition in issued]
    db.session().rollback()
    return ids


def state_of(edition_id: int) -> tuple[str, str]:
    """Status and hash of the edition, as another process left it."""
    statement = sa.select(Edition.status, Edition.sha256).where(Edition.id == edition_id)
    with db.db.engine.connect() as connection:
        status, sha256 = connection.execute(statement).one()
    return status, sha256 or ""


def files() -> list[Path]:
    """Every file in storage, whole or not."""
    root = storage.root()
    return [path for path in root.rglob("*") if path.is_file()] if root.is_dir() else []


def renderers_of(pid: int) -> list[int]:
    """The processes that draw pages for this worker."""
    found = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in thread.read_text().split():
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
            except FileNotFoundError:
                continue
            if RENDERER in command.split(b"\0"):
                found.append(int(child))
    return found


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def check_whole(edition_id: int) -> None:
    """The one file is the one whose hash the edition states."""
    status, sha256 = state_of(edition_id)
    assert status == "ready"
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in files()] == [sha256]


@pytest.fixture(autouse=True)
def renderers_end() -> None:
    """A process of this one would be taken for the worker's."""
    pdf.stop_workers()


def test_a_worker_killed_while_pages_are_drawn_leaves_no_file_and_its_successor_one(
    sqlite_yard: Yard,
) -> None:
    (edition_id,) = issue(EditionKind.PUBLIC)
    killed = sqlite_yard.start_worker()
    wait_until(lambda: renderers_of(killed.pid), seconds=60)
    orphans = renderers_of(killed.pid)
    sqlite_yard.kill(killed)
    assert (state_of(edition_id), files()) == (("waiting", ""), [])
    wait_until(lambda: all(is_gone(pid) for pid in orphans), seconds=30)
    sqlite_yard.start_worker()
    wait_until(lambda: state_of(edition_id)[0] == "ready", seconds=90)
    check_whole(edition_id)


@pytest.mark.faults
def test_two_workers_make_each_edition_once(yard: Yard) -> None:
    ids = issue(*EditionKind)
    for _ in range(2):
        yard.start_worker()
    wait_until(lambda: all(state_of(one)[0] == "ready" for one in ids), seconds=120)
    hashes = sorted(state_of(one)[1] for one in ids)
    assert sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files()) == hashes
    rendered = sa.select(AuditEvent.subject).where(AuditEvent.action == "edition.rendered")
    with db.db.engine.connect() as connection:
        subjects = sorted(connection.scalars(rendered))
    assert subjects == sorted(f"edition:{one}" for one in ids)


def test_a_full_disk_leaves_no_file_and_the_edition_comes_when_there_is_room(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(files())
    (edition_id,) = issue(EditionKind.PUBLIC)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        run_due_jobs()
    assert (queries.get_edition(edition_id).status, set(files()) - before) == ("waiting", set())
    db.session().rollback()
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        run_due_jobs()
    edition = queries.get_edition(edition_id)
    assert edition.status == "ready"
    # The control: were the file not the edition's own, its hash would tell.
    assert hashlib.sha256(storage.read(edition.file_key or "")).hexdigest() == edition.sha256


def test_a_writer_without_temporary_names_would_be_seen(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the full disk: what looks for files finds the half that a naive one leaves."""
    before = set(files())
    (edition_id,) = issue(EditionKind.PUBLIC)

    def naive(target: Path, data: bytes) -> None:
        target.write_bytes(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(storage, "_write_whole", naive)
        run_due_jobs()
    left = set(files()) - before
    assert (queries.get_edition(edition_id).status, len(left)) == ("waiting", 1)
    for path in left:
        path.unlink()
