"""From draft to numbered edition: who may, in which order, and what is frozen."""

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.core.texts import Texts
from eventsapp.core.unsaved import DAYS
from eventsapp.edge.jobs import Job
from eventsapp.reports import queries, rules, service
from eventsapp.reports.merging import fingerprint
from eventsapp.reports.models import Report, Snapshot
from eventsapp.reports.types import EditionKind
from eventsapp.workshops.models import Workshop
from tests.factories.attendance import register
from tests.factories.feedback import attended
from tests.factories.reports import NOW, approve, drafts, save, submit
from tests.factories.workshops import make_actor, make_workshop


def test_a_draft_follows_its_data_until_somebody_edits_it(app: Flask) -> None:
    workshop, author = make_workshop(), make_actor(Role.STAFF)
    untouched = drafts(workshop)
    report = save(workshop, by=author, version=0, **untouched)
    assert report.texts == []
    save(workshop, by=author, version=report.version, **{**untouched, "outlook": "More to come."})
    report = queries.get_report(workshop.id)
    assert [(text.section_key, text.prose) for text in report.texts] == [
        ("outlook", "More to come.")
    ]
    save(workshop, by=author, version=report.version, **untouched)
    assert queries.get_report(workshop.id).texts == []


def test_a_section_can_be_emptied(app: Flask) -> None:
    workshop = make_workshop()
    save(workshop, by=make_actor(Role.STAFF), version=0, background="")
    report = queries.get_report(workshop.id)
    assert queries.current_prose(report, queries.live_sheet(workshop, "en"))["background"] == ""


def test_who_saves_second_is_told_and_nothing_is_overwritten(app: Flask) -> None:
    workshop = make_workshop()
    one, other = make_actor(Role.STAFF), make_actor(Role.STAFF)
    save(workshop, by=one, version=0, outlook="One.")
    with pytest.raises(Stale):
        save(workshop, by=other, version=0, outlook="Other.")
    report = queries.get_report(workshop.id)
    assert [text.prose for text in report.texts] == ["One."]


def test_two_who_changed_different_sections_are_both_kept(app: Flask) -> None:
    workshop = make_workshop()
    opened = {key: fingerprint(text) for key, text in drafts(workshop).items()}
    save(workshop, by=make_actor(Role.STAFF), version=0, outlook="By the first.")
    service.save_prose(
        workshop.id,
        "en",
        {**drafts(workshop), "background": "By the second."},
        version=0,
        opened=opened,
        by=make_actor(Role.STAFF),
        now=NOW,
    )
    report = queries.get_report(workshop.id)
    assert {text.section_key: text.prose for text in report.texts} == {
        "outlook": "By the first.",
        "background": "By the second.",
    }


def test_saving_what_is_there_already_changes_neither_author_nor_state(app: Flask) -> None:
    workshop, author = make_workshop(), make_actor(Role.STAFF)
    save(workshop, by=author, version=0, outlook="Done.")
    report = submit(workshop, by=author)
    save(workshop, by=make_actor(Role.STAFF), version=report.version, outlook="Done.")
    report = queries.get_report(workshop.id)
    assert (report.status, report.author_id) == ("in_review", author.id)


def test_every_text_stays_in_the_history_and_can_be_restored(app: Flask) -> None:
    workshop, first, second = make_workshop(), make_actor(Role.STAFF), make_actor(Role.STAFF)
    save(workshop, by=first, version=0, outlook="One.")
    version = queries.get_report(workshop.id).version
    save(workshop, by=second, version=version, outlook="Two.")
    report = queries.get_report(workshop.id)
    history = queries.versions_of(report)
    assert [(row.prose, row.edited_by) for row in history] == [
        ("Two.", second.id),
        ("One.", first.id),
    ]
    with pytest.raises(Stale):
        service.restore_text(
            workshop.id, history[1].id, version=report.version - 1, by=first, now=NOW
        )
    service.restore_text(workshop.id, history[1].id, version=report.version, by=first, now=NOW)
    report = queries.get_report(workshop.id)
    assert [text.prose for text in report.texts] == ["One."]
    assert [row.prose for row in queries.versions_of(report)] == ["One.", "Two.", "One."]
    assert report.author_id == first.id


