"""A route that does nothing but insert one row, committed as durably as our own."""

import os

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

ROW = sa.Table(
    "bench_row",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)


def create_bare(url: str) -> Flask:
    app = Flask("bare")
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _as_durable)

    @app.post("/insert")
    def insert() -> str:
        with engine.begin() as connection:
            connection.execute(sa.insert(ROW), {"text": "an answer"})
        return "received"

    return app


def _as_durable(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=15000")
    cursor.close()


def app() -> Flask:
    """For a real server: ``gunicorn "tests.benchmarks.bare:app()"``."""
    return create_bare(os.environ["EVENTSAPP_DATABASE_URL"])
