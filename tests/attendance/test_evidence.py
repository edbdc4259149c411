"""The ledger: checked in once, replayed once, taken back by adding."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import AttendanceRecord
from eventsapp.attendance.queries import attendance_facts, count_attended, list_ledger, presences_of
from eventsapp.attendance.rules import evidence as rules
from eventsapp.attendance.types import Presence, Source, TookPart
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden
from eventsapp.core.texts import Texts
from eventsapp.people.types import Sex
from eventsapp.workshops.types import Format, GroupDraft, Mode
from tests.factories.attendance import register, registration_draft
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_project, make_workshop


def records() -> list[tuple[str, str, int | None]]:
    rows = db.session().scalars(sa.select(AttendanceRecord).order_by(AttendanceRecord.id))
    return [(row.source, row.mode, row.revokes_id) for row in rows]


def test_check_in_by_code_however_it_is_typed(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    typed = f" {registration.code[:3].lower()}-{registration.code[3:]} "

    done = service.check_in(workshop.id, typed, by=organiser, now=workshop.starts_at)

    assert (done.registration.id, done.is_new, records()) == (
        registration.id,
        True,
        [("qr", "in_person", None)],
    )
    assert presences_of(workshop)[registration.id].took_part == TookPart.IN_PERSON


def test_check_in_twice_a_day_is_one_record_and_another_day_another(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    morning = workshop.starts_at

    again = [
        service.check_in_registration(registration.id, by=organiser, now=moment).is_new
        for moment in (morning, morning + timedelta(hours=3), morning + timedelta(days=1))
    ]

    assert again == [True, False, True]
    assert presences_of(workshop)[registration.id].days == 2


def test_check_in_replayed_after_it_was_taken_back_does_not_come_back(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    moment = workshop.starts_at
    done = service.check_in(
        workshop.id, registration.code, by=organiser, now=moment, scan_key="scan-1"
    )
    service.revoke_record(done.record.id, by=organiser, now=moment)

    replayed = service.check_in(
        workshop.id, registration.code, by=organiser, now=moment, scan_key="scan-1"
    )

    assert (replayed.record.id, replayed.is_new) == (done.record.id, False)
    assert count_attended(workshop.id) == 0


def test_one_scan_sent_by_many_at_once_is_one_record(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration_id, moment = register(workshop).id, workshop.starts_at

    at_once(
        app,
        [
            lambda: (
                service.record_attendance(
                    registration_id,
                    mode=Mode.IN_PERSON,
                    source=Source.QR,
                    started_at=moment,
                    scan_key="scan-1",
                    by=organiser,
                    now=moment,
                ).id
            )
            for _ in range(6)
        ],
    )

    assert records() == [("qr", "in_person", None)]


def test_without_a_scan_key_the_same_scan_would_be_recorded_again(app: Flask) -> None:
    """Positive control of the replay protection."""
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)

    for _ in range(2):
        service.record_attendance(
            registration.id,
            mode=Mode.IN_PERSON,
            source=Source.QR,
            by=organiser,
            now=workshop.starts_at,
        )

    assert len(records()) == 2


def test_revoke_record_adds_to_the_ledger_and_deletes_nothing(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    done = service.check_in_registration(registration.id, by=organiser, now=workshop.starts_at)

    for _ in range(2):
        service.revoke_record(done.record.id, by=organiser, now=workshop.starts_at)

    assert records() == [
        ("kiosk", "in_person", None),
        ("kiosk", "in_person", done.record.id),
    ]
    assert presences_of(workshop) == {}
    (line,) = list_ledger(registration.id)
    assert line.revoked is not None


@pytest.mark.parametrize("code", ["", "AAAAAA", "K7Q 4MX", "💥"])
def test_check_in_refuses_a_code_that_nobody_has(app: Flask, code: str) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)

    with pytest.raises(rules.UnknownCode):
        service.check_in(workshop.id, code, by=organiser, now=workshop.starts_at)


def test_check_in_refuses_the_code_of_another_workshop(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop, other = make_workshop(by=organiser), make_workshop(by=organiser)

    with pytest.raises(rules.UnknownCode):
        service.check_in(workshop.id, register(other).code, by=organiser, now=workshop.starts_at)


def test_check_in_refuses_somebody_without_a_place(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, seats_in_person=1)
    register(workshop)
    waiting = register(workshop)

    with pytest.raises(rules.NotConfirmed):
        service.check_in(workshop.id, waiting.code, by=organiser, now=workshop.starts_at)


def test_check_in_refuses_another_day(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)

    with pytest.raises(rules.NotTheDay):
        service.check_in(workshop.id, register(workshop).code, by=organiser, now=NOW)


def test_evidence_of_another_organisers_workshop_is_refused(app: Flask) -> None:
    workshop = make_workshop()
    registration = register(workshop)
    stranger = make_actor(Role.ORGANISER)

    with pytest.raises(Forbidden):
        service.check_in(workshop.id, registration.code, by=stranger, now=workshop.starts_at)
    with pytest.raises(Forbidden):
        service.check_in(workshop.id, "AAAAAA", by=stranger, now=workshop.starts_at)

    assert records() == []


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"source": Source.MANUAL, "reason": "  "}, rules.ReasonMissing),
        ({"session_id": 999_999}, rules.UnknownSession),
        ({"started_at": NOW}, rules.OutsideWorkshop),
    ],
)
def test_record_attendance_refuses_what_makes_no_sense(
    app: Flask, values: dict[str, object], refusal: type[Exception]
) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    given = {"mode": Mode.IN_PERSON, "source": Source.SHEET, "by": organiser, "now": NOW}

    with pytest.raises(refusal):
        service.record_attendance(registration.id, **{**given, **values})  # type: ignore[arg-type]

    assert records() == []


def test_record_attendance_refuses_an_end_before_its_start(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    start = workshop.starts_at + timedelta(hours=2)

    with pytest.raises(rules.IntervalBackwards):
        service.record_attendance(
            register(workshop).id,
            mode=Mode.ONLINE,
            source=Source.SHEET,
            started_at=start,
            ended_at=start - timedelta(minutes=1),
            by=organiser,
            now=NOW,
        )


def test_attendance_facts_count_each_person_once_and_lead_back_to_the_rows(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(
        by=organiser,
        groups=(GroupDraft(Texts.of(en="Officials")), GroupDraft(Texts.of(en="Focal points"))),
    )
    officials = workshop.groups[0].id
    one = register(workshop, group_id=officials, institution="Ministry of Planning")
    two = register(workshop, Mode.ONLINE, sex=Sex.MALE, country_code="TN", institution="")
    three = register(workshop, sex=Sex.UNDISCLOSED)
    gone = register(workshop)
    service.cancel_registration(gone.id, by=organiser, now=NOW)
    invited = service.add_participant(
        workshop.id, registration_draft(), invite=True, by=organiser, now=NOW
    )
    start = workshop.starts_at
    for moment in (start, start + timedelta(days=1)):
        service.check_in_registration(one.id, by=organiser, now=moment)
    for registration in (one, two):
        service.record_attendance(
            registration.id,
            mode=Mode.ONLINE,
            source=Source.VIDEO,
            started_at=start,
            ended_at=start + timedelta(minutes=45),
            by=organiser,
            now=start,
        )

    facts = attendance_facts(workshop)

    assert (facts.invited, facts.registered, facts.confirmed, facts.waitlisted) == (1, 3, 3, 0)
    assert (facts.attended, facts.attendances, facts.sessions, facts.days) == (2, 3, 1, 2)
    assert facts.by_mode == {"both": 1, "online": 1}
    assert facts.by_sex == {"female": 1, "male": 1}
    assert facts.by_country == {"LY": 1, "TN": 1}
    assert facts.by_institution == {"": 1, "Ministry of Planning": 1}
    assert [(str(name), count) for name, count in facts.by_group] == [
        ("Officials", 1),
        ("Focal points", 0),
    ]
    assert facts.by_sex_and_mode == (("female", "both", 1), ("male", "online", 1))
    assert facts.registered_by["sex"] == {"female": 1, "male": 1, "undisclosed": 1}
    assert facts.evidence["attended"] == (one.id, two.id)
    assert facts.evidence["registered"] == (one.id, two.id, three.id)
    assert facts.evidence["invited"] == (invited.id,)
    assert facts.evidence["by_sex_and_mode.male.online"] == (two.id,)
    assert facts.evidence[f"by_group.{officials}"] == (one.id,)


def test_attendance_facts_leave_the_sex_out_where_the_project_does_not_report_it(
    app: Flask,
) -> None:
    workshop = make_workshop(project=make_project(reports_sex=False))
    register(workshop)

    facts = attendance_facts(workshop)

    assert (facts.by_sex, facts.by_sex_and_mode, "sex" in facts.registered_by) == ({}, (), False)
    assert not [key for key in facts.evidence if "sex" in key]


def test_attendance_facts_count_somebody_who_came_although_they_had_cancelled(
    app: Flask,
) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser, format=Format.ONLINE)
    registration = register(workshop, Mode.ONLINE)
    service.cancel_registration(registration.id, by=organiser, now=NOW)
    service.record_attendance(
        registration.id,
        mode=Mode.ONLINE,
        source=Source.MANUAL,
        reason="Seen in the call",
        by=organiser,
        now=NOW,
    )

    facts = attendance_facts(workshop)

    assert (facts.registered, facts.confirmed, facts.attended) == (1, 0, 1)
    assert presences_of(workshop) == {registration.id: Presence(TookPart.ONLINE, None, 1)}