def test_what_is_typed_is_kept_for_its_writer_until_it_is_saved(app: Flask) -> None:
    workshop, author, other = make_workshop(), make_actor(Role.STAFF), make_actor(Role.STAFF)
    assert keep(workshop, author, "Half a sen", revision=0) == 1
    assert keep(workshop, author, "Half a sentence.", revision=1) == 2
    kept = queries.find_unsaved(workshop.id, "en", by=author)
    assert kept is not None
    assert (kept.texts, kept.revision) == ({"outlook": "Half a sentence."}, 2)
    assert queries.find_unsaved(workshop.id, "en", by=other) is None
    assert queries.find_report(workshop.id) is None
    save(workshop, by=author, version=0, outlook="A sentence.")
    assert queries.find_unsaved(workshop.id, "en", by=author) is None


def test_what_nobody_went_on_with_is_swept_after_its_days_and_nothing_else(app: Flask) -> None:
    author, old, recent = make_actor(Role.STAFF), make_workshop(), make_workshop()
    keep(old, author, "Left.", revision=0, now=NOW - timedelta(days=DAYS))
    keep(recent, author, "Young.", revision=0, now=NOW - timedelta(days=DAYS - 1))
    assert service.sweep_unsaved(now=NOW) == 1
    assert queries.find_unsaved(old.id, "en", by=author) is None
    assert queries.find_unsaved(recent.id, "en", by=author) is not None
    assert service.sweep_unsaved(now=NOW) == 0


@pytest.mark.parametrize("seen", [0, 1])
def test_another_window_does_not_overwrite_what_is_kept(app: Flask, seen: int) -> None:
    workshop, author = make_workshop(), make_actor(Role.STAFF)
    keep(workshop, author, "One.", revision=0)
    keep(workshop, author, "Two.", revision=1)
    with pytest.raises(rules.WrittenElsewhere):
        keep(workshop, author, "From the other window.", revision=seen)
    kept = queries.find_unsaved(workshop.id, "en", by=author)
    assert kept is not None
    assert kept.texts == {"outlook": "Two."}


def keep(workshop: Workshop, by: Actor, text: str, *, revision: int, now: datetime = NOW) -> int:
    return service.keep_unsaved(
        workshop.id,
        "en",
        {"outlook": text},
        opened={},
        version=0,
        revision=revision,
        by=by,
        now=now,
    )


