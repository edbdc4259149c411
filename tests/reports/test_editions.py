"""What was issued, against what the data says now and against another edition."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.attendance.models import Registration
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.reports import comparison, queries, service
from eventsapp.reports.changes import Change
from eventsapp.reports.types import EditionKind
from eventsapp.workshops.models import Workshop
from tests.factories.attendance import register
from tests.factories.feedback import attended
from tests.factories.reports import NOW, approve, save, submit
from tests.factories.workshops import make_actor, make_workshop, sign_in
from tests.pages import text_of


def issue(workshop: Workshop, *kinds: EditionKind, days: int = 0) -> None:
    submit(workshop)
    snapshot = approve(workshop, now=NOW + timedelta(days=days))
    service.issue_report(
        snapshot.report_id,
        kinds=kinds or [EditionKind.PUBLIC],
        languages=["en"],
        by=SYSTEM,
        now=NOW,
    )


def issued_workshop() -> tuple[Workshop, Registration]:
    """Issued when one had come; the other's presence is found out later."""
    workshop = make_workshop()
    attended(register(workshop, name="Amal Sherif", institution="Ministry of Labour"))
    late = register(workshop, name="Nuri Ghariani", institution="Ministry of Labour")
    issue(workshop, *EditionKind)
    return workshop, late


def path_of(workshop: Workshop, more: str) -> str:
    return f"/manage/workshops/{workshop.id}/report/{more}"


def test_an_edition_whose_data_stands_has_no_stale_fact(app: Flask) -> None:
    workshop, _ = issued_workshop()
    snapshot = queries.get_report(workshop.id).snapshots[-1]
    assert comparison.stale_facts(snapshot, workshop, "en") == []


def test_facts_that_changed_since_show_what_was_and_what_is(app: Flask) -> None:
    workshop, late = issued_workshop()
    attended(late)
    snapshot = queries.get_report(workshop.id).snapshots[-1]
    found = {change.key: change for change in comparison.stale_facts(snapshot, workshop, "en")}
    people = found["participants.attended_people"]
    assert (people.change, people.old, people.new) == (
        Change.SAME,
        ("1 participant",),
        ("2 participants",),
    )
    assert (found["participants.by_institution"].old, found["participants.by_institution"].new) == (
        ("Ministry of Labour · 1",),
        ("Ministry of Labour · 2",),
    )
    assert "workshop.title" not in found


def test_the_editions_page_shows_what_is_stale_and_offers_the_next(client: FlaskClient) -> None:
    workshop, late = issued_workshop()
    sign_in(client, Role.STAFF)
    page = client.get(path_of(workshop, "editions/1")).text
    assert "every fact of this edition still reads the same" in page
    assert queries.get_report(workshop.id).snapshots[-1].hash in page
    attended(late)
    page = client.get(path_of(workshop, "editions/1")).text
    assert "1 participant" in text_of(page)
    assert f"{path_of(workshop, 'evidence')}/participants.attended_people" in page
    assert path_of(workshop, "reopen") in page
    assert "facts have changed since this report was approved" in text_of(
        client.get(path_of(workshop, "")[:-1]).text
    )
    assert client.get(path_of(workshop, "editions/2")).status_code == 404


def test_two_editions_stand_beside_each_other_in_facts_and_in_prose(client: FlaskClient) -> None:
    workshop, late = issued_workshop()
    attended(late)
    service.reopen_report(workshop.id, by=SYSTEM, now=NOW)
    version = queries.get_report(workshop.id).version
    save(workshop, by=make_actor(Role.STAFF), version=version, outlook="More to come.")
    issue(workshop, days=1)
    old, new = queries.get_report(workshop.id).snapshots
    facts = {change.key: change.change for change in comparison.changed_facts(old, new, "en")}
    assert facts["participants.attended"] == Change.SAME
    sections = {one.key: one for one in comparison.changed_sections(old, new, "en")}
    assert Change.ADDED in {piece.change for piece in sections["outlook"].pieces}
    said = "".join(p.text for p in sections["summary"].pieces if p.change == Change.ADDED)
    assert "2 participants" in said
    sign_in(client, Role.STAFF)
    page = client.get(path_of(workshop, "editions/2/changes?since=1&text=en"))
    assert page.status_code == 200
    assert ("<ins>" in page.text, "<del>" in page.text, "[only here:" in page.text) == (
        True,
        True,
        True,
    )
    for wrong in ("editions/1/changes", "editions/2/changes?since=7", "editions/9/changes"):
        assert client.get(path_of(workshop, wrong)).status_code == 404


def test_editions_of_both_kinds_carry_one_snapshot(app: Flask) -> None:
    workshop, _ = issued_workshop()
    editions = queries.editions_of(queries.get_report(workshop.id), 1)
    assert sorted(one.kind for one in editions) == ["donor", "public"]
    assert len({one.snapshot.hash for one in editions}) == 1


def test_history_names_who_did_what_and_gives_texts_back(client: FlaskClient) -> None:
    workshop = make_workshop()
    author = make_actor(Role.STAFF)
    save(workshop, by=author, version=0, outlook="One sentence to begin with.")
    version = queries.get_report(workshop.id).version
    save(workshop, by=author, version=version, outlook="Two sentences to begin with.")
    submit(workshop, by=author)
    sign_in(client, Role.STAFF)
    page = client.get(path_of(workshop, "history")).text
    for words in ("Began the report", "Sent it for review", "Changed “Outlook”"):
        assert words in text_of(page)
    report = queries.get_report(workshop.id)
    first = queries.versions_of(report)[-1].id
    assert f"history/{first}/restore" in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    stale = {"csrf_token": token, "version": str(report.version - 1)}
    client.post(path_of(workshop, f"history/{first}/restore"), data=stale)
    assert queries.get_report(workshop.id).texts[0].prose == "Two sentences to begin with."
    fresh = {"csrf_token": token, "version": str(report.version)}
    answer = client.post(path_of(workshop, f"history/{first}/restore"), data=fresh)
    assert answer.status_code == 302
    assert queries.get_report(workshop.id).texts[0].prose == "One sentence to begin with."


@pytest.mark.parametrize("page", ["history", "editions/1", "editions/2/changes"])
def test_what_was_issued_is_for_those_who_may_see_the_report(
    client: FlaskClient, page: str
) -> None:
    workshop, _ = issued_workshop()
    sign_in(client, Role.ORGANISER)
    assert client.get(path_of(workshop, page)).status_code == 403
