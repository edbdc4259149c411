"""Lists to sign, badges, signed sheets and head-counts."""

import io
from datetime import date, timedelta

import pypdf
import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import printing, service
from eventsapp.attendance.models import AttendanceRecord
from eventsapp.attendance.queries import attendance_facts, papers
from eventsapp.attendance.queries.evidence import live
from eventsapp.attendance.rules import papers as rules
from eventsapp.attendance.service.papers import NotACount
from eventsapp.attendance.types import FileState, PaperKind
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_workshop
from tests.pdfs import failures

FIRST, SECOND = "2022-02-08", "2022-02-09"
LANGUAGES = ("en", "fr", "ar")


def test_a_workshop_has_a_list_for_each_of_its_days(app: Flask) -> None:
    workshop = make_workshop()
    assert rules.days_of(workshop) == [date(2022, 2, 8), date(2022, 2, 9)]
    workshop.ends_at = workshop.starts_at.replace(hour=22)  # midnight in Tripoli
    assert rules.days_of(workshop) == [date(2022, 2, 8)]


def printed(workshop_id: int, kind: PaperKind, day: str, lang: str, **by: object) -> bytes:
    organiser = by["by"]
    paper = service.request_paper(
        workshop_id,
        kind,
        day=day,
        lang=lang,
        by=organiser,  # type: ignore[arg-type]
        now=NOW,
    )
    paper_id = paper.id
    run_due_jobs(20)
    db.session().expire_all()
    paper = papers.get_paper(workshop_id, paper_id)
    assert paper.state == FileState.READY
    return storage.read(paper.file_key or "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_names_who_is_expected_in_the_room_and_conforms(
    sqlite_app: Flask, lang: str
) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    register(workshop, name="Salma Zentani")
    register(workshop, Mode.ONLINE, name="Idris Alwaer")

    data = printed(workshop.id, PaperKind.SHEET, FIRST, lang, by=organiser)

    text = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert ("Zentani" in text, "Alwaer" in text, "2022" in text) == (True, False, True)
    assert failures(data) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_badges_carry_the_code_for_the_door_and_conform(sqlite_app: Flask, lang: str) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    for number in range(9):
        register(workshop, name=f"Salma Zentani {number}", institution="Ministry " * 20)

    data = printed(workshop.id, PaperKind.BADGES, "", lang, by=organiser)

    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 2
    assert failures(data) == []


def test_a_list_made_anew_takes_the_place_of_the_earlier_one(sqlite_app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    earlier = printed(workshop.id, PaperKind.SHEET, FIRST, "en", by=organiser)
    register(workshop, name="Salma Zentani")
    later = printed(workshop.id, PaperKind.SHEET, FIRST, "en", by=organiser)

    assert earlier != later
    assert [paper.people for paper in papers.list_papers(workshop.id)] == [1]


def test_papers_are_for_those_who_run_the_workshop(app: Flask) -> None:
    workshop = make_workshop()
    with pytest.raises(Forbidden):
        service.request_paper(
            workshop.id, PaperKind.BADGES, lang="en", by=make_actor(Role.ORGANISER), now=NOW
        )


@pytest.mark.parametrize("day", ["2022-02-07", "2022-02-10", "", "yesterday", "2022-13-45"])
def test_there_is_no_list_for_another_day(app: Flask, day: str) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    with pytest.raises(rules.NotADay):
        service.request_paper(
            workshop.id, PaperKind.SHEET, day=day, lang="en", by=organiser, now=NOW
        )


def test_signatures_are_evidence_of_their_day_once(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    here = register(workshop)
    elsewhere = register(workshop, Mode.ONLINE)
    service.check_in_registration(here.id, by=organiser, now=workshop.starts_at)

    counts = [
        service.note_signed(workshop.id, day, {here.id, elsewhere.id}, by=organiser, now=NOW)
        for day in (FIRST, SECOND, SECOND)
    ]

    facts = attendance_facts(workshop)
    assert (counts, facts.attended, facts.attendances) == ([0, 1, 0], 1, 2)


def test_two_who_enter_one_sheet_at_once_make_one_record_each_person(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    ids = {register(workshop).id for _ in range(3)}
    workshop_id = workshop.id

    at_once(
        app,
        [lambda: service.note_signed(workshop_id, FIRST, ids, by=organiser, now=NOW)] * 4,
    )

    counted = db.session().scalar(sa.select(sa.func.count()).select_from(AttendanceRecord))
    assert counted == 3


def test_a_scan_is_told_by_its_bytes(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)

    def keep(data: bytes) -> None:
        service.keep_scan(workshop.id, FIRST, data, name="s.pdf", by=organiser, now=NOW)

    for data in (b"", b"<html>", b"GIF89a", b"%PDF-" + bytes(rules.SCAN_BYTES)):
        with pytest.raises(rules.NotAScan):
            keep(data)
    keep(b"%PDF-1.7 scan")
    (scan,) = papers.list_scans(workshop.id)
    assert (scan.day, storage.read(scan.file_key)) == (FIRST, b"%PDF-1.7 scan")
    service.remove_scan(workshop.id, scan.id, by=organiser, now=NOW)
    assert papers.list_scans(workshop.id) == []


def test_head_counts_stand_beside_the_persons(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    with pytest.raises(NotACount):
        service.count_heads(workshop.id, FIRST, -1, mode=Mode.IN_PERSON, by=organiser, now=NOW)
    counted = service.count_heads(
        workshop.id, FIRST, 40, mode=Mode.IN_PERSON, by=organiser, now=NOW
    )
    assert [count.persons for count in papers.list_head_counts(workshop.id)] == [40]
    assert attendance_facts(workshop).attended == 0
    service.take_back_count(workshop.id, counted.id, by=organiser, now=NOW + timedelta(hours=1))
    assert papers.list_head_counts(workshop.id) == []


def test_days_agree_with_their_number_in_each_language() -> None:
    said = {
        lang: [printing.days_in_words(count, lang) for count in (1, 2, 3, 11)] for lang in LANGUAGES
    }
    assert said == {
        "en": ["1 day", "2 days", "3 days", "11 days"],
        "fr": ["1 jour", "2 jours", "3 jours", "11 jours"],
        "ar": ["يوم واحد", "يومين", "3 أيام", "11 يومًا"],
    }


def test_a_signature_that_was_taken_back_can_be_entered_again_and_counts(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    person = register(workshop)

    def sign() -> int:
        return service.note_signed(workshop.id, FIRST, {person.id}, by=organiser, now=NOW)

    def live_ones() -> list[int]:
        rows = sa.select(AttendanceRecord.id).where(live())
        return list(db.session().scalars(rows))

    found = []
    for _ in range(3):
        found.append((sign(), sign(), len(live_ones())))
        (record,) = live_ones()
        service.revoke_record(record, by=organiser, now=NOW)
    assert found == [(1, 0, 1)] * 3
    assert papers.seen_by_day(workshop)[date(2022, 2, 8)] == set()
