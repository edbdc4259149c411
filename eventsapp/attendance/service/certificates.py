"""Certificates: offered on terms, issued on somebody's wish, withdrawn with a reason."""

import secrets
from datetime import datetime

from eventsapp.attendance.models import Certificate, CertificateOffer, Registration
from eventsapp.attendance.queries import papers as queries
from eventsapp.attendance.queries import presences_of
from eventsapp.attendance.rules import papers as rules
from eventsapp.attendance.rules.evidence import ReasonMissing
from eventsapp.attendance.rules.registering import check_may_act
from eventsapp.attendance.service.seats import lock_registration
from eventsapp.attendance.types import CertificateTerms, FileState
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.edge.jobs import enqueue
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage

CERTIFY = "attendance.make_certificate"
# Without letters and digits that are taken for each other; twelve of them are 60 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


@transaction
def offer_certificates(
    workshop_id: int, terms: CertificateTerms, *, by: Actor, now: datetime, version: int | None
) -> CertificateOffer:
    """Say on which terms attendance is certified; ``version`` is that of what was shown."""
    check_may_manage(db.get(Workshop, workshop_id), by=by)
    offer = queries.find_offer(workshop_id)
    if (offer.version if offer else None) != version:
        raise Stale
    if offer is None:
        offer = CertificateOffer(workshop_id=workshop_id)
        db.session().add(offer)
    offer.is_offered = terms.is_offered
    offer.min_days = terms.min_days
    offer.min_online_minutes = terms.min_online_minutes
    db.session().flush()
    audit.record("attendance.certificates_offered", f"workshop:{workshop_id}", by=by, now=now)
    return offer


@transaction
def issue_certificate(registration_id: int, *, by: Actor, now: datetime) -> Certificate:
    """A certificate with the name as it is spelt now: anew where the name was corrected since.

    Asked for twice, it is the same one under the same code. Raises NoCertificates, TooEarly,
    NotEnoughAttendance or CertificateWithdrawn.
    """
    registration = lock_registration(registration_id)
    check_may_act(registration, by=by)
    workshop, person = registration.workshop, registration.person
    presence = rules.check_may_certify(
        workshop,
        presences_of(workshop, [registration.id]).get(registration.id),
        queries.terms_of(workshop.id),
        now=now,
    )
    known = queries.find_certificate(registration.id)
    if known is not None and known.withdrawn_at is not None:
        raise rules.CertificateWithdrawn
    said = {
        "name": person.name,
        "lang": person.language,
        "took_part": str(presence.took_part),
        "days": presence.days,
    }
    if known is not None and _says(known, said) and known.state != FileState.FAILED:
        return known
    certificate = known or _new(registration)
    for name, value in said.items():
        setattr(certificate, name, value)
    certificate.state, certificate.issued_at, certificate.file_key = FileState.WAITING, now, None
    db.session().flush()
    subject = f"certificate:{certificate.id}"
    enqueue(CERTIFY, {"certificate": certificate.id}, now=now, subject=subject)
    audit.record("attendance.certificate_issued", f"registration:{registration.id}", by=by, now=now)
    return certificate


def _says(certificate: Certificate, said: dict[str, object]) -> bool:
    return all(getattr(certificate, name) == value for name, value in said.items())


def _new(registration: Registration) -> Certificate:
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    certificate = Certificate(registration_id=registration.id, code=code)
    db.session().add(certificate)
    return certificate


@transaction
def complete_certificate(certificate_id: int, *, file_key: str, issued_at: datetime) -> None:
    """Note the file that a worker made, unless the certificate was issued anew meanwhile."""
    certificate = db.get(Certificate, certificate_id)
    if certificate.issued_at == issued_at:
        certificate.state, certificate.file_key = FileState.READY, file_key


@transaction
def fail_certificate(certificate_id: int) -> None:
    db.get(Certificate, certificate_id).state = FileState.FAILED


@transaction
def withdraw_certificate(
    certificate_id: int, *, reason: str, by: Actor, now: datetime
) -> Certificate:
    """Say to whoever follows its code that it does not hold any more; raises ReasonMissing."""
    certificate = db.get(Certificate, certificate_id)
    check_may_manage(certificate.registration.workshop, by=by)
    if not reason.strip():
        raise ReasonMissing
    if certificate.withdrawn_at is None:
        certificate.withdrawn_at, certificate.withdrawn_reason = now, reason.strip()
        audit.record(
            "attendance.certificate_withdrawn",
            f"registration:{certificate.registration_id}",
            by=by,
            now=now,
        )
    return certificate
