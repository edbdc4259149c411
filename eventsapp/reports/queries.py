"""Reads of reports: what the data says now, and what a snapshot froze."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.accounts.models import User
from eventsapp.accounts.queries import list_users
from eventsapp.accounts.types import State, UserFilter
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.discover import find_plugins
from eventsapp.core.errors import NotFound
from eventsapp.documents.blocks import Block
from eventsapp.reports import fact_sources, languages, sections
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.language import Language
from eventsapp.reports.models import (
    Edition,
    Report,
    ReportTemplate,
    ReportText,
    ReviewComment,
    Snapshot,
    TextVersion,
    UnsavedText,
)
from eventsapp.reports.outline import arranged
from eventsapp.reports.rules import authors_of
from eventsapp.reports.section import Section
from eventsapp.reports.types import EditionKind, EditionStatus, Fact, Outline
from eventsapp.workshops.models import Workshop


@cache
def all_sections() -> Mapping[str, Section]:
    """Every section by key, in the order of a report."""
    found = find_plugins(sections, Section)
    return dict(sorted(found.items(), key=lambda item: item[1].order))


@cache
def all_sources() -> tuple[FactSource, ...]:
    found = find_plugins(fact_sources, FactSource)
    return tuple(sorted(found.values(), key=lambda source: source.order))


@cache
def all_languages() -> Mapping[str, Language]:
    return find_plugins(languages, Language)


def written_sections() -> list[Section]:
    """The sections that have prose to edit."""
    return [section for section in all_sections().values() if section.has_prose]


def sections_to_write(sheet: FactSheet) -> list[Section]:
    """Those of them that this report shows, in its own order."""
    sections = all_sections()
    return [
        sections[place.key]
        for place in sheet.outline
        if place.is_shown and sections[place.key].has_prose
    ]


def usual_outline() -> Outline:
    return arranged(None, all_sections().values())


def find_template(project_id: int) -> ReportTemplate | None:
    return db.session().get(ReportTemplate, project_id)


def template_outline(project_id: int) -> Outline:
    """The sections of a project's reports."""
    template = find_template(project_id)
    return arranged(template.outline if template else None, all_sections().values())


def outline_of(workshop: Workshop) -> Outline:
    """The sections of the workshop's report: its own, or its project's."""
    own = db.session().scalar(sa.select(Report.outline).where(Report.workshop_id == workshop.id))
    if own is None:
        return template_outline(workshop.project_id)
    return arranged(own, all_sections().values())


def gather_facts(workshop: Workshop) -> list[Fact]:
    """Everything that may be stated of a workshop, as its rows say it now."""
    return [fact for source in all_sources() for fact in source.gather(workshop)]


def source_of(key: str) -> FactSource:
    """The source that a fact of this key would come from; raises NotFound."""
    found = next((source for source in all_sources() if source.owns(key)), None)
    if found is None:
        raise NotFound
    return found


def sheet_of(
    facts: Iterable[Fact],
    lang: str,
    kind: EditionKind = EditionKind.PUBLIC,
    outline: Outline | None = None,
) -> FactSheet:
    """Without an outline the sheet is for all sections, as they usually stand."""
    return FactSheet(facts, all_languages()[lang], kind, outline or usual_outline())


def live_sheet(workshop: Workshop, lang: str, kind: EditionKind = EditionKind.PUBLIC) -> FactSheet:
    return sheet_of(gather_facts(workshop), lang, kind, outline_of(workshop))


def current_prose(report: Report | None, sheet: FactSheet) -> dict[str, str]:
    """Prose of each section in the sheet's language: as saved, or as it drafts itself."""
    lang = sheet.language.key
    saved = (
        {row.section_key: row.prose for row in report.texts if row.lang == lang} if report else {}
    )
    return {
        section.key: saved[section.key] if section.key in saved else section.draft(sheet)
        for section in sections_to_write(sheet)
    }


def compose(sheet: FactSheet, prose: Mapping[str, str]) -> tuple[Block, ...]:
    """The whole report as blocks."""
    return tuple(
        block
        for place in sheet.outline
        if place.is_shown
        for block in all_sections()[place.key].compose(sheet, prose.get(place.key, ""))
    )


def untranslated(sheet: FactSheet, prose: Mapping[str, str]) -> list[str]:
    """Labels of the texts that the report would need and that its language does not have."""
    compose(sheet, prose)
    return sorted(sheet.untranslated)


def incomplete_languages(workshop: Workshop, report: Report) -> dict[str, list[str]]:
    """Languages of the workshop that the report cannot be issued in, with what they lack."""
    facts, outline = gather_facts(workshop), outline_of(workshop)
    found = {}
    for lang in workshop.languages:
        sheet = sheet_of(facts, lang, outline=outline)
        if missing := untranslated(sheet, current_prose(report, sheet)):
            found[lang] = missing
    return found


