"""Figures: pages beside a bare Flask route, reports beside WeasyPrint alone (reports.py).

Runs in this process on SQLite, so that CPU seconds can be told from waiting. Rounds of
the two sides take turns; the median of each is compared. Answers are received by a real server,
on both databases (answers.py).
"""

import tempfile
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from eventsapp.accounts import service as accounts
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.overview.sample import load_sample
from tests.benchmarks import answers, attendance, news, reports, results
from tests.benchmarks.comparing import compare
from tests.conftest import build_home

REQUESTS = 60


def bare_client(folder: Path) -> FlaskClient:
    """One SELECT with a template, in plain Flask."""
    app = Flask("bare")
    engine = sa.create_engine(f"sqlite:///{folder / 'bare.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
        connection.exec_driver_sql("INSERT INTO row (text) VALUES ('a workshop')")

    @app.get("/select")
    def select() -> str:
        with engine.connect() as connection:
            row = connection.exec_driver_sql("SELECT text FROM row WHERE id = 1").one()
        return render_template_string("<h1>{{ text }}</h1>", text=row.text)

    return app.test_client()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = build_home("sqlite", Path(folder), "bench")
        bare = bare_client(Path(folder))
        with home.app.app_context():
            accounts.create_demo_users("a benchmark password", by=SYSTEM, now=clock.now())
            load_sample()
            client = home.app.test_client()
            compare(
                "Public workshop page, beside a bare Flask route with one SELECT",
                lambda: client.get("/workshops/LY-2022-001"),
                lambda: bare.get("/select"),
                REQUESTS,
            )
            reports.main(home.app)
            attendance.compare_previews()
    attendance.main()
    news.main()
    results.main()
    answers.main()


if __name__ == "__main__":
    main()
