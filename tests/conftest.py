"""The application on both databases, started once a worker and emptied between tests."""

import functools
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.dialects import postgresql

from eventsapp.app import create_app
from eventsapp.config import Settings
from eventsapp.core.db import Base, db
from tests.browsers import CHROMIUM, FLAGS

POSTGRES = os.environ.get(
    "EVENTSAPP_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres"
)
DATABASES = ("sqlite", "postgresql")


def worker_name() -> str:
    """Distinct for each process of each run, so that runs side by side share no database."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid():x}")[:8]
    return f"{run}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@dataclass(frozen=True)
class Home:
    """Settings of a test application and what is needed to empty it."""

    settings: Settings
    app: Flask


def make_settings(
    database_url: str, data_dir: Path, organisation: str = "eventsapp test"
) -> Settings:
    base = Settings.from_environment(
        {
            "EVENTSAPP_MODE": "test",
            "EVENTSAPP_DATABASE_URL": database_url,
            "EVENTSAPP_DATA_DIR": str(data_dir),
            "EVENTSAPP_SECRET_KEY": "test " * 13,
            "EVENTSAPP_BASE_URL": "http://localhost:8000",
        }
    )
    return replace(base, organisation=organisation)


def create_postgres_database(name: str) -> str:
    """A new, empty database on the test server; gives its URL."""
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError as error:
        pytest.exit(f"PostgreSQL is needed at EVENTSAPP_TEST_POSTGRES ({error})", returncode=3)
    return sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


def drop_postgres_databases() -> None:
    """Leave the test server as it was found."""
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5) as connection:
            mine = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s",
                (f"eventsapp_test_{worker_name()}_%",),
            ).fetchall()
            for (name,) in mine:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    except psycopg.OperationalError:
        return


def database_url(kind: str, folder: Path, name: str) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / f'{name}.sqlite3'}"
    return create_postgres_database(f"eventsapp_test_{worker_name()}_{name}")


def build_home(kind: str, folder: Path, name: str = "app", **settled: str) -> Home:
    settings = make_settings(database_url(kind, folder, name), folder / "data", **settled)
    app = create_app(settings)
    with app.app_context():
        upgrade()
    return Home(settings, app)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Home]]:
    """One application per database, built when first asked for."""

    class Homes(dict[str, Home]):
        def __missing__(self, kind: str) -> Home:
            self[kind] = build_home(kind, tmp_path_factory.mktemp(kind))
            if kind == "postgresql":
                with self[kind].app.app_context():
                    _keep_the_order_of_rows()
            return self[kind]

    built = Homes()
    yield built
    for home in built.values():
        with home.app.app_context():
            db.engine.dispose()
    drop_postgres_databases()


# More dead rows than this take longer to pass by than a truncation takes.
MANY_ROWS = 5_000
_left_behind: Counter[str | None] = Counter()


def _keep_the_order_of_rows() -> None:
    """Rows that vacuum cleared away would be filled anew, in an order that changes by chance."""
    with db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            connection.exec_driver_sql(f'ALTER TABLE "{table.name}" SET (autovacuum_enabled=off)')


def empty_database() -> None:
    """Remove every row but the start of the audit chain, and number new ones from one."""
    tables = [table for table in Base.metadata.sorted_tables if table.name != "audit_head"]
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            _empty_postgres(connection, tables)
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in reversed(tables):
                connection.execute(sa.delete(table))
        connection.exec_driver_sql("UPDATE audit_head SET seq = 0, hash = '" + "0" * 64 + "'")


@functools.cache
def _which_have_rows(*tables: sa.Table) -> str:
    has_rows = (
        sa.select(sa.literal(table.name, sa.Text())).where(sa.exists().select_from(table))
        for table in tables
    )
    dialect, inline = postgresql.dialect(), {"literal_binds": True}  # type: ignore[no-untyped-call]
    return str(sa.union_all(*has_rows).compile(dialect=dialect, compile_kwargs=inline))


def _empty_postgres(connection: sa.Connection, tables: list[sa.Table]) -> None:
    """Most tests fill a few tables; truncating all of them took longer than most tests."""
    names = set(connection.exec_driver_sql(_which_have_rows(*tables)).scalars())
    database = connection.engine.url.database
    for table in reversed(tables):
        if table.name in names:
            _left_behind[database] += connection.execute(sa.delete(table)).rowcount
    if _left_behind[database] > MANY_ROWS:
        _left_behind[database] = 0
        every = ", ".join(f'"{table.name}"' for table in tables)
        connection.exec_driver_sql(f"TRUNCATE {every} CASCADE")
    connection.exec_driver_sql(
        "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, 1, false)"
        " FROM pg_sequences WHERE last_value IS NOT NULL"
    )


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, homes: dict[str, Home]) -> Iterator[Flask]:
    """The application with an empty database, inside its context; once per database."""
    home = homes[request.param]
    with home.app.app_context():
        empty_database()
        yield home.app
        db.session.remove()


@pytest.fixture
def sqlite_app(homes: dict[str, Home]) -> Iterator[Flask]:
    """As ``app``, for what does not depend on the database."""
    home = homes["sqlite"]
    with home.app.app_context():
        empty_database()
        yield home.app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()
