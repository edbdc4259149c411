"""Public news beside a bare Flask route that gives the same bytes after one SELECT.

With 10 and with 10,000 articles; what is compared is CPU time, for the machine may be shared.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, Response
from flask.testing import FlaskClient

from eventsapp.core.db import db
from tests.benchmarks.comparing import Act, compare
from tests.conftest import build_home
from tests.factories.archive import fill_archive

SIZES = (10, 10_000)
HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "en"}
REQUESTS = 200
OFTEN = 300


def bare_client(folder: Path, body: bytes) -> FlaskClient:
    """One SELECT of one row of as many, then these very bytes."""
    app = Flask("bare")
    engine = sa.create_engine(f"sqlite:///{folder / 'bare.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql(
            "CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, at TEXT)"
        )
        connection.exec_driver_sql("INSERT INTO row (at) VALUES ('now')")

    @app.get("/<slug>")
    def select(slug: str) -> Response:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT at FROM row WHERE id = ?", (1,)).one()
        answer = Response(body, content_type="text/html; charset=utf-8")
        answer.headers["Content-Encoding"] = "gzip"
        return answer

    return app.test_client()


def asking(client: FlaskClient, path: Callable[[], str], headers: dict[str, str]) -> Act:
    """Only its status is looked at: reading an answer costs the client, not the server."""

    def ask() -> None:
        answer = client.get(path(), headers=headers)
        if answer.status_code not in {200, 304}:
            raise SystemExit(f"answered {answer.status_code}")

    return ask


def compare_with(size: int, folder: Path) -> None:
    home = build_home("sqlite", folder, f"bench_news_{size}")
    with home.app.app_context():
        slugs = fill_archive(size)
        db.session.remove()
    client = home.app.test_client()
    chance = random.Random(1)
    etag = client.get(f"/news/{slugs[0]}", headers=HEADERS).headers["ETag"]
    cases: list[tuple[str, Callable[[], str], dict[str, str]]] = [
        ("an article", lambda: f"/news/{slugs[0]}", HEADERS),
        ("one of many articles, at random", lambda: f"/news/{chance.choice(often)}", HEADERS),
        ("the list", lambda: "/news/", HEADERS),
        ("the list of a country", lambda: "/news/?country=TN", HEADERS),
        ("the feed", lambda: "/news/feed.atom", HEADERS),
        ("an unchanged article", lambda: f"/news/{slugs[0]}", HEADERS | {"If-None-Match": etag}),
    ]
    # All of them fit (see kept_pages.MOST_BYTES); drawing them all here would take minutes.
    often = chance.sample(slugs, min(size, OFTEN))
    for slug in often:
        client.get(f"/news/{slug}", headers=HEADERS)
    for what, path, headers in cases:
        body = client.get(path(), headers=headers).data
        bare = bare_client(folder, body)
        compare(
            f"News, {size:,} articles: {what}, {len(body):,} bytes, beside a bare route",
            asking(client, path, headers),
            asking(bare, lambda: "/article", headers),
            REQUESTS,
        )
    _draw(client, slugs, size)
    with home.app.app_context():
        db.engine.dispose()


def _draw(client: FlaskClient, slugs: list[str], size: int) -> None:
    """What it costs when nothing is kept yet, beside the list of as many."""
    app = client.application

    def forget(path: str) -> Act:
        def ask() -> None:
            app.extensions.pop("kept_pages", None)
            client.get(path, headers=HEADERS)

        return ask

    compare(
        f"News, {size:,} articles, drawn anew: an article beside a search through all",
        forget(f"/news/{slugs[-1]}"),
        forget("/news/?q=focal"),
        10,
    )


def main() -> None:
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            compare_with(size, Path(folder))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
