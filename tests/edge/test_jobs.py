"""Recording jobs: with the rows they are about, once, and heard of only after the commit."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import clock, db
from eventsapp.core.db import transaction
from eventsapp.core.errors import Invalid
from eventsapp.edge.jobs import (
    Job,
    JobNameTaken,
    UnknownJob,
    enqueue,
    job,
    run_due_jobs,
)
from eventsapp.edge.jobs.executor import Executor
from tests.factories.jobs import Payload, do_nothing, fetch, make_due, note_in, state_of

MakeJob = Callable[..., str]
Record = Callable[..., int]


def test_a_recorded_job_runs_once_with_its_payload(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    ran: list[tuple[int, Payload]] = []
    name = make_job(note_in(ran))
    job_id = record(name, {"registration": 7}, subject="registration:7")
    assert run_due_jobs() == 1
    assert run_due_jobs() == 0
    assert ran == [(job_id, {"registration": 7})]
    done = fetch(job_id)
    assert (done.status, done.attempts, done.subject, done.lease_owner) == (
        "done",
        1,
        "registration:7",
        None,
    )
    assert done.finished_at is not None


def test_enqueue_refuses_a_name_without_handler(app: Flask, record: Record) -> None:
    with pytest.raises(UnknownJob):
        record("nobody.does_this")


def test_enqueue_refuses_to_work_outside_a_transaction(app: Flask, make_job: MakeJob) -> None:
    name = make_job(do_nothing)
    with pytest.raises(RuntimeError, match="transaction"):
        enqueue(name, {}, now=clock.now())


def test_a_name_cannot_be_taken_twice(app: Flask, make_job: MakeJob) -> None:
    name = make_job(do_nothing)
    job(name)(do_nothing)
    with pytest.raises(JobNameTaken):
        job(name)(note_in([]))


def test_a_committed_transaction_rings_once(
    app: Flask, bell: Executor, make_job: MakeJob, record: Record
) -> None:
    record(make_job(do_nothing))
    assert bell.waiting() == 1


def test_a_rolled_back_transaction_leaves_no_job_and_sends_nothing(
    app: Flask, bell: Executor, make_job: MakeJob, record: Record
) -> None:
    name = make_job(do_nothing)

    @transaction
    def change_mind() -> None:
        record(name)
        raise Invalid

    with pytest.raises(Invalid):
        change_mind()
    assert bell.waiting() == 0
    assert db.session().scalars(sa.select(Job)).all() == []


def test_a_scheduled_job_waits_for_its_time(
    app: Flask, bell: Executor, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing), not_before=clock.now() + timedelta(hours=1))
    assert (bell.waiting(), run_due_jobs()) == (0, 0)
    make_due(job_id)
    assert run_due_jobs() == 1


def test_a_broker_that_refuses_does_not_disturb_the_use_case(
    app: Flask,
    bell: Executor,
    make_job: MakeJob,
    record: Record,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bell.huey.storage, "enqueue", _refuse)
    job_id = record(make_job(do_nothing))
    assert state_of(job_id) == ("queued", 0, "")
    # It is not asked again for a while: a broker that hangs must not slow down each page.
    monkeypatch.undo()
    assert bell.send(job_id) is False


def _refuse(*_: object) -> None:
    raise OSError("disk full")


def test_a_unique_key_makes_one_job_while_it_is_unfinished(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    name = make_job(do_nothing)
    first = record(name, unique_key="edition:7")
    assert record(name, unique_key="edition:7") == first
    assert record(name, unique_key="edition:8") != first
    assert run_due_jobs() == 2
    assert record(name, unique_key="edition:7") != first


def test_a_unique_key_makes_one_job_of_simultaneous_requests(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    name = make_job(do_nothing)
    found: list[int] = []

    def request() -> None:
        with app.app_context():
            found.append(record(name, unique_key="edition:7"))

    run_together(request, 8)
    assert len(found) == 8
    assert set(found) == set(db.session().scalars(sa.select(Job.id)))
    assert len(set(found)) == 1


def run_together(target: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=target) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
