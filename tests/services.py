"""Run a command with a PostgreSQL server and a Redis to test against.

Uses those that already answer (``EVENTSAPP_TEST_POSTGRES``, ``EVENTSAPP_TEST_REDIS``); else starts
private ones in a temporary folder and stops them afterwards: ``python -m tests.services pytest``.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/15"
STARTS_WITHIN_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return bool(row and row[0])
    except psycopg.OperationalError:
        return False


def redis_answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_timeout=3).ping())
    except redis.RedisError:
        return False


def find_postgres() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    local = shutil.which("initdb")
    if not found and not local:
        sys.exit("Please install PostgreSQL (Debian: postgresql), or set EVENTSAPP_TEST_POSTGRES.")
    return found[-1].parent if found else Path(str(local)).parent


@contextlib.contextmanager
def own_postgres() -> Iterator[str]:
    """A private cluster; PostgreSQL refuses to run as root, so root becomes its package's user."""
    tools = find_postgres()
    folder = Path(tempfile.mkdtemp(prefix="eventsapp-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data, port = folder / "data", free_port()
    initdb: list[str | Path] = [tools / "initdb", "-D", data, "-U", "postgres"]
    initdb += ["-A", "trust", "-E", "UTF8"]
    subprocess.run([*as_user, *initdb, "--no-sync"], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [
            *as_user,
            tools / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            "-k",
            folder,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "max_connections=200",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    try:
        wait_for(lambda: postgres_answers(url), "PostgreSQL")
        yield url
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def own_redis() -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        sys.exit("Please install Redis (Debian: redis-server), or set EVENTSAPP_TEST_REDIS.")
    port = free_port()
    server = subprocess.Popen(
        [
            program,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            tempfile.gettempdir(),
        ],
        stdout=subprocess.DEVNULL,
    )
    url = f"redis://127.0.0.1:{port}/15"
    try:
        wait_for(lambda: redis_answers(url), "Redis")
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(answers: object, name: str) -> None:
    assert callable(answers)
    for _ in range(STARTS_WITHIN_SECONDS * 10):
        if answers():
            return
        time.sleep(0.1)
    sys.exit(f"{name} did not start within {STARTS_WITHIN_SECONDS} seconds.")


def main(command: list[str]) -> int:
    postgres = os.environ.get("EVENTSAPP_TEST_POSTGRES", POSTGRES)
    broker = os.environ.get("EVENTSAPP_TEST_REDIS", REDIS)
    with contextlib.ExitStack() as stack:
        if not postgres_answers(postgres):
            postgres = stack.enter_context(own_postgres())
        if not redis_answers(broker):
            broker = stack.enter_context(own_redis())
        environment = {
            **os.environ,
            "EVENTSAPP_TEST_POSTGRES": postgres,
            "EVENTSAPP_TEST_REDIS": broker,
        }
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
