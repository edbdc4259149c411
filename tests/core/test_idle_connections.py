"""A connection of PostgreSQL that died while it lay idle is replaced before anybody notices."""

import psycopg
import pytest
import sqlalchemy as sa

from eventsapp.core import db
from tests.conftest import Home


def process_of(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.text("SELECT pg_backend_pid()")) or 0)


@pytest.fixture
def engine(homes: dict[str, Home]) -> sa.Engine:
    """With nothing in its pool that other tests left there."""
    with homes["postgresql"].app.app_context():
        db.db.engine.dispose()
        return db.db.engine


def die_idle(engine: sa.Engine) -> int:
    """The process that served a connection before it was ended."""
    with engine.connect() as connection:
        pid = process_of(connection)
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    return pid


def test_what_lay_idle_is_asked_and_replaced(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "TRUSTED_SECONDS", 0)
    pid = die_idle(engine)
    with engine.connect() as connection:
        assert process_of(connection) != pid


def test_what_was_used_a_moment_ago_is_not_asked_and_fails_once(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "TRUSTED_SECONDS", 60)
    die_idle(engine)
    with pytest.raises(sa.exc.OperationalError), engine.connect() as connection:
        process_of(connection)
    with engine.connect() as connection:
        assert process_of(connection)
