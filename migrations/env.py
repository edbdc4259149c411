"""How migrations run: on the application's own engine, whole or not at all.

Three traps of SQLite are avoided here. Rebuilding a table with foreign keys on would silently
delete its child rows, so they are off while migrating and checked afterwards. The driver would
commit before each DDL statement, so the transaction is begun by us. And a file that is half
applied would need hands, so one file is one transaction.
"""

import shutil
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

import eventsapp.app  # noqa: F401 - every model is known once this is imported
from eventsapp.core.db import Base, TextsType, UTCDateTime, db


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Keep migrations plain SQLAlchemy: they must run when our types have long changed."""
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, TextsType | sa.JSON):
        _context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def include_object(
    _item: Any,
    name: str | None,
    kind: str,
    reflected: bool,  # noqa: FBT001 - Alembic's own shape
    _other: Any,
) -> bool:
    """Leave foreign tables of the same database alone when comparing."""
    return not (kind == "table" and reflected and name not in Base.metadata.tables)


def migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        include_object=include_object,
        transactional_ddl=True,
        transaction_per_migration=True,
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def copy_before_migrating(engine: sa.Engine) -> None:
    """A copy of the file as it was, in case a migration goes wrong on real data."""
    path = Path(engine.url.database or "")
    if engine.url.database not in {None, "", ":memory:"} and path.exists() and path.stat().st_size:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
        copy = path.with_suffix(".before-migration")
        with sa.create_engine(f"sqlite:///{path}").connect() as source:
            copy.unlink(missing_ok=True)
            source.exec_driver_sql("VACUUM INTO ?", (str(copy),))
        shutil.copymode(path, copy)


def run() -> None:
    engine = db.engine
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            # One migrator at a time, however many servers start together.
            connection.execute(sa.text("SELECT pg_advisory_lock(7331)"))
            connection.commit()
            migrate(connection)
            connection.commit()
            connection.execute(sa.text("SELECT pg_advisory_unlock(7331)"))
            connection.commit()
        return
    copy_before_migrating(engine)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError("the connection was lost")
        # Outside of any transaction, or SQLite ignores it.
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
            connection.commit()
            broken = driver.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration broke foreign keys: {broken[:5]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


if current_app:
    run()
