"""Redacting: the one way in which what was frozen and issued is changed afterwards."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge import storage
from eventsapp.edge.jobs import enqueue
from eventsapp.reports import queries
from eventsapp.reports.models import (
    Edition,
    Report,
    ReportText,
    ReviewComment,
    Snapshot,
    TextVersion,
    UnsavedText,
)
from eventsapp.reports.redaction import prose_without, without
from eventsapp.reports.service.issuing import RENDER
from eventsapp.reports.service.reviewing import hash_content
from eventsapp.reports.types import EditionStatus


@transaction
def redact_report(
    workshop_id: int,
    words: Collection[str],
    *,
    photos: Collection[str] = (),
    by: Actor,
    now: datetime,
) -> bool:
    """Take these words, and the photos of these files, out of the workshop's report, its history
    and every issued file.

    Gives whether they stood in anything frozen. A snapshot says that and when it was redacted;
    files are removed at once and rendered anew.
    """
    for unsaved in _rows(UnsavedText, UnsavedText.workshop_id == workshop_id):
        unsaved.texts = without(unsaved.texts, words)
        unsaved.opened = without(unsaved.opened, words)
    report = queries.find_report(workshop_id)
    if report is None:
        return False
    _redact_writing(report, words)
    changed = [one for one in report.snapshots if _redact_snapshot(one, words, photos, now=now)]
    for snapshot in changed:
        for edition in _rows(Edition, Edition.snapshot_id == snapshot.id):
            _issue_anew(edition, now=now)
    if changed:
        audit.record("report.redacted", f"report:{report.id}", by=by, now=now)
    return bool(changed)


def _rows(model: Any, condition: sa.ColumnElement[bool]) -> Sequence[Any]:
    return db.session().scalars(sa.select(model).where(condition)).all()


def _redact_writing(report: Report, words: Collection[str]) -> None:
    for text in (
        *_rows(ReportText, ReportText.report_id == report.id),
        *_rows(TextVersion, TextVersion.report_id == report.id),
    ):
        if text.prose:
            text.prose = prose_without(text.prose, words)
    for comment in _rows(ReviewComment, ReviewComment.report_id == report.id):
        comment.text = prose_without(comment.text, words)


def _redact_snapshot(
    snapshot: Snapshot, words: Collection[str], photos: Collection[str], *, now: datetime
) -> bool:
    content = without(snapshot.content, words, photos)
    if content == snapshot.content:
        return False
    was = {"at": now.isoformat(), "hash": snapshot.hash}
    content["redacted"] = [*content.get("redacted", []), was]
    snapshot.content, snapshot.hash = content, hash_content(content)
    return True


def _issue_anew(edition: Edition, *, now: datetime) -> None:
    if edition.file_key:
        _remove_later(edition.file_key)
    edition.status, edition.file_key, edition.sha256 = EditionStatus.WAITING, None, None
    subject = f"edition:{edition.id}"
    job = enqueue(RENDER, {"edition_id": edition.id}, now=now, subject=subject, unique_key=subject)
    edition.job_id = job.id


def _remove_later(key: str) -> None:
    """Once nothing points at the file any more: equal bytes are one file."""

    def remove() -> None:
        db.session().rollback()
        if not _rows(Edition, Edition.file_key == key):
            storage.delete(key)
        db.session().rollback()

    db.after_commit(remove)
