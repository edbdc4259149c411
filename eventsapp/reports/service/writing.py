"""Writing: a report begins with its first save, and keeps only what differs from its draft."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.documents.prose import references
from eventsapp.reports import queries, rules
from eventsapp.reports.models import Report, ReportText
from eventsapp.reports.types import ReportStatus
from eventsapp.workshops.models import Workshop


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
    report = get_or_begin(workshop, by=by, now=now, version=version)
    rules.check_state(report, ReportStatus.DRAFT, ReportStatus.IN_REVIEW)
    gathered = queries.gather_facts(workshop)
    sheet = queries.sheet_of(gathered, lang)
    facts = {fact.key: fact for fact in gathered}
    for section in queries.written_sections():
        if section.key in prose:
            text = prose[section.key].replace("\r\n", "\n").strip()
            rules.check_references(facts, references(text), field=section.key)
            rules.check_claims(facts, text, lang, field=section.key)
            drafted = text == section.draft(sheet).strip()
            _keep_text(report, section.key, lang, None if drafted else text, by=by, now=now)
    # A new author begins the review anew: whoever wrote may not approve.
    report.author_id = by.id
    report.status = ReportStatus.DRAFT
    report.changed_at = now
    audit.record("report.saved", f"report:{report.id}", by=by, now=now, detail={"lang": lang})
    return report


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
