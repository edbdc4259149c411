"""Routes that do nothing but insert what was sent as one row, committed as durably as our own, or
give bytes that lie ready after one SELECT."""

import os
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, Response, request
from sqlalchemy import event

ROW = sa.Table(
    "bench_row",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)

# Names the folder of the bytes that lie ready, a file each.
READY = "BENCH_READY"


def create_bare(url: str) -> Flask:
    app = Flask("bare")
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _as_durable)

    @app.post("/insert")
    def insert() -> str:
        with engine.begin() as connection:
            connection.execute(sa.insert(ROW), {"text": request.form["text"]})
        return "received"

    folder = Path(os.environ.get(READY, "none"))
    bodies = {file.name: file.read_bytes() for file in folder.glob("*")}
    one_row = sa.text("SELECT text FROM bench_row WHERE id = :id")

    @app.get("/ready/<name>")
    def ready(name: str) -> Response:
        with engine.connect() as connection:
            connection.execute(one_row, {"id": 1}).one()
        answer = Response(bodies[name], content_type="text/html; charset=utf-8")
        answer.headers["Content-Encoding"] = "gzip"
        return answer

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
