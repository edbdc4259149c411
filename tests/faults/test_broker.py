"""A broker that dies, forgets, fills up or refuses: jobs are late by seconds, never lost."""

import os
import pickle
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
from flask import Flask

from eventsapp.edge.jobs.executor import Executor, executor_of
from tests.faults.conftest import Yard, build_yard, wait_until


@dataclass
class Broker:
    """A Redis of this test's own."""

    port: int
    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=2)

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
        quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
        self.running.append(subprocess.Popen([*command, *quiet, "--dir", str(self.folder)]))
        wait_until(self.answers)

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def stop(self, signum: int = signal.SIGKILL) -> None:
        for server in self.running:
            if server.poll() is None:
                os.kill(server.pid, signal.SIGCONT)
                server.send_signal(signum)
                server.wait(10)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = Broker(port, tmp_path)
    started.start()
    yield started
    started.stop()


@pytest.fixture
def redis_yard(broker: Broker, tmp_path: Path) -> Iterator[Yard]:
    """PostgreSQL with Redis, as a larger installation has them."""
    yield from build_yard("postgresql", tmp_path, broker.url)


def record_and_time(yard: Yard) -> float:
    """Record a job; how long that took, in seconds."""
    began = time.monotonic()
    yard.record(seconds=0)
    return time.monotonic() - began


def test_a_killed_and_flushed_broker_loses_no_job(broker: Broker, redis_yard: Yard) -> None:
    redis_yard.record(seconds=0)
    broker.stop()
    redis_yard.record(seconds=0)
    broker.start()
    redis_yard.start_worker()
    wait_until(lambda: redis_yard.are_all("done"))
    assert redis_yard.states() == [("done", 1)] * 2


def test_jobs_are_done_while_there_is_no_broker(broker: Broker, redis_yard: Yard) -> None:
    redis_yard.start_worker()
    redis_yard.record(seconds=0)
    wait_until(lambda: redis_yard.are_all("done"))
    broker.stop()
    for _ in range(5):
        redis_yard.record(seconds=0)
    wait_until(lambda: redis_yard.are_all("done"))
    assert redis_yard.states() == [("done", 1)] * 6


@pytest.mark.faults
def test_a_read_only_broker_delays_jobs_and_loses_none(broker: Broker, redis_yard: Yard) -> None:
    broker.client.config_set("min-replicas-to-write", 1)
    redis_yard.record(seconds=0)
    redis_yard.start_worker()
    wait_until(lambda: redis_yard.are_all("done"))
    broker.client.config_set("min-replicas-to-write", 0)
    redis_yard.record(seconds=0)
    wait_until(lambda: redis_yard.are_all("done"), seconds=40)


@pytest.mark.faults
def test_a_full_broker_delays_jobs_and_loses_none(broker: Broker, redis_yard: Yard) -> None:
    broker.client.config_set("maxmemory", "1")
    redis_yard.record(seconds=0)
    redis_yard.start_worker()
    wait_until(lambda: redis_yard.are_all("done"))


@pytest.mark.faults
def test_a_broker_that_hangs_costs_a_page_two_seconds_once(
    broker: Broker, redis_yard: Yard
) -> None:
    assert record_and_time(redis_yard) < 1
    broker.running[-1].send_signal(signal.SIGSTOP)
    assert record_and_time(redis_yard) < 4
    assert [record_and_time(redis_yard) < 0.5 for _ in range(5)] == [True] * 5
    broker.running[-1].send_signal(signal.SIGCONT)
    redis_yard.start_worker()
    wait_until(lambda: redis_yard.are_all("done"))


class Trap:
    """What a pickle that somebody put into the queue would do when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(self.path),))


def put_trap(executor: Executor, path: Path) -> None:
    executor.huey.storage.enqueue(pickle.dumps(Trap(path)))


def test_a_message_planted_in_the_broker_runs_no_code(sqlite_app: Flask, tmp_path: Path) -> None:
    executor = executor_of(sqlite_app)
    executor.huey.flush()
    put_trap(executor, tmp_path / "sprung")
    with pytest.raises(ValueError, match=r"codec|Expecting"):
        executor.huey.dequeue()
    assert not (tmp_path / "sprung").exists()


def test_the_library_as_it_comes_would_run_it(tmp_path: Path) -> None:
    from huey import SqliteHuey

    huey = SqliteHuey("trap", filename=str(tmp_path / "queue"), results=False)
    huey.storage.enqueue(pickle.dumps(Trap(tmp_path / "sprung")))
    with pytest.raises(AttributeError):
        huey.dequeue()
    huey.storage.close()
    assert (tmp_path / "sprung").exists()
