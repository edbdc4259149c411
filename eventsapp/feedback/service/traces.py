"""What a database keeps of rows that are gone, erased after a form is closed."""

from contextlib import closing

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.jobs import TryAgain
from eventsapp.feedback.models import FeedbackInbox, FeedbackResponse, Invitation

TABLES = (Invitation, FeedbackInbox, FeedbackResponse)


def erase_traces() -> None:
    """Write the files anew, so that no deleted row and no page of the log survives in them.

    Can be repeated at any time. Raises TryAgain while others read or write.
    """
    db.session().rollback()
    if db.db.engine.dialect.name == "sqlite":
        _rewrite_file()
    else:
        _rewrite_tables()


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


def _rewrite_tables() -> None:
    """VACUUM FULL drops what was deleted; who reads or writes in between waits, or we do."""
    names = ", ".join(table.__tablename__ for table in TABLES)
    with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("SET lock_timeout = '2s'"))
        try:
            _check_nobody_sees_the_past(connection)
            connection.execute(sa.text(f"VACUUM (FULL) {names}"))
        finally:
            connection.execute(sa.text("RESET lock_timeout"))


def _check_nobody_sees_the_past(connection: sa.Connection) -> None:
    """A transaction that began before now, such as a backup, makes VACUUM keep dead rows."""
    now = connection.scalar(sa.text("SELECT pg_current_xact_id()::text"))
    older = connection.scalar(
        sa.text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND greatest(age(backend_xmin), age(backend_xid)) > age(cast(:now AS xid8)::xid)"
        ),
        {"now": now},
    )
    if older:
        raise TryAgain("the tables could not be rewritten while an older transaction runs")
