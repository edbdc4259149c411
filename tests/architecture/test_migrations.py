"""Migrations build exactly the models, go down again, and keep rows where they should."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from eventsapp.app import create_app
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules.roster import roster_keys
from eventsapp.config import ROOT
from eventsapp.core.db import Base, db
from eventsapp.people.models import Person
from eventsapp.people.rules import name_key
from tests.conftest import DATABASES, database_url, make_settings
from tests.factories.workshops import NOW, make_workshop

SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))


@pytest.fixture(params=DATABASES)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database."""
    url = database_url(request.param, tmp_path, "migrations")
    app = create_app(make_settings(url, tmp_path / "data"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[Any]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, Base.metadata))


def tables() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names())


def test_migrations_build_exactly_the_models(fresh: Flask) -> None:
    upgrade()
    assert differences() == []
    assert tables() == {*Base.metadata.tables, "alembic_version"}


def test_checks_of_the_models_stand_in_the_database(fresh: Flask) -> None:
    upgrade()
    inspector = sa.inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        named = {
            str(check.name)
            for check in table.constraints
            if isinstance(check, sa.CheckConstraint) and check.name
        }
        there = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert named <= there, table.name


def test_migrations_go_down_again_and_up_once_more(fresh: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    assert differences() == []


def test_an_unknown_column_is_noticed(fresh: Flask) -> None:
    upgrade()
    with db.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    assert [change[0] for change in differences()] == ["remove_column"]


def test_rebuilding_a_table_on_sqlite_keeps_its_children(fresh: Flask) -> None:
    """The trap: with foreign keys on, a batch rebuild deletes child rows without a word."""
    upgrade(revision="0005_add_workshops")
    with db.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO ref_counter (prefix, last) VALUES ('LY-2022', 3)"))
        connection.execute(
            sa.text(
                "INSERT INTO donor (id, name, acronym, emblem, statement) "
                "VALUES (1, '{}', '', '', '{}')"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO donor_representative (id, donor_id, position, name, acronym, "
                "acting_through) VALUES (1, 1, 0, '{}', '', '{}')"
            )
        )
    upgrade()
    with db.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT count(*) FROM donor_representative")).scalar()
    assert kept == 1


def test_keys_of_the_list_of_people_are_filled_where_they_are_missing(fresh: Flask) -> None:
    """As after a migration that was killed half-way: what is filled stays, the others follow."""
    upgrade()
    people = [
        Person(id=1, name="Dr. Ñuri Øst-Haddad", email_key="n@ministry.example", institution="MoE"),
        Person(id=2, name="أحمدُ ٱلهادي", institution="Équipement [DG]"),
        Person(id=3, name="Amal"),
    ]
    for person in people:
        person.name_key = name_key(person.name)
        person.created_at, person.version = NOW, 1
    workshop = make_workshop()
    db.session.add_all(people)
    db.session.flush()
    db.session.execute(
        sa.insert(Registration),
        [
            {
                "workshop_id": workshop.id,
                "person_id": one.id,
                "code": str(one.id),
                "mode": "online",
                "status": "confirmed",
                "version": 1,
                **dict.fromkeys(("queued_at", "created_at", "changed_at"), NOW),
                "name_key": "kept" if one.name == "Amal" else "",
            }
            for one in people
        ],
    )
    wanted = {one.id: asdict(roster_keys(one)) for one in people[:2]}
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    # The keys go with their columns only, so the filling alone runs again.
    downgrade(revision="0049_add_roster_keys")
    upgrade()
    rows = db.session.scalars(sa.select(Registration).order_by(Registration.person_id)).all()
    keys = {
        row.person_id: {key: getattr(row, key) for key in ("list_key", "search_key", "name_key")}
        for row in rows
    }
    assert keys == wanted | {3: {"list_key": "", "search_key": "", "name_key": "kept"}}


def test_migration_ids_are_file_names_in_one_line() -> None:
    revisions = list(SCRIPTS.walk_revisions())
    assert len(SCRIPTS.get_heads()) == 1
    for script in revisions:
        assert Path(script.path).stem == script.revision
        assert len(script.revision) <= 32
        assert script.down_revision is None or isinstance(script.down_revision, str)


def test_migrations_are_plain_sqlalchemy() -> None:
    ours = [
        script.revision
        for script in SCRIPTS.walk_revisions()
        if "eventsapp" in Path(script.path).read_text("utf-8")
    ]
    assert ours == []
