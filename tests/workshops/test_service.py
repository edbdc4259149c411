"""Use cases of workshops on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import audit, db
from eventsapp.core.actor import Role
from eventsapp.core.db import transaction
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.core.idempotency import CreationKey, KeyReused
from eventsapp.core.texts import Texts
from eventsapp.workshops import service
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.models import Workshop
from tests.factories.workshops import NOW, make_actor, make_project, make_workshop, workshop_draft


def test_register_workshop_gives_readable_references_in_order(app: Flask) -> None:
    project = make_project()
    by = make_actor(Role.ORGANISER)
    refs = [
        service.register_workshop(workshop_draft(project.id), by=by, now=NOW).ref for _ in range(2)
    ]
    assert refs == ["LY-2022-001", "LY-2022-002"]


def test_registered_workshop_is_what_was_described(app: Flask) -> None:
    project = make_project()
    draft = workshop_draft(project.id)
    workshop = service.register_workshop(draft, by=make_actor(Role.ORGANISER), now=NOW)
    assert replace(draft_of(workshop), version=0) == draft
    assert workshop.starts_at == datetime(2022, 2, 8, 7, 0, tzinfo=UTC)


def test_the_same_key_registers_one_workshop(app: Flask) -> None:
    project, by = make_project(), make_actor(Role.ORGANISER)
    key = CreationKey.of("k", principal=by.key, path="/new", body=b"a=1")
    first = service.register_workshop(workshop_draft(project.id), by=by, now=NOW, key=key)
    again = service.register_workshop(workshop_draft(project.id), by=by, now=NOW, key=key)
    assert (first.id, db.session().scalar(sa.select(sa.func.count(Workshop.id)))) == (again.id, 1)


def test_the_same_key_with_other_content_is_refused(app: Flask) -> None:
    project, by = make_project(), make_actor(Role.ORGANISER)
    keys = [CreationKey.of("k", principal=by.key, path="/new", body=body) for body in (b"1", b"2")]
    service.register_workshop(workshop_draft(project.id), by=by, now=NOW, key=keys[0])
    with pytest.raises(KeyReused):
        service.register_workshop(workshop_draft(project.id), by=by, now=NOW, key=keys[1])


def test_simultaneous_registrations_get_different_references(app: Flask) -> None:
    project, by = make_project(), make_actor(Role.ORGANISER)
    draft = workshop_draft(project.id)

    def register(_: int) -> str:
        with app.app_context():
            ref = service.register_workshop(draft, by=by, now=NOW).ref
            db.db.session.remove()
            return ref

    db.session().rollback()
    with ThreadPoolExecutor(8) as pool:
        refs = sorted(pool.map(register, range(16)))
    assert refs == [f"LY-2022-{number:03d}" for number in range(1, 17)]
    assert audit.find_break() is None


def test_describe_workshop_refuses_a_stale_version(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    seen = draft_of(workshop)
    service.describe_workshop(workshop.id, replace(seen, venue="Hall A"), by=by, now=NOW)
    with pytest.raises(Stale):
        service.describe_workshop(workshop.id, replace(seen, venue="Hall B"), by=by, now=NOW)
    assert workshop.venue == "Hall A"


def test_describe_workshop_raises_the_calendar_sequence_only_for_what_calendars_show(
    app: Flask,
) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    quiet = replace(draft_of(workshop), outlook=Texts.of(en="More support."))
    service.describe_workshop(workshop.id, quiet, by=by, now=NOW)
    before = workshop.calendar_sequence
    moved = replace(draft_of(workshop), venue="Another hall")
    service.describe_workshop(workshop.id, moved, by=by, now=NOW)
    assert (before, workshop.calendar_sequence) == (0, 1)


def test_describe_workshop_is_for_its_own_organiser(app: Flask) -> None:
    workshop = make_workshop()
    with pytest.raises(Forbidden):
        service.describe_workshop(
            workshop.id, draft_of(workshop), by=make_actor(Role.ORGANISER), now=NOW
        )


def test_objectives_can_be_shortened_and_extended(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    many = tuple(Texts.of(en=f"Objective {n}") for n in range(3))
    service.describe_workshop(
        workshop.id, replace(draft_of(workshop), objectives=many), by=by, now=NOW
    )
    service.describe_workshop(
        workshop.id, replace(draft_of(workshop), objectives=many[1:]), by=by, now=NOW
    )
    assert [str(row.text) for row in workshop.objectives] == ["Objective 1", "Objective 2"]


def test_a_failing_use_case_leaves_nothing_behind(app: Flask) -> None:
    project, by = make_project(), make_actor(Role.ORGANISER)
    events = db.session().scalar(sa.select(sa.func.count(audit.AuditEvent.seq)))

    @transaction
    def register_and_fail() -> None:
        service.register_workshop(workshop_draft(project.id), by=by, now=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        register_and_fail()
    assert db.session().scalar(sa.select(sa.func.count(Workshop.id))) == 0
    assert db.session().scalar(sa.select(sa.func.count(audit.AuditEvent.seq))) == events
    # The next one is not disturbed by what was rolled back.
    assert (
        service.register_workshop(workshop_draft(project.id), by=by, now=NOW).ref == "LY-2022-001"
    )
    assert audit.find_break() is None


def test_the_audit_chain_shows_a_changed_event(app: Flask) -> None:
    make_workshop()
    assert audit.find_break() is None
    db.session().execute(
        sa.update(audit.AuditEvent).where(audit.AuditEvent.seq == 2).values(action="nothing")
    )
    assert audit.find_break() == 2


def test_erased_detail_does_not_break_the_audit_chain(app: Flask) -> None:
    make_workshop()
    db.session().execute(sa.update(audit.AuditEvent).values(salt=None, detail=None))
    assert audit.find_break() is None


def test_a_removed_last_event_breaks_the_audit_chain(app: Flask) -> None:
    make_workshop()
    last = db.session().scalar(sa.select(sa.func.max(audit.AuditEvent.seq)))
    db.session().execute(sa.delete(audit.AuditEvent).where(audit.AuditEvent.seq == last))
    assert audit.find_break() == last
