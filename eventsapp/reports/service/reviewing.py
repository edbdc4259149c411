"""Reviewing: somebody else reads, and what they approve is frozen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound, Stale
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
def ask_reviewer(workshop_id: int, user_id: int, *, by: Actor, now: datetime) -> None:
    """Ask one editor by name, also in the place of an absent one; everybody else may still act."""
    rules.check_may_write(by=by)
    report = queries.get_report(workshop_id)
    rules.check_state(report, ReportStatus.IN_REVIEW)
    if user_id not in {user.id for user in queries.possible_reviewers(report)}:
        raise rules.NoReviewer
    detail = {"from": report.reviewer_id, "to": user_id}
    report.reviewer_id = user_id
    subject = f"report:{report.id}"
    audit.record("report.reviewer_asked", subject, by=by, now=now, detail=detail)
    payload = {"report_id": report.id, "reviewer_id": user_id}
    enqueue("reports.tell_reviewers", payload, now=now, subject=subject)


@transaction
def comment(
    workshop_id: int, text: str, *, section_key: str = "", by: Actor, now: datetime
) -> ReviewComment:
    """Say something of a section, or of the whole report."""
    rules.check_may_write(by=by)
    report = queries.get_report(workshop_id)
    if not text.strip():
        raise rules.CommentMissing
    row = ReviewComment(
        report_id=report.id, author_id=by.id, section_key=section_key, text=text.strip(), at=now
    )
    db.session().add(row)
    audit.record("report.commented", f"report:{report.id}", by=by, now=now)
    return row


@transaction
def resolve_comment(
    workshop_id: int, comment_id: int, *, is_resolved: bool, by: Actor, now: datetime
) -> None:
    """Mark a comment as answered, or open it again."""
    rules.check_may_write(by=by)
    report = queries.get_report(workshop_id)
    row = db.get(ReviewComment, comment_id)
    if row.report_id != report.id:
        raise NotFound
    row.resolved_at, row.resolved_by = (now, by.id) if is_resolved else (None, None)
    action = "report.comment_resolved" if is_resolved else "report.comment_reopened"
    audit.record(action, f"report:{report.id}", by=by, now=now)


@transaction
def reject_report(
    workshop_id: int, reason: str, *, section_key: str = "", by: Actor, now: datetime
) -> Report:
    """Send a report back to its author, with the reason."""
    report = queries.get_report(workshop_id)
    rules.check_may_approve(report, by=by)
    rules.check_state(report, ReportStatus.IN_REVIEW)
    if not reason.strip():
        raise rules.ReasonMissing
    comment(workshop_id, reason, section_key=section_key, by=by, now=now)
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
        "outline": [place.to_json() for place in queries.outline_of(report.workshop)],
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
        sheet = queries.sheet_of(facts, lang, outline=queries.outline_of(report.workshop))
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
