"""Failing, giving up, being stopped, telling how far: the runs of a job."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import (
    GiveUp,
    Job,
    Run,
    cancel_job,
    find_job,
    hold_jobs,
    release_jobs,
    retry_job,
    run_due_jobs,
)
from eventsapp.edge.jobs.executor import Executor
from eventsapp.edge.jobs.leases import LONGEST_DELAY, delay_after, writing_connection
from eventsapp.edge.jobs.service import JobNotRetryable, JobNotWaiting
from tests.factories.jobs import Payload, fetch, make_due, note_in, state_of

MakeJob = Callable[..., str]
Record = Callable[..., int]


def test_a_failed_run_is_tried_again_later(app: Flask, make_job: MakeJob, record: Record) -> None:
    tries: list[int] = []

    def work_the_second_time(payload: Payload, run: Run) -> None:
        tries.append(run.attempt)
        if run.attempt == 1:
            raise OSError

    job_id = record(make_job(work_the_second_time))
    before = clock.now()
    assert run_due_jobs() == 1
    failed = fetch(job_id)
    assert (failed.status, failed.attempts) == ("queued", 1)
    assert timedelta(seconds=7) < failed.due_at - before < timedelta(seconds=12)
    assert run_due_jobs() == 0
    make_due(job_id)
    run_due_jobs()
    assert (tries, state_of(job_id)) == ([1, 2], ("done", 2, ""))


def test_a_job_is_given_up_after_its_attempts(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    def fail(payload: Payload, run: Run) -> None:
        raise OSError

    job_id = record(make_job(fail, attempts=3))
    statuses = []
    for _ in range(4):
        run_due_jobs()
        statuses.append(fetch(job_id).status)
        if statuses[-1] == "queued":
            make_due(job_id)
    assert statuses == ["queued", "queued", "failed", "failed"]
    assert fetch(job_id).attempts == 3


def test_give_up_ends_a_job_at_once_with_its_reason(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    def refuse(payload: Payload, run: Run) -> None:
        raise GiveUp("SMTPRecipientsRefused 550")

    job_id = record(make_job(refuse))
    run_due_jobs()
    assert state_of(job_id) == ("failed", 1, "SMTPRecipientsRefused 550")


def test_an_error_is_recorded_by_class_and_place_without_its_message(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    def fail(payload: Payload, run: Run) -> None:
        raise ValueError("leila@demo.example is not a number")

    job_id = record(make_job(fail))
    run_due_jobs()
    error = fetch(job_id).error
    assert error.startswith("ValueError in ")
    assert "leila" not in error


def test_delays_grow_threefold_to_an_hour_and_are_spread() -> None:
    longest = [10, 30, 90, 270, 810, 2430, 3600, 3600]
    for attempt, seconds in enumerate(longest, start=1):
        delays = {delay_after(attempt).total_seconds() for _ in range(50)}
        assert max(delays) <= seconds
        assert min(delays) >= seconds * 0.75
        assert len(delays) > 40
    assert delay_after(1_000_000) <= LONGEST_DELAY


def test_a_given_up_job_can_be_retried_with_all_its_attempts(
    app: Flask, bell: Executor, make_job: MakeJob, record: Record
) -> None:
    working = threading.Event()

    def work_later(payload: Payload, run: Run) -> None:
        if not working.is_set():
            raise GiveUp("not yet")

    job_id = record(make_job(work_later))
    run_due_jobs()
    bell.huey.flush()
    working.set()
    retry_job(job_id, by=SYSTEM, now=clock.now())
    assert (state_of(job_id), bell.waiting()) == (("queued", 0, ""), 1)
    run_due_jobs()
    assert state_of(job_id) == ("done", 1, "")
    with pytest.raises(JobNotRetryable):
        retry_job(job_id, by=SYSTEM, now=clock.now())


def test_a_cancelled_job_never_runs(app: Flask, make_job: MakeJob, record: Record) -> None:
    ran: list[tuple[int, Payload]] = []
    job_id = record(make_job(note_in(ran)))
    cancel_job(job_id, by=SYSTEM, now=clock.now())
    assert (run_due_jobs(), ran, state_of(job_id)) == (0, [], ("cancelled", 0, ""))
    with pytest.raises(JobNotWaiting):
        cancel_job(job_id, by=SYSTEM, now=clock.now())


def test_held_jobs_wait_for_their_release(app: Flask, make_job: MakeJob, record: Record) -> None:
    ran: list[tuple[int, Payload]] = []
    job_id = record(make_job(note_in(ran)))
    assert hold_jobs(by=SYSTEM, now=clock.now()) == 1
    assert (run_due_jobs(), ran) == (0, [])
    assert release_jobs(by=SYSTEM, now=clock.now()) == 1
    assert (run_due_jobs(), ran) == (1, [(job_id, {})])


def test_progress_is_seen_while_the_job_runs(app: Flask, make_job: MakeJob, record: Record) -> None:
    seen: list[tuple[int, int, str]] = []

    def work(payload: Payload, run: Run) -> None:
        run.progress(3, 10, "Drawing charts")
        # Too soon after the last report to be written; the end is always written.
        run.progress(4, 10, "Drawing charts")
        seen.append(read_progress(run.job_id))
        run.progress(10, 10, "Drawing charts")

    job_id = record(make_job(work))
    run_due_jobs()
    assert seen == [(3, 10, "Drawing charts")]
    assert read_progress(job_id) == (10, 10, "Drawing charts")


def read_progress(job_id: int) -> tuple[int, int, str]:
    columns = (Job.progress_done, Job.progress_total, Job.progress_text)
    with db.db.engine.connect() as connection:
        row = connection.execute(sa.select(*columns).where(Job.id == job_id)).one()
    return (row[0], row[1], row[2])


def test_progress_inside_a_transaction_commits_with_it(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    @transaction
    def report_and_fail(run: Run) -> None:
        run.progress(1, 1)
        raise OSError

    @transaction
    def report(run: Run) -> None:
        run.progress(2, 2)

    failing = record(make_job(lambda _, run: report_and_fail(run)))
    working = record(make_job(lambda _, run: report(run)))
    run_due_jobs()
    assert (read_progress(failing), read_progress(working)) == ((0, 0, ""), (2, 2, ""))


def test_a_handler_that_has_read_holds_no_lock(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    written: list[bool] = []

    def read_then_work_long(payload: Payload, run: Run) -> None:
        find_job(run.job_id)
        with writing_connection() as connection:
            connection.execute(sa.update(Job).values(subject="written meanwhile"))
            written.append(True)

    job_id = record(make_job(read_then_work_long))
    run_due_jobs()
    assert (written, fetch(job_id).subject) == ([True], "written meanwhile")


def test_run_due_jobs_refuses_to_run_inside_a_transaction(app: Flask) -> None:
    @transaction
    def use_case() -> None:
        run_due_jobs()

    with pytest.raises(RuntimeError, match="transaction"):
        use_case()
