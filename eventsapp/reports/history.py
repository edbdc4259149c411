"""What happened to a report, newest first: acts from the audit chain, texts from their versions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventsapp.accounts.models import User
from eventsapp.core import db
from eventsapp.core.audit import AuditEvent
from eventsapp.reports import queries
from eventsapp.reports.changes import Piece, compare_texts
from eventsapp.reports.models import Edition, Report, TextVersion

# Each text that was saved stands in the history itself.
TOLD_BY_TEXTS = "report.saved"


@dataclass(frozen=True, slots=True)
class Entry:
    """An act, or with ``version`` a text that was saved, beside what it replaced."""

    at: datetime
    who: str
    action: str
    version: TextVersion | None = None
    pieces: tuple[Piece, ...] = ()


def history_of(report: Report) -> list[Entry]:
    names = {row.id: row.name for row in db.session().execute(sa.select(User.id, User.name))}
    entries = [*_acts(report, names), *_texts(report, names)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _acts(report: Report, names: dict[int, str]) -> Iterator[Entry]:
    editions = db.session().scalars(sa.select(Edition.id).where(Edition.report_id == report.id))
    subjects = [f"report:{report.id}", *(f"edition:{number}" for number in editions)]
    events = db.session().scalars(
        sa.select(AuditEvent)
        .where(AuditEvent.subject.in_(subjects), AuditEvent.action != TOLD_BY_TEXTS)
        .order_by(AuditEvent.seq.desc())
    )
    for event in events:
        _, _, number = event.actor.partition(":")
        yield Entry(event.at, names.get(int(number), "") if number else "", event.action)


def _texts(report: Report, names: dict[int, str]) -> Iterator[Entry]:
    versions = queries.versions_of(report)
    drafts = _drafts(report, versions)
    # What the next change of the same text began from; the oldest one began from its draft.
    older: dict[tuple[str, str], str] = {}
    for version in reversed(versions):
        place = version.section_key, version.lang
        draft = drafts.get(place, "")
        text = draft if version.prose is None else version.prose
        pieces = compare_texts(older.get(place, draft), text)
        older[place] = text
        who = names.get(version.edited_by or 0, "")
        yield Entry(version.edited_at, who, TOLD_BY_TEXTS, version, pieces)


def _drafts(report: Report, versions: Sequence[TextVersion]) -> dict[tuple[str, str], str]:
    """What each text that was ever changed would read of itself now."""
    facts = queries.gather_facts(report.workshop) if versions else []
    return {
        (section.key, lang): section.draft(queries.sheet_of(facts, lang))
        for lang in {version.lang for version in versions}
        for section in queries.written_sections()
    }