def comments_of(report: Report) -> list[tuple[ReviewComment, str]]:
    """The comments of a review with the names of those who wrote them."""
    rows = db.session().execute(
        sa.select(ReviewComment, User.name)
        .outerjoin(User, User.id == ReviewComment.author_id)
        .where(ReviewComment.report_id == report.id)
        .order_by(ReviewComment.id)
    )
    return [(comment, name or "") for comment, name in rows]


def find_unsaved(workshop_id: int, lang: str, *, by: Actor) -> UnsavedText | None:
    """What this person typed into the report's text of this language and has not saved."""
    return db.session().scalar(
        sa.select(UnsavedText).filter_by(workshop_id=workshop_id, user_id=by.id, lang=lang)
    )


def writers_of(report: Report, lang: str) -> dict[str, str]:
    """Who wrote each section's text last, in this language; by section."""
    rows = db.session().execute(
        sa.select(ReportText.section_key, User.name)
        .join(User, User.id == ReportText.edited_by)
        .where(ReportText.report_id == report.id, ReportText.lang == lang)
    )
    return {row.section_key: row.name for row in rows}


def versions_of(report: Report) -> Sequence[TextVersion]:
    """Every text that was ever saved into the report, newest first."""
    return (
        db.session()
        .scalars(
            sa.select(TextVersion)
            .where(TextVersion.report_id == report.id)
            .order_by(TextVersion.id.desc())
        )
        .all()
    )


def open_comments(report: Report | None) -> dict[str, list[tuple[ReviewComment, str]]]:
    """What is still to be answered, by section; the whole report's under an empty key."""
    found: dict[str, list[tuple[ReviewComment, str]]] = {}
    for comment, name in comments_of(report) if report else ():
        if comment.resolved_at is None:
            found.setdefault(comment.section_key, []).append((comment, name))
    return found


def possible_reviewers(report: Report) -> list[User]:
    """Editors who did not write any of it, also those who have not chosen a password yet."""
    authors = authors_of(report)
    return [user for user in list_editors() if user.id not in authors]


def list_editors() -> list[User]:
    """Everybody who may approve."""
    return [
        user
        for state in (State.ACTIVE, State.INVITED)
        for user in list_users(UserFilter(role=Role.EDITOR, state=state))
    ]


def name_of(user_id: int | None) -> str:
    user = db.session().get(User, user_id) if user_id is not None else None
    return user.name if user else ""


def find_report(workshop_id: int) -> Report | None:
    return db.session().scalar(
        sa.select(Report)
        .where(Report.workshop_id == workshop_id)
        .options(selectinload(Report.texts), selectinload(Report.snapshots))
    )


def get_report(workshop_id: int) -> Report:
    report = find_report(workshop_id)
    if report is None:
        raise NotFound
    return report


def frozen_sheet(
    snapshot: Snapshot, lang: str, kind: EditionKind = EditionKind.PUBLIC
) -> FactSheet:
    """The facts as they were approved, for a reader of this language and edition."""
    facts = [Fact.from_json(row) for row in snapshot.content["facts"]]
    outline = arranged(snapshot.content.get("outline"), all_sections().values())
    return FactSheet(facts, all_languages()[lang], kind, outline)


def frozen_prose(snapshot: Snapshot, section_key: str, lang: str) -> str:
    prose: Mapping[str, Any] = snapshot.content["prose"].get(lang, {})
    return str(prose.get(section_key, ""))


def list_editions(report: Report | None) -> Sequence[Edition]:
    """Newest first."""
    if report is None:
        return []
    return (
        db.session()
        .scalars(
            sa.select(Edition)
            .where(Edition.report_id == report.id)
            .order_by(Edition.number.desc(), Edition.kind, Edition.id)
        )
        .all()
    )


def editions_of(report: Report, number: int) -> Sequence[Edition]:
    """The files of one numbered issue; raises NotFound."""
    found = [edition for edition in list_editions(report) if edition.number == number]
    if not found:
        raise NotFound
    return found


def numbers_of(report: Report) -> list[int]:
    """The numbers of the issues there are, newest first."""
    return sorted({edition.number for edition in list_editions(report)}, reverse=True)


def get_edition(edition_id: int) -> Edition:
    return db.get(Edition, edition_id)


def find_ready_of(
    snapshot_id: int, lang: str, kind: EditionKind = EditionKind.PUBLIC
) -> Edition | None:
    """This snapshot's edition of this kind and language, once it has its file."""
    return db.session().scalar(
        sa.select(Edition).where(
            Edition.snapshot_id == snapshot_id,
            Edition.lang == lang,
            Edition.kind == kind,
            Edition.status == EditionStatus.READY,
        )
    )
