"""Workers that are killed, stalled and stopped, as real processes."""

import random
import signal
import time

import pytest
import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.jobs.executor import executor_of
from eventsapp.edge.jobs.models import WorkerHeartbeat
from tests.faults.conftest import Yard, wait_until


def test_a_killed_workers_job_runs_again_and_ends_once(yard: Yard) -> None:
    job_id = yard.record(seconds=1)
    killed = yard.start_worker()
    wait_until(lambda: yard.noted("start"))
    yard.kill(killed)
    assert (yard.states(), yard.noted("end")) == ([("running", 1)], [])
    successor = yard.start_worker()
    wait_until(lambda: yard.are_all("done"))
    assert yard.states() == [("done", 2)]
    assert yard.noted("end") == [["end", str(job_id), str(successor.pid)]]


def test_without_the_reconciler_a_killed_workers_job_stays(sqlite_yard: Yard) -> None:
    sqlite_yard.record(seconds=1)
    killed = sqlite_yard.start_worker()
    wait_until(lambda: sqlite_yard.noted("start"))
    sqlite_yard.kill(killed)
    # A repeat may still be in the queue, and must not pass for the reconciler.
    executor_of(sqlite_yard.app).huey.flush()
    sqlite_yard.start_worker(sweeps=False)
    # Longer than the lease, the sweeps and the job's second run would take together.
    time.sleep(6)
    assert (sqlite_yard.states(), sqlite_yard.noted("end")) == ([("running", 1)], [])


def test_a_worker_told_to_stop_ends_its_job_first(sqlite_yard: Yard) -> None:
    sqlite_yard.record(seconds=1)
    worker = sqlite_yard.start_worker()
    wait_until(lambda: sqlite_yard.noted("start"))
    assert sqlite_yard.kill(worker, signal.SIGTERM) == 0
    assert sqlite_yard.states() == [("done", 1)]
    assert db.session().scalars(sa.select(WorkerHeartbeat)).all() == []


def test_a_worker_told_to_stop_hands_back_what_takes_too_long(sqlite_yard: Yard) -> None:
    sqlite_yard.record(seconds=30)
    worker = sqlite_yard.start_worker(shutdown=0.5)
    wait_until(lambda: sqlite_yard.noted("start"))
    assert sqlite_yard.kill(worker, signal.SIGTERM) == 0
    assert (sqlite_yard.states(), sqlite_yard.noted("end")) == ([("queued", 0)], [])


@pytest.mark.faults
def test_a_stalled_worker_that_wakes_up_changes_nothing(yard: Yard) -> None:
    yard.record(seconds=2)
    stalled = yard.start_worker()
    wait_until(lambda: yard.noted("start"))
    yard.stall(stalled)
    successor = yard.start_worker()
    wait_until(lambda: len(yard.noted("start")) == 2)
    stalled.send_signal(signal.SIGCONT)
    # The stalled one ends its run while the successor is in the middle of the job.
    wait_until(lambda: yard.noted("end"))
    assert yard.states() == [("running", 2)]
    wait_until(lambda: yard.are_all("done"))
    assert [end[2] for end in yard.noted("end")] == [str(stalled.pid), str(successor.pid)]
    assert yard.states() == [("done", 2)]


@pytest.mark.faults
def test_twenty_kills_at_random_moments_lose_no_job(yard: Yard) -> None:
    moments = random.Random(7)
    for _ in range(30):
        yard.record(seconds=0.3)
    for _ in range(20):
        worker = yard.start_worker(threads=3, lease=1.0)
        time.sleep(1.2 + moments.random())
        yard.kill(worker)
    yard.start_worker(threads=3, lease=1.0)
    wait_until(lambda: yard.are_all("done"), seconds=60)
    # A run that reached its end before the kill may be repeated; none is missing.
    assert {end[1] for end in yard.noted("end")} == {str(number) for number in range(1, 31)}


@pytest.mark.faults
def test_lost_wake_ups_of_many_jobs_are_all_made_up_for(yard: Yard) -> None:
    for _ in range(120):
        yard.record(seconds=0)
    executor_of(yard.app).huey.flush()
    yard.start_worker(threads=2)
    wait_until(lambda: yard.are_all("done"), seconds=60)
    assert yard.states() == [("done", 1)] * 120
