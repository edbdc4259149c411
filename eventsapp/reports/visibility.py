"""The linter of donor visibility: what must be right before anything goes out."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from eventsapp.core.discover import find_plugins
from eventsapp.core.errors import Refused
from eventsapp.documents.blocks import Block
from eventsapp.projects import queries as projects
from eventsapp.projects.models import Project
from eventsapp.projects.rules import covers
from eventsapp.reports import queries, visibility_rules
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Report, Snapshot
from eventsapp.reports.types import FROZEN, EditionKind
from eventsapp.reports.visibility_rule import Finding, Subject, VisibilityRule
from eventsapp.workshops.models import Workshop


class NotVisible(Refused):
    """Issuing or publishing would break a rule of visibility; the message is the finding's."""


@cache
def all_rules() -> Mapping[str, VisibilityRule]:
    return find_plugins(visibility_rules, VisibilityRule)


def findings(subject: Subject) -> list[Finding]:
    """Everything that is wrong, each once."""
    found = [finding for rule in all_rules().values() for finding in rule.check(subject)]
    return [finding for at, finding in enumerate(found) if finding not in found[:at]]


def subject_of(
    project: Project,
    sheet: FactSheet,
    blocks: tuple[Block, ...],
    *,
    workshop: Workshop | None,
    today: date,
) -> Subject:
    """The blocks with what the project, or the workshop's contracts, owe their donors today."""
    running = projects.running_derogations(project.id)
    funding = projects.funding_of(project, workshop.contracts if workshop else ())
    return Subject(
        blocks=blocks,
        lang=sheet.language.key,
        donors=funding.donors,
        derogations=tuple(running),
        statements=tuple(sheet.value("donors.statements") or ()),
        disclaimer=funding.disclaimer,
        today=today,
        outside=_contracts_of_another_time(workshop) if workshop else (),
    )


def _contracts_of_another_time(workshop: Workshop) -> tuple[str, ...]:
    zone = ZoneInfo(workshop.timezone)
    first, last = (
        moment.astimezone(zone).date() for moment in (workshop.starts_at, workshop.ends_at)
    )
    return tuple(
        row.number
        for row in workshop.contracts
        if row.project_id == workshop.project_id and not covers(row, first, last)
    )


def edition_findings(
    workshop: Workshop, snapshot: Snapshot, lang: str, kind: EditionKind, *, today: date
) -> list[Finding]:
    sheet = queries.frozen_sheet(snapshot, lang, kind)
    blocks = queries.compose(sheet, snapshot.content["prose"][lang])
    return findings(subject_of(workshop.project, sheet, blocks, workshop=workshop, today=today))


def report_findings(report: Report, *, today: date) -> list[tuple[str, Finding]]:
    """What keeps the approved report from going out, by language; the donor's edition decides,
    which shows all that the public one does."""
    if report.status not in FROZEN:
        return []
    snapshot = report.snapshots[-1]
    return [
        (lang, finding)
        for lang in snapshot.content["languages"]
        for finding in edition_findings(
            report.workshop, snapshot, lang, EditionKind.DONOR, today=today
        )
    ]


def check_edition(
    workshop: Workshop, snapshot: Snapshot, lang: str, kind: EditionKind, *, today: date
) -> None:
    """Raise NotVisible with the first thing that is wrong."""
    refuse(edition_findings(workshop, snapshot, lang, kind, today=today))


def check_blocks(
    project: Project,
    sheet: FactSheet,
    blocks: tuple[Block, ...],
    *,
    workshop: Workshop | None,
    today: date,
) -> None:
    """As check_edition, for an article's blocks."""
    refuse(findings(subject_of(project, sheet, blocks, workshop=workshop, today=today)))


def refuse(found: list[Finding]) -> None:
    for finding in found:
        raise NotVisible(finding.message, **finding.values)
