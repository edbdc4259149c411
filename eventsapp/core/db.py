"""The database: base class, portable column types, engine rules and the one commit.

Known exception of the floors: this module sees Flask through Flask-SQLAlchemy, used only for
sessions bound to the application context and for engine options.
"""

import threading
import time
from collections.abc import Callable
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session, registry

from eventsapp.core.errors import NotFound
from eventsapp.core.texts import Texts

BUSY_TIMEOUT_MS: Final = 15_000
# How long a connection is taken to be alive after its last use.
TRUSTED_SECONDS: Final = 1.0
_AT_THE_GATE: Final = "at the gate"
_IDLE_SINCE: Final = "idle since"


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """An aware datetime, stored in UTC on every database; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JSONType = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


class TextsType(sa.types.TypeDecorator[Texts]):
    """A ``Texts``, stored as a JSON object of language to text."""

    impl = JSONType
    cache_ok = True

    def process_bind_param(self, value: Texts | None, _dialect: sa.Dialect) -> Any:
        return (value or Texts({})).to_json()

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> Texts:
        return Texts.from_json(value)


class Base(DeclarativeBase):
    # A registry, not a type_annotation_map: Flask-SQLAlchemy derives its own base from a copy of
    # this one's attributes, and SQLAlchemy refuses to see both in it.
    registry = registry(
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UTCDateTime,
            Texts: TextsType,
            dict[str, Any]: JSONType,
            list[Any]: JSONType,
            list[str]: JSONType,
            str: sa.Text,
        },
    )


# SQLAlchemy autoflush and expiry stay at their defaults; engine options come from config.
db = SQLAlchemy(model_class=Base)

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def begin_writing() -> Token[bool]:
    """Take SQLite's write lock with the next BEGIN; hand the token to ``end_writing``.

    Use cases get this from ``transaction``; only libraries that commit on their own need it.
    """
    return _writing.set(True)


def end_writing(token: Token[bool]) -> None:
    _writing.reset(token)


def prepare_engine(engine: sa.Engine) -> None:
    """Make SQLite durable and honest about writers; ask others whether they are still there."""
    if engine.dialect.name != "sqlite":
        _ask_the_idle(engine)
        return

    @event.listens_for(engine, "connect")
    def on_connect(dbapi_connection: Any, _record: Any) -> None:
        # We begin transactions ourselves: the driver's implicit BEGIN comes too late to be a lock.
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    enter = _make_gate(engine)

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        # A read that later writes cannot be upgraded under WAL: "database is locked" at once.
        # So use cases take the lock first, and plain reads never wait behind it.
        if _writing.get():
            enter(connection.info)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")


def _ask_the_idle(engine: sa.Engine) -> None:
    """A connection that lay idle may be dead, after a restart of the database say; then it and
    those that lay beside it are replaced unseen. One that was used a moment ago is not asked:
    under load that would be a round to the database for each request."""

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info[_IDLE_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(dbapi_connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get(_IDLE_SINCE)
        if since is None or time.monotonic() - since < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(dbapi_connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError from error


def _make_gate(engine: sa.Engine) -> Callable[[dict[Any, Any]], None]:
    """Where writers of one process queue: SQLite's own waiting is sleeping, longer each time.

    The gate opens when a connection comes back to the pool, which is after its commit. Whoever
    is not let in tries its luck with the database, which says so if it is locked.
    """
    gate = threading.Lock()

    def enter(info: dict[Any, Any]) -> None:
        if not info.get(_AT_THE_GATE) and gate.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            info[_AT_THE_GATE] = True

    @event.listens_for(engine, "checkin")
    @event.listens_for(engine, "invalidate")
    def leave(_connection: Any, record: Any, *_: Any) -> None:
        if record.info.pop(_AT_THE_GATE, False):
            gate.release()

    return enter


def session() -> Session:
    """The session of the current application context."""
    return cast("Session", db.session())


Params = ParamSpec("Params")
Result = TypeVar("Result")
Hook = Callable[[], None]

_BEFORE, _AFTER, _OPEN, _SCRATCH = "before_commit", "after_commit", "transaction_open", "scratch"


def transaction(use_case: Callable[Params, Result]) -> Callable[Params, Result]:
    """Make a use case one transaction: the outermost commits once, any error rolls all back.

    What was read before is read anew under the lock, so a decision never rests on old rows.
    """

    @wraps(use_case)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        current = session()
        if current.info.get(_OPEN):
            return use_case(*args, **kwargs)
        _end_reading(current)
        current.info.update({_OPEN: True, _BEFORE: {}, _AFTER: [], _SCRATCH: {}})
        token = begin_writing()
        try:
            result = use_case(*args, **kwargs)
            for hook in current.info[_BEFORE].values():
                hook()
            current.commit()
            after = current.info[_AFTER]
        except BaseException:
            current.rollback()
            raise
        finally:
            current.info[_OPEN] = False
            end_writing(token)
        for hook in after:
            hook()
        return result

    return run


def _end_reading(current: Session) -> None:
    if current.new or current.dirty or current.deleted:
        raise RuntimeError("rows were changed outside of a use case")
    current.rollback()


def in_transaction() -> bool:
    return bool(session().info.get(_OPEN))


def scratch() -> dict[str, Any]:
    """Notes that live as long as the surrounding transaction, and are dropped with it."""
    return cast("dict[str, Any]", session().info[_SCRATCH])


def before_commit(key: str, hook: Hook) -> None:
    """Run ``hook`` once, just before the surrounding transaction commits (keyed: last one wins)."""
    session().info[_BEFORE][key] = hook


def after_commit(hook: Hook) -> None:
    """Run ``hook`` once the surrounding transaction is committed, and never if it is not."""
    session().info[_AFTER].append(hook)


def insert_for(table: type[Base]) -> sqlite.Insert:
    """The dialect's own INSERT, which knows ``on_conflict_do_update`` and ``…_do_nothing``.

    PostgreSQL's and SQLite's have the same methods; the type names one of them.
    """
    dialect = session().get_bind().dialect.name
    return cast(
        "sqlite.Insert", {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(table)
    )


def has_part(
    key: sa.ColumnElement[str] | InstrumentedAttribute[str], part: str
) -> sa.ColumnElement[bool]:
    """Whether a key has ``part`` somewhere in it, letter by letter: LIKE reads each of them twice,
    to find out about its case."""
    dialect = session().get_bind().dialect.name
    place = {"sqlite": sa.func.instr, "postgresql": sa.func.strpos}[dialect]
    return place(key, part) > 0


Row = TypeVar("Row", bound=Base)


def get(model: type[Row], key: Any) -> Row:
    """The row with this primary key; raises NotFound."""
    row = session().get(model, key)
    if row is None:
        raise NotFound
    return row


def get_locked(model: type[Row], key: Any) -> Row:
    """The row as it is now, which nobody else changes until the commit; raises NotFound."""
    # SQLite knows no row locks; there the transaction holds the writer's lock already.
    # Not by ``Session.get``: with a lock it refuses a row that somebody changed since we read it,
    # and that is the very row to be read anew.
    (primary_key,) = sa.inspect(model).primary_key
    row = session().scalar(
        sa.select(model)
        .where(primary_key == key)
        .with_for_update(of=model)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row
