"""Use cases of reports: write, review, freeze, issue."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.edge.jobs import enqueue
from eventsapp.reports import queries, rules
from eventsapp.reports.models import Edition, Report, ReportText, ReviewComment, Snapshot
from eventsapp.reports.types import EditionKind, EditionStatus, Fact, ReportStatus
from eventsapp.workshops import service as workshops
from eventsapp.workshops.models import Workshop

RENDER = "reports.render_edition"


@transaction
def save_prose(
    workshop_id: int,
    lang: str,
    prose: Mapping[str, str],
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> Report:
    """Keep what was edited, by section; ``version`` is the report's as it was opened (0: none).

    What reads as the draft would is not kept, so that it follows its data until approval.
    """
    rules.check_may_write(by=by)
    workshop = db.get(Workshop, workshop_id)
    report = _get_or_begin(workshop, by=by, now=now, version=version)
    rules.check_state(report, ReportStatus.DRAFT, ReportStatus.IN_REVIEW)
    sheet = queries.live_sheet(workshop, lang)
    facts = {fact.key: fact for fact in queries.gather_facts(workshop)}
    for section in queries.written_sections():
        if section.key in prose:
            text = prose[section.key].replace("\r\n", "\n").strip()
            rules.check_references(facts, queries.used_references(text), field=section.key)
            rules.check_claims(facts, text, lang, field=section.key)
            drafted = text == section.draft(sheet).strip()
            _keep_text(report, section.key, lang, None if drafted else text, by=by, now=now)
    # A new author begins the review anew: whoever wrote may not approve.
    report.author_id = by.id
    report.status = ReportStatus.DRAFT
    report.changed_at = now
    audit.record("report.saved", f"report:{report.id}", by=by, now=now, detail={"lang": lang})
    return report


def _get_or_begin(workshop: Workshop, *, by: Actor, now: datetime, version: int) -> Report:
    report = queries.find_report(workshop.id)
    if report is None:
        report = Report(
            workshop_id=workshop.id,
            status=ReportStatus.DRAFT,
            languages=list(workshop.languages),
            author_id=by.id,
            created_at=now,
            changed_at=now,
        )
        db.session().add(report)
        try:
            db.session().flush()
        except sa.exc.IntegrityError:  # a workshop has one report: somebody began it just now
            raise Stale from None
        audit.record("report.begun", f"report:{report.id}", by=by, now=now)
    elif report.version != version:
        raise Stale
    return report


def _keep_text(
    report: Report, key: str, lang: str, text: str | None, *, by: Actor, now: datetime
) -> None:
    """Keep a section's text, also an empty one; without a text it drafts itself again."""
    row = next((row for row in report.texts if (row.section_key, row.lang) == (key, lang)), None)
    if text is None:
        if row is not None:
            report.texts.remove(row)
        return
    if row is None:
        row = ReportText(section_key=key, lang=lang, prose="")
        report.texts.append(row)
    elif row.prose == text:
        return
    row.prose, row.edited_by, row.edited_at = text, by.id, now


@transaction
def submit_report(workshop_id: int, *, version: int, by: Actor, now: datetime) -> Report:
    """Ask somebody else to approve the report as it is now."""
    rules.check_may_write(by=by)
    report = _get_or_begin(db.get(Workshop, workshop_id), by=by, now=now, version=version)
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
            rules.check_references(known, queries.used_references(text), field=key)
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
