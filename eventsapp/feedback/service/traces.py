"""What a database keeps of rows that are gone, erased after a form is closed."""

from contextlib import closing

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.jobs import TryAgain
from eventsapp.feedback.models import (
    FeedbackInbox,
    FeedbackReminder,
    FeedbackResponse,
    FeedbackSummary,
    FeedbackText,
    Invitation,
)

TABLES = (
    Invitation,
    FeedbackInbox,
    FeedbackReminder,
    FeedbackResponse,
    FeedbackSummary,
    FeedbackText,
)
OLDER_TRANSACTIONS = sa.text(
    "WITH deletion AS (SELECT age(cast(:deletion AS xid8)::xid) AS age)"
    " SELECT (SELECT count(*) FROM pg_stat_activity, deletion WHERE pid <> pg_backend_pid()"
    " AND (age(backend_xid) >= deletion.age"
    " OR datname = current_database() AND age(backend_xmin) >= deletion.age))"
    " + (SELECT count(*) FROM pg_prepared_xacts, deletion WHERE age(transaction) >= deletion.age)"
)


def transaction_number() -> str:
    """What PostgreSQL calls the current transaction; empty elsewhere."""
    session = db.session()
    if session.get_bind().dialect.name != "postgresql":
        return ""
    return str(session.scalar(sa.text("SELECT pg_current_xact_id()::text")))


def erase_traces(*, after: str = "") -> None:
    """Write the files anew, so that no deleted row and no page of the log survives in them.

    ``after`` is the ``transaction_number`` of the deletion. Can be repeated at any time. Raises
    TryAgain while others read or write.
    """
    db.session().rollback()
    if db.db.engine.dialect.name == "sqlite":
        _rewrite_file()
    else:
        _rewrite_tables(after)


def _rewrite_file() -> None:
    """On a raw connection: SQLAlchemy's own would begin a transaction, and VACUUM takes none."""
    connection = db.db.engine.raw_connection()
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = bool((cursor.fetchone() or (1,))[0])
    finally:
        connection.close()
    if busy:
        raise TryAgain("the log could not be emptied while somebody reads")


def _rewrite_tables(after: str) -> None:
    """VACUUM FULL drops what was deleted; who reads or writes in between waits, or we do."""
    names = ", ".join(table.__tablename__ for table in TABLES)
    with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("SET lock_timeout = '2s'"))
        try:
            _check_nobody_sees_the_past(connection, after)
            connection.execute(sa.text(f"VACUUM (FULL) {names}"))
        finally:
            connection.execute(sa.text("RESET lock_timeout"))


def _check_nobody_sees_the_past(connection: sa.Connection, after: str) -> None:
    """VACUUM keeps what an older snapshot could still see, without saying so.

    Such a snapshot is a reader's of this database, or our own, which reaches back to the oldest
    writer of *any* database of the server.
    """
    deletion = after or connection.scalar(sa.text("SELECT pg_current_xact_id()::text"))
    older = connection.scalar(OLDER_TRANSACTIONS, {"deletion": deletion})
    if older:
        raise TryAgain("the tables could not be rewritten while an older transaction runs")
