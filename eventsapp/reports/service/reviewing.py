"""Reviewing: somebody else reads, and what they approve is frozen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.documents.prose import references
from eventsapp.edge.jobs import enqueue
from eventsapp.reports import queries, rules
from eventsapp.reports.models import Report, ReviewComment, Snapshot
from eventsapp.reports.service.writing import get_or_begin
from eventsapp.reports.types import Fact, ReportStatus
from eventsapp.workshops.models import Workshop


@transaction
def submit_report(workshop_id: int, *, version: int, by: Actor, now: datetime) -> Report:
    """Ask somebody else to approve the report as it is now."""
    rules.check_may_write(by=by)
    report = get_or_begin(db.get(Workshop, workshop_id), by=by, now=now, version=version)
    rules.check_state(report, ReportStatus.DRAFT)
    _complete_prose(report, queries.gather_facts(report.workshop))
    report.status = ReportStatus.IN_REVIEW
    report.author_id = by.id
    report.submitted_at = report.changed_at = now
    audit.record("report.submitted", f"report:{report.id}", by=by, now=now)
    enqueue(
        "reports.tell_reviewers", {"report_id": report.id}, now=now, subject=f"report:{report.id}"
    )
    return report


@transaction
def comment(workshop_id: int, text: str, *, by: Actor, now: datetime) -> None:
    rules.check_may_write(by=by)
    report = queries.get_report(workshop_id)
    db.session().add(ReviewComment(report_id=report.id, author_id=by.id, text=text, at=now))
    audit.record("report.commented", f"report:{report.id}", by=by, now=now)


@transaction
def reject_report(workshop_id: int, reason: str, *, by: Actor, now: datetime) -> Report:
    """Send a report back to its author, with the reason."""
    report = queries.get_report(workshop_id)
    rules.check_may_approve(report, by=by)
    rules.check_state(report, ReportStatus.IN_REVIEW)
    if not reason.strip():
        raise rules.ReasonMissing
    comment(workshop_id, reason.strip(), by=by, now=now)
    report.status = ReportStatus.DRAFT
    audit.record("report.rejected", f"report:{report.id}", by=by, now=now)
    return report


@transaction
def approve_report(workshop_id: int, *, version: int, by: Actor, now: datetime) -> Snapshot:
    """Approve the report and freeze its facts and prose; raises Stale when it changed since."""
    report = queries.get_report(workshop_id)
    rules.check_may_approve(report, by=by)
    rules.check_state(report, ReportStatus.IN_REVIEW)
    if report.version != version:
        raise Stale
    snapshot = _freeze(report, by=by, now=now)
    report.status = ReportStatus.APPROVED
    report.approver_id, report.approved_at = by.id, now
    audit.record(
        "report.approved", f"report:{report.id}", by=by, now=now, detail={"hash": snapshot.hash}
    )
    return snapshot


def _freeze(report: Report, *, by: Actor, now: datetime) -> Snapshot:
    facts = queries.gather_facts(report.workshop)
    prose = _complete_prose(report, facts)
    report.languages = list(prose)
    content: dict[str, Any] = {
        "workshop": report.workshop.ref,
        "frozen_at": now.isoformat(),
        "languages": list(prose),
        "facts": [fact.to_json() for fact in facts],
        "prose": prose,
    }
    snapshot = Snapshot(
        report_id=report.id,
        content=content,
        hash=hash_content(content),
        created_at=now,
        created_by=by.id,
    )
    db.session().add(snapshot)
    db.session().flush()
    return snapshot


def _complete_prose(report: Report, facts: Sequence[Fact]) -> dict[str, dict[str, str]]:
    """The prose of every language in which nothing is missing.

    Raises NotTranslated when no language is complete, and what saving would refuse: the data may
    have changed since.
    """
    known = {fact.key: fact for fact in facts}
    complete: dict[str, dict[str, str]] = {}
    missing: list[list[str]] = []
    for lang in report.workshop.languages:
        sheet = queries.sheet_of(facts, lang)
        prose = queries.current_prose(report, sheet)
        for key, text in prose.items():
            rules.check_references(known, references(text), field=key)
            rules.check_claims(known, text, lang, field=key)
        missing.append(queries.untranslated(sheet, prose))
        if not missing[-1]:
            complete[lang] = prose
    if not complete:
        fewest = min(missing, key=len)
        raise rules.NotTranslated(what=", ".join(fewest))
    return complete


def hash_content(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction
def reopen_report(workshop_id: int, *, by: Actor, now: datetime) -> Report:
    """Begin the next edition of a report that was approved or issued."""
    rules.check_may_write(by=by)
    report = queries.get_report(workshop_id)
    rules.check_state(report, ReportStatus.APPROVED, ReportStatus.ISSUED)
    report.status = ReportStatus.DRAFT
    report.changed_at = now
    audit.record("report.reopened", f"report:{report.id}", by=by, now=now)
    return report
