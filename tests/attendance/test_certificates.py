"""Certificates: on whose evidence, fetched by whom, and what their code proves."""

import io
import re
from datetime import timedelta

import page
import pypdf
import pytest
import time_machine
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import Certificate, Registration
from eventsapp.attendance.queries import papers
from eventsapp.attendance.rules import papers as rules
from eventsapp.attendance.rules.evidence import ReasonMissing
from eventsapp.attendance.rules.registering import participant
from eventsapp.attendance.types import CertificateTerms, FileState, Presence, TookPart
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.sites import site
from tests.factories.workshops import NOW, make_actor, make_workshop

__all__ = ["site"]

OFFERED = CertificateTerms(is_offered=True)
AFTER = NOW + timedelta(days=60)


@pytest.mark.parametrize(
    ("presence", "deserved"),
    [
        (None, False),
        (Presence(), False),
        (Presence(TookPart.IN_PERSON, None, 1), False),
        (Presence(TookPart.IN_PERSON, None, 2), True),
        (Presence(TookPart.BOTH, 1, 2), True),
        (Presence(TookPart.ONLINE, 59, 2), False),
        (Presence(TookPart.ONLINE, None, 2), False),
        (Presence(TookPart.ONLINE, 60, 2), True),
    ],
)
def test_the_terms_are_days_for_all_and_minutes_for_those_online(
    presence: Presence | None, deserved: bool
) -> None:
    terms = CertificateTerms(is_offered=True, min_days=2, min_online_minutes=60)
    assert rules.deserves(presence, terms) == deserved


def offering(organiser: Actor, lang: str = "en") -> Registration:
    """Somebody who was there, of a workshop that certifies it."""
    workshop = make_workshop(by=organiser)
    registration = register(workshop, name="Salma Zentani", language=lang)
    service.offer_certificates(workshop.id, OFFERED, by=organiser, now=NOW, version=None)
    service.check_in_registration(registration.id, by=organiser, now=workshop.starts_at)
    return registration


def issue(registration: Registration) -> Certificate:
    return service.issue_certificate(registration.id, by=participant(registration), now=AFTER)


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_a_certificate_is_one_conforming_page_in_the_persons_language(
    sqlite_app: Flask, lang: str
) -> None:
    registration = offering(make_actor(Role.ORGANISER), lang)
    code = issue(registration).code
    run_due_jobs(20)
    db.session().expire_all()
    certificate = papers.get_certificate_by_code(code)
    assert (certificate.state, certificate.lang) == (FileState.READY, lang)
    data = storage.read(certificate.file_key or "")
    (only,) = pypdf.PdfReader(io.BytesIO(data)).pages
    assert "Zentani" in only.extract_text()
    for profile in ("ua1", "3a"):
        assert page.validate_pdf_bytes(data, profile=profile).failures == []


def test_asked_for_twice_it_is_one_and_anew_after_the_name_was_corrected(app: Flask) -> None:
    registration = offering(make_actor(Role.ORGANISER))
    first, again = issue(registration).issued_at, issue(registration)
    assert again.issued_at == first
    code = again.code
    registration.person.name = "Salma al-Zentani"
    db.session().commit()
    anew = service.issue_certificate(
        registration.id, by=participant(registration), now=AFTER + timedelta(hours=1)
    )
    assert (anew.code, anew.name) == (code, "Salma al-Zentani")


def test_a_file_of_an_earlier_issue_does_not_take_the_later_ones_place(app: Flask) -> None:
    registration = offering(make_actor(Role.ORGANISER))
    certificate = issue(registration)
    service.complete_certificate(certificate.id, file_key="old", issued_at=NOW)
    assert (certificate.state, certificate.file_key) == (FileState.WAITING, None)


def test_there_is_none_before_the_end_without_evidence_or_without_an_offer(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    registration = offering(organiser)
    absent = register(registration.workshop, Mode.ONLINE)
    unoffered = register(make_workshop(by=organiser))
    with pytest.raises(rules.TooEarly):
        service.issue_certificate(registration.id, by=participant(registration), now=NOW)
    with pytest.raises(rules.NotEnoughAttendance):
        issue(absent)
    with pytest.raises(rules.NoCertificates):
        issue(unoffered)
    with pytest.raises(Forbidden):
        service.issue_certificate(registration.id, by=participant(absent), now=AFTER)


def test_a_withdrawn_one_needs_a_reason_and_is_not_fetched_again(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    registration = offering(organiser)
    certificate = issue(registration)
    with pytest.raises(ReasonMissing):
        service.withdraw_certificate(certificate.id, reason=" ", by=organiser, now=AFTER)
    service.withdraw_certificate(certificate.id, reason="Not there.", by=organiser, now=AFTER)
    with pytest.raises(rules.CertificateWithdrawn):
        issue(registration)


def test_terms_that_somebody_else_changed_are_not_overwritten(app: Flask) -> None:
    organiser = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=organiser)
    service.offer_certificates(workshop.id, OFFERED, by=organiser, now=NOW, version=None)
    with pytest.raises(Stale):
        service.offer_certificates(workshop.id, OFFERED, by=organiser, now=NOW, version=None)


def test_the_code_proves_it_to_anybody_until_it_is_withdrawn(site: Flask) -> None:
    with site.app_context():
        organiser = make_actor(Role.ORGANISER)
        certificate = issue(offering(organiser))
        code, certificate_id = certificate.code, certificate.id
        db.session().rollback()
    reader = site.test_client()
    with time_machine.travel(AFTER, tick=True):
        typed = f"{code[:4].lower()} {code[4:8]}-{code[8:]}"
        form = reader.get("/certificates/?lang=en").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert token
        found = reader.post("/certificates/", data={"csrf_token": token[1], "code": typed})
        assert found.location == f"/certificates/{code}"
        shown = reader.get(found.location).text
        assert ("Salma Zentani" in shown, "This certificate holds" in shown) == (True, True)
        with site.app_context():
            service.withdraw_certificate(
                certificate_id, reason="Not there.", by=organiser, now=AFTER
            )
        gone = reader.get(found.location).text
        assert ("withdrawn on" in gone, "Not there." in gone) == (True, False)
        unknown = reader.get("/certificates/ZZZZZZZZZZZZ")
        assert (unknown.status_code, "no certificate with this code" in unknown.text) == (404, True)
