"""Writing: a report begins with its first save, and keeps only what differs from its draft."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound, Stale
from eventsapp.documents.prose import references
from eventsapp.reports import merging, queries, rules
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Report, ReportText, TextVersion
from eventsapp.reports.service.unsaved import drop_unsaved
from eventsapp.reports.types import ReportStatus
from eventsapp.workshops.models import Workshop


@transaction
def save_prose(
    workshop_id: int,
    lang: str,
    prose: Mapping[str, str],
    *,
    version: int,
    opened: Mapping[str, str] | None = None,
    by: Actor,
    now: datetime,
) -> Report:
    """Keep what was edited, by section; ``version`` is the report's as it was opened (0: none).

    ``opened`` has the fingerprints of the texts that the editing began from: what was not
    touched is left alone, and who saved other sections meanwhile is not in the way. Raises Stale
    where both changed the same section. What reads as the draft would is not kept, so that it
    follows its data until approval.
    """
    rules.check_may_write(by=by)
    workshop = db.get(Workshop, workshop_id)
    gathered = queries.gather_facts(workshop)
    sheet = queries.sheet_of(gathered, lang)
    typed = merging.changed(prose, opened) if opened is not None else dict(prose)
    report = _report_as_opened(workshop, sheet, typed, opened or {}, version, by=by, now=now)
    rules.check_state(report, ReportStatus.DRAFT, ReportStatus.IN_REVIEW)
    facts = {fact.key: fact for fact in gathered}
    is_changed = False
    for section in queries.written_sections():
        if section.key in typed:
            text = merging.normal(typed[section.key])
            rules.check_references(facts, references(text), field=section.key)
            rules.check_claims(facts, text, lang, field=section.key)
            drafted = text == section.draft(sheet).strip()
            is_changed |= _keep_text(
                report, section.key, lang, None if drafted else text, by=by, now=now
            )
    drop_unsaved(workshop_id, lang, by=by)
    if is_changed:
        note_changed(report, "report.saved", {"lang": lang}, by=by, now=now)
    return report


def _report_as_opened(
    workshop: Workshop,
    sheet: FactSheet,
    typed: Mapping[str, str],
    opened: Mapping[str, str],
    version: int,
    *,
    by: Actor,
    now: datetime,
) -> Report:
    """The report, where nobody has changed what was typed here too; raises Stale."""
    try:
        return get_or_begin(workshop, by=by, now=now, version=version)
    except Stale:
        report = queries.find_report(workshop.id)
        theirs = queries.current_prose(report, sheet)
        if report is None or merging.clashes(typed, theirs, opened):
            raise
        return report


@transaction
def restore_text(
    workshop_id: int, version_id: int, *, version: int, by: Actor, now: datetime
) -> TextVersion:
    """Give a section back what it read at a version of its history; ``version`` is the report's."""
    rules.check_may_write(by=by)
    report = queries.get_report(workshop_id)
    former = db.get(TextVersion, version_id)
    if former.report_id != report.id:
        raise NotFound
    if report.version != version:
        raise Stale
    rules.check_state(report, ReportStatus.DRAFT, ReportStatus.IN_REVIEW)
    text = former.prose
    if text is not None:
        # What may be stated can have changed since.
        facts = {fact.key: fact for fact in queries.gather_facts(report.workshop)}
        rules.check_references(facts, references(text), field="")
        rules.check_claims(facts, text, former.lang, field="")
    if _keep_text(report, former.section_key, former.lang, text, by=by, now=now):
        detail = {"lang": former.lang, "restored": former.id}
        note_changed(report, "report.saved", detail, by=by, now=now)
    return former


def get_or_begin(workshop: Workshop, *, by: Actor, now: datetime, version: int) -> Report:
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
        try:
            with db.session().begin_nested():
                db.session().add(report)
        except sa.exc.IntegrityError:  # a workshop has one report: somebody began it just now
            raise Stale from None
        audit.record("report.begun", f"report:{report.id}", by=by, now=now)
    elif report.version != version:
        raise Stale
    return report


def note_changed(
    report: Report, action: str, detail: Mapping[str, object], *, by: Actor, now: datetime
) -> None:
    """A new author begins the review anew: whoever wrote may not approve."""
    report.author_id = by.id
    report.status = ReportStatus.DRAFT
    report.changed_at = now
    audit.record(action, f"report:{report.id}", by=by, now=now, detail=detail)


def _keep_text(
    report: Report, key: str, lang: str, text: str | None, *, by: Actor, now: datetime
) -> bool:
    """Keep a section's text, also an empty one; without a text it drafts itself again.

    False where that is what it read before. Each change stays in the section's history.
    """
    row = next((row for row in report.texts if (row.section_key, row.lang) == (key, lang)), None)
    if (row.prose if row else None) == text:
        return False
    if text is None and row is not None:
        report.texts.remove(row)
    elif text is not None:
        if row is None:
            row = ReportText(section_key=key, lang=lang)
            report.texts.append(row)
        row.prose, row.edited_by, row.edited_at = text, by.id, now
    db.session().add(
        TextVersion(
            report_id=report.id,
            section_key=key,
            lang=lang,
            prose=text,
            edited_by=by.id,
            edited_at=now,
        )
    )
    return True
