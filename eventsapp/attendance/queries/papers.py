"""Reads for the door, for papers, head-counts and certificates."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from eventsapp.attendance.models import (
    AttendancePaper,
    AttendanceRecord,
    Certificate,
    CertificateOffer,
    HeadCount,
    Registration,
    SheetScan,
)
from eventsapp.attendance.queries.evidence import live, presences_of
from eventsapp.attendance.rules import papers as rules
from eventsapp.attendance.types import CertificateTerms, RegistrationStatus
from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.people.models import Person
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode


def list_papers(workshop_id: int) -> Sequence[AttendancePaper]:
    return (
        db.session()
        .scalars(
            sa.select(AttendancePaper)
            .where(AttendancePaper.workshop_id == workshop_id)
            .order_by(AttendancePaper.day, AttendancePaper.kind, AttendancePaper.lang)
        )
        .all()
    )


def get_paper(workshop_id: int, paper_id: int) -> AttendancePaper:
    """Raises NotFound, for another workshop's too."""
    paper = db.get(AttendancePaper, paper_id)
    if paper.workshop_id != workshop_id:
        raise NotFound
    return paper


def list_expected(workshop_id: int, mode: Mode = Mode.IN_PERSON) -> Sequence[Registration]:
    """Those with a confirmed place of a mode, by name."""
    return (
        db.session()
        .scalars(
            sa.select(Registration)
            .join(Registration.person)
            .where(
                Registration.workshop_id == workshop_id,
                Registration.status == RegistrationStatus.CONFIRMED,
                Registration.mode == mode,
            )
            .options(joinedload(Registration.person))
            .order_by(sa.func.lower(Person.name), Registration.id)
        )
        .all()
    )


def list_door_names(workshop_id: int) -> list[tuple[str, str]]:
    """Code and name of everybody with a confirmed place: whoever comes is let in."""
    rows = db.session().execute(
        sa.select(Registration.code, Person.name)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            Registration.status == RegistrationStatus.CONFIRMED,
        )
        .order_by(Registration.id)
    )
    return [(code, name) for code, name in rows]


def seen_by_day(workshop: Workshop) -> dict[date, set[int]]:
    """Registrations with evidence from the room, by the local day of the evidence."""
    zone = ZoneInfo(workshop.timezone)
    found: dict[date, set[int]] = {day: set() for day in rules.days_of(workshop)}
    rows = db.session().execute(
        sa.select(AttendanceRecord.registration_id, AttendanceRecord.started_at).where(
            AttendanceRecord.workshop_id == workshop.id,
            AttendanceRecord.mode == Mode.IN_PERSON,
            live(),
        )
    )
    for registration_id, started_at in rows:
        if started_at is not None:
            found.setdefault(started_at.astimezone(zone).date(), set()).add(registration_id)
    return found


def count_taken_back(registration_ids: Collection[int], scan_key: str) -> dict[int, int]:
    """How many records whose key begins so were taken back, by registration."""
    later = aliased(AttendanceRecord)
    rows = db.session().execute(
        sa.select(AttendanceRecord.registration_id, sa.func.count())
        .join(later, later.revokes_id == AttendanceRecord.id)
        .where(
            AttendanceRecord.registration_id.in_(registration_ids),
            AttendanceRecord.scan_key.contains(f":{scan_key}", autoescape=True),
        )
        .group_by(AttendanceRecord.registration_id)
    )
    return {registration_id: count for registration_id, count in rows}  # noqa: C416 - typed


def list_scans(workshop_id: int) -> Sequence[SheetScan]:
    return (
        db.session()
        .scalars(
            sa.select(SheetScan)
            .where(SheetScan.workshop_id == workshop_id)
            .order_by(SheetScan.day, SheetScan.id)
        )
        .all()
    )


def get_scan(workshop_id: int, scan_id: int) -> SheetScan:
    """Raises NotFound, for another workshop's too."""
    scan = db.get(SheetScan, scan_id)
    if scan.workshop_id != workshop_id:
        raise NotFound
    return scan


def list_head_counts(workshop_id: int) -> Sequence[HeadCount]:
    """Those that still hold, in the order of their days."""
    return (
        db.session()
        .scalars(
            sa.select(HeadCount)
            .where(HeadCount.workshop_id == workshop_id, HeadCount.revoked_at.is_(None))
            .order_by(HeadCount.day, HeadCount.mode, HeadCount.id)
        )
        .all()
    )


def find_offer(workshop_id: int) -> CertificateOffer | None:
    return db.session().get(CertificateOffer, workshop_id)


def terms_of(workshop_id: int) -> CertificateTerms:
    offer = find_offer(workshop_id)
    if offer is None:
        return CertificateTerms()
    return CertificateTerms(offer.is_offered, offer.min_days, offer.min_online_minutes)


def find_certificate(registration_id: int) -> Certificate | None:
    return db.session().scalar(
        sa.select(Certificate).where(Certificate.registration_id == registration_id)
    )


def get_certificate(workshop_id: int, certificate_id: int) -> Certificate:
    """Raises NotFound, for another workshop's too."""
    certificate = db.get(Certificate, certificate_id)
    if certificate.registration.workshop_id != workshop_id:
        raise NotFound
    return certificate


def get_certificate_by_code(code: str) -> Certificate:
    """Raises NotFound."""
    found = db.session().scalar(sa.select(Certificate).where(Certificate.code == code))
    if found is None:
        raise NotFound
    return found


def list_certificates(workshop_id: int) -> Sequence[Certificate]:
    return (
        db.session()
        .scalars(
            sa.select(Certificate)
            .join(Certificate.registration)
            .where(Registration.workshop_id == workshop_id)
            .options(joinedload(Certificate.registration))
            .order_by(Certificate.name, Certificate.id)
        )
        .all()
    )


def count_deserving(workshop: Workshop, terms: CertificateTerms) -> int:
    return sum(rules.deserves(presence, terms) for presence in presences_of(workshop).values())


def may_have_certificate(registration: Registration, *, now: datetime) -> bool:
    """Whether somebody's evidence meets the terms, once the workshop is over."""
    workshop, terms = registration.workshop, terms_of(registration.workshop_id)
    if not terms.is_offered or now < workshop.ends_at:
        return False
    return rules.deserves(presences_of(workshop, [registration.id]).get(registration.id), terms)
