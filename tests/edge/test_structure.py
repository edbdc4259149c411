"""A program started before its migrations says so in one line, instead of failing at each page."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from click import ClickException
from flask import Flask
from flask_migrate import upgrade

from eventsapp.app import create_app
from eventsapp.core.db import db
from eventsapp.edge.serving.structure import require_structure
from tests.conftest import database_url, make_settings


@pytest.fixture
def bare_app(tmp_path: Path) -> Flask:
    return create_app(make_settings(database_url("sqlite", tmp_path, "app"), tmp_path / "data"))


@pytest.mark.parametrize("command", [["jobs", "work"], ["serve"]])
def test_what_runs_for_long_asks_for_migrations_first(bare_app: Flask, command: list[str]) -> None:
    answer = bare_app.test_cli_runner().invoke(args=command)
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "Error: The database has not the structure that this version needs. Run: make migrate"
    ]


def test_an_older_structure_is_refused_and_a_newer_one_is_not(bare_app: Flask) -> None:
    with bare_app.app_context():
        upgrade()
        require_structure()
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999_later'"))
        require_structure()
        with db.engine.begin() as connection:
            older = sa.text("UPDATE alembic_version SET version_num = '0002_add_accounts'")
            connection.execute(older)
        with pytest.raises(ClickException, match="make migrate"):
            require_structure()
