"""Issuing: a snapshot becomes numbered editions, each with exactly one file."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.reports import rules
from eventsapp.reports.models import Edition, Report, Snapshot
from eventsapp.reports.types import EditionKind, EditionStatus, ReportStatus
from eventsapp.reports.visibility import check_edition
from eventsapp.workshops import service as workshops

RENDER = "reports.render_edition"


@transaction
def issue_report(
    report_id: int,
    *,
    kinds: Sequence[EditionKind],
    languages: Sequence[str],
    by: Actor,
    now: datetime,
) -> list[Edition]:
    """Issue the approved snapshot; each kind and language becomes one numbered edition.

    Asking again gives the editions there are, and renders anew those that failed.
    """
    rules.check_may_write(by=by)
    report = db.get(Report, report_id)
    rules.check_state(report, ReportStatus.APPROVED, ReportStatus.ISSUED)
    snapshot = report.snapshots[-1]
    if not set(languages) <= set(snapshot.content["languages"]):
        raise rules.NothingToIssue
    for kind in kinds:
        for lang in languages:
            check_edition(report.workshop, snapshot, lang, kind, today=now.date())
    editions = [
        _issue_one(report, snapshot, kind, lang, by=by, now=now)
        for kind in kinds
        for lang in languages
    ]
    report.status = ReportStatus.ISSUED
    workshops.note_reported(report.workshop_id, by=by, now=now)
    return editions


def _issue_one(
    report: Report, snapshot: Snapshot, kind: EditionKind, lang: str, *, by: Actor, now: datetime
) -> Edition:
    edition = db.session().scalar(
        sa.select(Edition).where(
            Edition.snapshot_id == snapshot.id, Edition.kind == kind, Edition.lang == lang
        )
    )
    if edition is None:
        edition = Edition(
            report_id=report.id,
            snapshot_id=snapshot.id,
            number=_number_of(report, snapshot),
            kind=kind,
            lang=lang,
            created_at=now,
        )
        db.session().add(edition)
        db.session().flush()
        audit.record("edition.issued", f"edition:{edition.id}", by=by, now=now)
    if edition.status != EditionStatus.READY:
        edition.status, edition.failure = EditionStatus.WAITING, ""
        subject = f"edition:{edition.id}"
        job = enqueue(
            RENDER, {"edition_id": edition.id}, now=now, subject=subject, unique_key=subject
        )
        edition.job_id = job.id
    return edition


def _number_of(report: Report, snapshot: Snapshot) -> int:
    """A snapshot's editions share one number, the next one that the report has not used."""
    session = db.session()
    own = session.scalar(
        sa.select(Edition.number).where(Edition.snapshot_id == snapshot.id).limit(1)
    )
    last = session.scalar(
        sa.select(sa.func.max(Edition.number)).where(Edition.report_id == report.id)
    )
    return own or (last or 0) + 1


@transaction
def complete_edition(
    edition_id: int, *, file_key: str, sha256: str, size: int, pages: int, by: Actor, now: datetime
) -> None:
    """Note the stored file; a repeat changes nothing, so there is one file an edition."""
    edition = db.get(Edition, edition_id)
    if edition.status == EditionStatus.READY:
        return
    edition.file_key, edition.sha256 = file_key, sha256
    edition.size, edition.pages = size, pages
    edition.status, edition.issued_at = EditionStatus.READY, now
    audit.record(
        "edition.rendered", f"edition:{edition.id}", by=by, now=now, detail={"sha256": sha256}
    )


@transaction
def note_failure(edition_id: int, message: str, *, by: Actor, now: datetime) -> None:
    """Keep why an edition has no file; ``message`` is a msgid for people."""
    edition = db.get(Edition, edition_id)
    if edition.status != EditionStatus.READY:
        edition.status, edition.failure = EditionStatus.FAILED, message
        audit.record("edition.failed", f"edition:{edition.id}", by=by, now=now)
