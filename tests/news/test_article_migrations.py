"""Articles of the former structure keep their countries, and gain topics and projects."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from eventsapp.app import create_app
from eventsapp.core.db import db
from tests.conftest import DATABASES, database_url, make_settings

BEFORE, AFTER = "0036_add_attendance_papers", "0039_drop_article_countries"
NOW = datetime(2022, 2, 10, tzinfo=UTC)


@pytest.fixture(params=DATABASES)
def former(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    url = database_url(request.param, tmp_path, "articles")
    app = create_app(make_settings(url, tmp_path / "data"))
    with app.app_context():
        upgrade(revision=BEFORE)
        yield app
        db.session.remove()
        db.engine.dispose()


def add(table: str, **values: Any) -> None:
    """A row with these values, and the emptiest there is of every other column."""
    found = sa.Table(table, sa.MetaData(), autoload_with=db.engine)
    for column in found.columns:
        if not column.nullable and column.name not in values:
            values[column.name] = _empty(column)
    with db.engine.begin() as connection:
        connection.execute(sa.insert(found).values(**values))


def _empty(column: sa.Column[Any]) -> Any:
    kinds: list[tuple[Any, Any]] = [
        (sa.JSON, {}),
        (sa.DateTime, NOW),
        (sa.Date, date(2022, 2, 10)),
        (sa.Boolean, False),
        (sa.Integer, 0),
    ]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), "")


def rows(statement: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_countries_become_tags_and_come_back(former: Flask) -> None:
    add("organisation", id=1)
    add("project", id=4, organisation_id=1)
    add(
        "workshop",
        id=7,
        project_id=4,
        format="online",
        status="held",
        ends_at=datetime(2022, 2, 11, tzinfo=UTC),
    )
    add("topic", id=1, slug="borders")
    add("workshop_topic", workshop_id=7, topic_id=1)
    add("report", id=2, workshop_id=7, status="issued")
    add("snapshot", id=3, report_id=2)
    add(
        "article",
        id=5,
        slug="first",
        workshop_id=7,
        report_id=2,
        snapshot_id=3,
        status="published",
        country_codes=["LY", "TN"],
        languages=["fr", "en"],
    )
    add("article_version", id=1, article_id=5, number=1)
    upgrade(revision=AFTER)
    tags = "SELECT kind, value FROM article_tag ORDER BY kind, value"
    assert rows(tags) == [("country", "LY"), ("country", "TN"), ("topic", "borders")]
    columns = "project_id, origin, original_lang"
    assert rows(f"SELECT {columns} FROM article") == [(4, "report", "fr")]  # noqa: S608
    add("article", id=6, slug="plain", origin="plain", status="draft", headline={}, languages=[])
    downgrade(revision=BEFORE)
    kept = sa.Table("article", sa.MetaData(), autoload_with=db.engine)
    with db.engine.connect() as connection:
        found = connection.execute(sa.select(kept.c.id, kept.c.country_codes)).all()
    assert [tuple(row) for row in found] == [(5, ["LY", "TN"])]
    assert rows("SELECT count(*) FROM article_version") == [(1,)]
