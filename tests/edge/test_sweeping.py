"""Files that nobody refers to go; a file in use stays, wherever its key is kept."""

import json
import os
import shutil
from datetime import UTC, datetime

import pytest
from flask import Flask

from eventsapp.attendance import service as attendance
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.edge import storage
from eventsapp.edge.jobs import enqueue
from eventsapp.edge.sweeping import KEPT_UNUSED, find_unused, sweep_files
from tests.factories.workshops import NOW, make_actor, make_workshop

LONG_AGO = datetime.now(UTC) - 2 * KEPT_UNUSED
BEFORE = datetime.now(UTC) - KEPT_UNUSED
SCAN = b"%PDF-1.7 signed"


@pytest.fixture(autouse=True)
def _only_our_own(app: Flask) -> None:
    """The folder is shared with the tests before this one."""
    shutil.rmtree(storage.root(), ignore_errors=True)


def stored(data: bytes, suffix: str = "", *, at: datetime = LONG_AGO) -> str:
    key = storage.put(data, suffix)
    os.utime(storage.path(key), (at.timestamp(), at.timestamp()))
    return key


def age(key: str) -> None:
    os.utime(storage.path(key), (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


def test_a_removed_scan_goes_and_one_in_use_stays(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    scans = [
        attendance.keep_scan(workshop.id, "2022-02-08", SCAN + n, name="s.pdf", by=by, now=NOW)
        for n in (b"1", b"2")
    ]
    used, removed = (scan.file_key for scan in scans)
    attendance.remove_scan(workshop.id, scans[1].id, by=by, now=NOW)
    for key in (used, removed):
        age(key)

    assert sweep_files(before=BEFORE) == [removed]
    assert (storage.exists(used), storage.exists(removed)) == (True, False)


@db.transaction
def name_in_a_document(key: str) -> None:
    enqueue("files.sweep", {"blocks": [{"photo": {"key": key}}]}, now=NOW)


def test_a_key_within_a_document_keeps_its_file(app: Flask) -> None:
    within, nowhere = stored(b"photo", ".jpg"), stored(b"other", ".jpg")
    name_in_a_document(within)
    assert find_unused(before=BEFORE) == [nowhere]


def test_a_young_file_stays_and_one_that_is_put_again_is_young(app: Flask) -> None:
    """Its row may not be there yet: files are stored first."""
    young = stored(b"young", at=datetime.now(UTC))
    again = stored(b"again")
    (found,) = find_unused(before=BEFORE)
    storage.put(b"again")

    assert found == again
    assert storage.delete_older(found, BEFORE) is False
    assert (storage.exists(young), storage.read(again)) == (True, b"again")


def test_the_command_says_which_before_it_removes_any(app: Flask) -> None:
    key = stored(b"nobody's")
    run = app.test_cli_runner().invoke
    dry = json.loads(run(args=["sweep-files", "--dry-run", "--json"]).output)
    done = run(args=["sweep-files"])
    assert (dry, done.exit_code, storage.exists(key)) == ([key], 0, False)


@pytest.mark.parametrize("name", [".swept-x", "README"])
def test_other_files_in_the_folder_are_left_alone(app: Flask, name: str) -> None:
    folder = storage.path(stored(b"any")).parent
    (folder / name).write_bytes(b"")
    sweep_files(before=BEFORE)
    assert (folder / name).exists()