def test_two_who_begin_a_report_at_once_begin_one(app: Flask) -> None:
    workshop_id = make_workshop().id
    actors = [make_actor(Role.STAFF) for _ in range(4)]
    db.session().rollback()
    together, outcomes = threading.Barrier(len(actors)), []

    def begin(number: int) -> None:
        with app.app_context():
            together.wait()
            try:
                service.save_prose(
                    workshop_id,
                    "en",
                    {"outlook": f"By {actors[number].id}"},
                    version=0,
                    by=actors[number],
                    now=NOW,
                )
                outcomes.append("saved")
            except Stale:
                outcomes.append("stale")

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(len(actors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "stale", "stale", "stale"]
    assert db.session().scalar(sa.select(sa.func.count()).select_from(Report)) == 1


@pytest.mark.parametrize(
    ("prose", "refusal"),
    [
        ("{participants.atended} came.", rules.UnknownReference),
        ("{teams.members} came.", rules.FactNotPublic),
        ("Everybody found it very useful.", rules.UnsupportedClaim),
    ],
)
def test_prose_that_the_data_does_not_carry_is_refused_beside_it(
    sqlite_app: Flask, prose: str, refusal: type[Exception]
) -> None:
    workshop = make_workshop()
    with pytest.raises(refusal) as found:
        save(workshop, by=make_actor(Role.STAFF), version=0, summary=prose)
    assert found.value.field == "summary"  # type: ignore[attr-defined]
    assert queries.find_report(workshop.id) is None


def test_whoever_wrote_any_of_it_does_not_approve_it(app: Flask) -> None:
    workshop = make_workshop()
    first, second, third = (make_actor(Role.EDITOR) for _ in range(3))
    save(workshop, by=first, version=0, outlook="By the first.")
    submit(workshop, by=second)
    for author in (first, second):
        with pytest.raises(rules.AuthorCannotApprove):
            approve(workshop, by=author)
    with pytest.raises(Forbidden):
        approve(workshop, by=make_actor(Role.STAFF))
    approve(workshop, by=third)
    assert queries.get_report(workshop.id).status == "approved"


def test_saving_during_the_review_begins_it_anew(app: Flask) -> None:
    workshop = make_workshop()
    author, reviewer = make_actor(Role.STAFF), make_actor(Role.EDITOR)
    report = submit(workshop, by=author)
    seen = report.version
    save(workshop, by=author, version=seen, outlook="A last word.")
    with pytest.raises(rules.WrongState):
        approve(workshop, by=reviewer)
    submit(workshop, by=author)
    with pytest.raises(Stale):
        service.approve_report(workshop.id, version=seen, by=reviewer, now=NOW)


def test_sending_back_needs_a_reason_and_keeps_it(app: Flask) -> None:
    workshop, reviewer = make_workshop(), make_actor(Role.EDITOR)
    submit(workshop, by=make_actor(Role.STAFF))
    with pytest.raises(rules.ReasonMissing):
        service.reject_report(workshop.id, "  ", by=reviewer, now=NOW)
    service.reject_report(workshop.id, "Name the venue.", by=reviewer, now=NOW)
    report = queries.get_report(workshop.id)
    assert (report.status, [comment.text for comment in report.comments]) == (
        "draft",
        ["Name the venue."],
    )


def test_what_was_approved_is_frozen(app: Flask) -> None:
    workshop = make_workshop()
    attended(register(workshop))
    submit(workshop)
    snapshot = approve(workshop)
    before = queries.frozen_sheet(snapshot, "en").write("participants.attended_people")
    attended(register(workshop))
    live = queries.live_sheet(workshop, "en").write("participants.attended_people")
    snapshot = db.get(Snapshot, snapshot.id)
    frozen = queries.frozen_sheet(snapshot, "en").write("participants.attended_people")
    assert (before, frozen, live) == ("1 participant", "1 participant", "2 participants")
    assert service.hash_content(snapshot.content) == snapshot.hash


def test_a_language_with_missing_texts_is_not_approved_with_the_others(app: Flask) -> None:
    workshop = make_workshop(rationale=Texts.of(en="Why.", ar="لماذا."))
    submit(workshop)
    snapshot = approve(workshop)
    assert snapshot.content["languages"] == ["en", "ar"]
    with pytest.raises(rules.NothingToIssue):
        service.issue_report(
            snapshot.report_id, kinds=[EditionKind.PUBLIC], languages=["fr"], by=_admin(), now=NOW
        )


def test_a_report_that_is_complete_in_no_language_is_not_sent(app: Flask) -> None:
    workshop = make_workshop(languages=("fr",), rationale=Texts.of(en="Why."))
    with pytest.raises(rules.NotTranslated) as found:
        submit(workshop)
    assert found.value.values == {"what": "Raison d’être"}
    assert queries.find_report(workshop.id) is None


def test_editions_of_one_snapshot_share_a_number_and_are_there_once(app: Flask) -> None:
    workshop = make_workshop()
    submit(workshop)
    report_id = approve(workshop).report_id
    for _ in range(2):
        issued = service.issue_report(
            report_id, kinds=list(EditionKind), languages=["en", "ar"], by=_admin(), now=NOW
        )
    assert {(one.number, one.kind, one.lang) for one in issued} == {
        (1, "public", "en"),
        (1, "public", "ar"),
        (1, "donor", "en"),
        (1, "donor", "ar"),
    }
    renders = sa.select(sa.func.count()).where(Job.name == service.RENDER)
    assert db.session().scalar(renders) == 4
    service.reopen_report(workshop.id, by=_admin(), now=NOW)
    submit(workshop)
    approve(workshop, now=NOW + timedelta(days=1))
    second = service.issue_report(
        report_id, kinds=[EditionKind.PUBLIC], languages=["en"], by=_admin(), now=NOW
    )
    assert [one.number for one in second] == [2]


def test_an_edition_is_completed_once(app: Flask) -> None:
    workshop = make_workshop()
    submit(workshop)
    report_id = approve(workshop).report_id
    edition = service.issue_report(
        report_id, kinds=[EditionKind.PUBLIC], languages=["en"], by=_admin(), now=NOW
    )[0]
    for key in ("first", "second"):
        service.complete_edition(
            edition.id, file_key=key, sha256=key, size=1, pages=1, by=_admin(), now=NOW
        )
    service.note_failure(edition.id, "too late", by=_admin(), now=NOW)
    kept = queries.get_edition(edition.id)
    assert (kept.status, kept.file_key, kept.failure) == ("ready", "first", "")


def _admin() -> Actor:
    return make_actor(Role.ADMIN)
