"""Leases and the reconciler: what makes a job run although something was lost."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import clock, db
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import Job, LeaseLost, Run, find_job, leases, reconciler
from eventsapp.edge.jobs.executor import Executor
from eventsapp.edge.jobs.leases import Claim
from eventsapp.edge.jobs.models import WorkerHeartbeat
from eventsapp.edge.jobs.runner import Runner, Timing

MakeJob = Callable[..., str]
Record = Callable[..., int]

LEASE = timedelta(seconds=45)


def do_nothing(payload: dict[str, Any], run: Run) -> None:
    """A job that always works."""


def claim(job_id: int, owner: str, *, later: timedelta = timedelta(0)) -> Claim | None:
    return leases.claim(job_id, owner, now=clock.now() + later, lease=LEASE)


def take(job_id: int, owner: str, *, later: timedelta = timedelta(0)) -> Claim:
    claimed = claim(job_id, owner, later=later)
    assert claimed is not None
    return claimed


def holder_of(job_id: int) -> tuple[str, str | None]:
    db.session().expire_all()
    found = find_job(job_id)
    assert found is not None
    return found.status, found.lease_owner


def let_lease_lapse(job_id: int) -> None:
    with leases.writing_connection() as connection:
        past = clock.now() - timedelta(seconds=1)
        connection.execute(sa.update(Job).where(Job.id == job_id).values(lease_until=past))


def test_one_of_many_simultaneous_claims_gets_the_job(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing))
    claims: list[Claim | None] = []

    def try_it() -> None:
        with app.app_context():
            claims.append(claim(job_id, threading.current_thread().name))

    threads = [threading.Thread(target=try_it, name=f"worker {n}") for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    got = [claimed for claimed in claims if claimed]
    assert (len(claims), len(got)) == (12, 1)
    assert holder_of(job_id) == ("running", got[0].owner)


def test_a_job_is_claimed_again_only_after_its_lease(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing))
    take(job_id, "first")
    assert claim(job_id, "second", later=LEASE - timedelta(seconds=1)) is None
    assert take(job_id, "second", later=LEASE + timedelta(seconds=1)).attempt == 2


def test_a_renewed_lease_keeps_the_job(app: Flask, make_job: MakeJob, record: Record) -> None:
    job_id = record(make_job(do_nothing))
    first = take(job_id, "first")
    assert leases.renew(first, until=clock.now() + 1.5 * LEASE) is True
    assert claim(job_id, "second", later=LEASE + timedelta(seconds=1)) is None


def test_a_stalled_worker_cannot_end_the_run_of_another(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing))
    stalled = take(job_id, "stalled")
    let_lease_lapse(job_id)
    take(job_id, "successor")
    now = clock.now()
    assert [
        leases.finish(stalled, now=now),
        leases.give_up(stalled, "late", now=now),
        leases.postpone(stalled, "late", now=now),
        leases.let_go(stalled, now=now),
        leases.renew(stalled, until=now + LEASE),
    ] == [False] * 5
    assert holder_of(job_id) == ("running", "successor")


def test_without_the_owner_check_a_stalled_worker_would_end_it(
    app: Flask, make_job: MakeJob, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "held_by", lambda job_id, _owner: (Job.id == job_id,))
    job_id = record(make_job(do_nothing))
    stalled = take(job_id, "stalled")
    let_lease_lapse(job_id)
    take(job_id, "successor")
    assert leases.finish(stalled, now=clock.now()) is True
    assert holder_of(job_id) == ("done", None)


def test_confirm_lease_keeps_a_stalled_worker_from_writing(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    job_id, target = record(make_job(do_nothing)), record(make_job(do_nothing))
    stalled = Run(job_id, 1, take(job_id, "stalled").owner)
    let_lease_lapse(job_id)
    successor = Run(job_id, 2, take(job_id, "successor").owner)

    @transaction
    def write(run: Run) -> None:
        db.session().execute(sa.update(Job).where(Job.id == target).values(subject=run.owner))
        run.confirm_lease()

    write(successor)
    with pytest.raises(LeaseLost):
        write(stalled)
    subject = db.session().scalar(sa.select(Job.subject).where(Job.id == target))
    assert subject == "successor"


def test_a_run_that_lost_its_lease_leaves_the_job_to_the_other(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    taken: list[Claim] = []

    def stall(payload: dict[str, Any], run: Run) -> None:
        let_lease_lapse(run.job_id)
        taken.append(take(run.job_id, "successor"))

    job_id = record(make_job(stall))
    Runner(app).run(job_id)
    assert holder_of(job_id) == ("running", "successor")


def test_a_lease_taken_before_the_clock_was_set_back_does_not_block(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing))
    take(job_id, "before", later=timedelta(0))
    with leases.writing_connection() as connection:
        tomorrow = clock.now() + timedelta(days=1)
        connection.execute(sa.update(Job).where(Job.id == job_id).values(lease_until=tomorrow))
    assert take(job_id, "after").attempt == 2


def test_a_lost_wake_up_is_sent_again(
    app: Flask, bell: Executor, make_job: MakeJob, record: Record
) -> None:
    record(make_job(do_nothing))
    bell.huey.flush()
    assert reconciler.sweep(Runner(app)) == 1
    assert bell.waiting() == 1


def test_a_dead_workers_job_is_sent_again(
    app: Flask, bell: Executor, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing))
    bell.huey.flush()
    take(job_id, "dead")
    assert (reconciler.sweep(Runner(app)), bell.waiting()) == (0, 0)
    let_lease_lapse(job_id)
    assert (reconciler.sweep(Runner(app)), bell.waiting()) == (1, 1)


def test_a_full_queue_is_not_filled_further(
    app: Flask, bell: Executor, make_job: MakeJob, record: Record
) -> None:
    name = make_job(do_nothing)
    for _ in range(reconciler.BATCH + 5):
        record(name)
    for _ in range(3):
        reconciler.sweep(Runner(app))
    assert bell.waiting() == reconciler.BATCH + 5


def test_jobs_run_without_a_broker(
    app: Flask,
    bell: Executor,
    make_job: MakeJob,
    record: Record,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[int] = []

    def note(payload: dict[str, Any], run: Run) -> None:
        ran.append(run.job_id)

    def refuse(*_: object) -> None:
        raise OSError("gone")

    for method in ("enqueue", "queue_size"):
        monkeypatch.setattr(bell.huey.storage, method, refuse)
    job_id = record(make_job(note))
    assert reconciler.sweep(Runner(app)) == 1
    assert ran == [job_id]


def test_a_job_whose_worker_dies_each_time_is_given_up(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing, attempts=2))
    for number in range(2):
        take(job_id, f"dying {number}")
        let_lease_lapse(job_id)
    Runner(app).run(job_id)
    found = find_job(job_id)
    assert found is not None
    assert (found.status, found.error) == ("failed", "the worker died in each of 2 runs")


def test_a_lease_is_renewed_while_the_handler_works(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    timing = Timing(lease=timedelta(seconds=0.6), renew_seconds=0.1)
    others: list[Claim | None] = []

    def work_longer_than_the_lease(payload: dict[str, Any], run: Run) -> None:
        threading.Event().wait(1.0)
        others.append(leases.claim(run.job_id, "other", now=clock.now(), lease=timing.lease))

    job_id = record(make_job(work_longer_than_the_lease))
    Runner(app, timing).run(job_id)
    assert (others, holder_of(job_id)) == ([None], ("done", None))


def test_a_worker_that_must_stop_hands_its_job_back_without_costing_an_attempt(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    job_id = record(make_job(do_nothing))
    runner = Runner(app)
    runner.held["me"] = take(job_id, "me")
    runner.let_go()
    assert holder_of(job_id) == ("queued", None)
    assert take(job_id, "next").attempt == 1


def test_a_repeated_job_is_recorded_once_an_interval(app: Flask, make_job: MakeJob) -> None:
    name = make_job(do_nothing, every=timedelta(days=1))
    now = clock.now() - timedelta(hours=51)

    def recorded_at(after: timedelta) -> int:
        reconciler.enqueue_repeated(now=now + after)
        found = db.session().scalars(sa.select(Job).where(Job.name == name)).all()
        for job in found:
            Runner(app).run(job.id)
        return len(found)

    hours = [0, 1, 23, 25, 26, 50]
    assert [recorded_at(timedelta(hours=h)) for h in hours] == [1, 1, 1, 2, 2, 3]


def test_rows_of_old_jobs_and_workers_are_removed(
    app: Flask, make_job: MakeJob, record: Record
) -> None:
    name = make_job(do_nothing)
    waiting, done = record(name), record(name)
    Runner(app).run(done)
    with leases.writing_connection() as connection:
        now = clock.now()
        connection.execute(
            sa.insert(WorkerHeartbeat).values(worker="gone", started_at=now, seen_at=now)
        )
    kept = []
    for days in (0, 29, 31):
        reconciler.prune(now=clock.now() + timedelta(days=days))
        db.session().rollback()
        workers = db.session().scalars(sa.select(WorkerHeartbeat.worker)).all()
        kept.append((db.session().scalars(sa.select(Job.id).order_by(Job.id)).all(), workers))
    assert kept == [([waiting, done], ["gone"]), ([waiting, done], []), ([waiting], [])]
