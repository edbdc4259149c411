"""The report step of the story."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventsapp.core import clock
from eventsapp.core.actor import Actor, Role
from eventsapp.projects.models import Project
from eventsapp.reports import queries, visibility
from eventsapp.reports.models import Report
from eventsapp.reports.types import ReportStatus
from eventsapp.web.errors import translate
from eventsapp.web.locale import OWN_NAMES
from eventsapp.web.registry import Part, Registry, StoryStep
from eventsapp.workshops.models import Workshop

STATES = {
    ReportStatus.DRAFT: _l("being written"),
    ReportStatus.IN_REVIEW: _l("waiting for review"),
    ReportStatus.APPROVED: _l("approved"),
    ReportStatus.ISSUED: _l("issued"),
}


def offer(registry: Registry) -> None:
    registry.story["reports"] = report_step
    registry.project_parts.append(sections_part)
    registry.template_globals["report_state"] = lambda report: STATES[ReportStatus(report.status)]
    registry.template_globals["visibility_findings"] = visibility_findings


def visibility_findings(report: Report) -> list[tuple[str, str]]:
    """What keeps an approved report from going out, in words, with the name of its language."""
    found = visibility.report_findings(report, today=clock.now().date())
    return [
        (OWN_NAMES[lang], translate(visibility.NotVisible(finding.message, **finding.values)))
        for lang, finding in found
    ]


def sections_part(project: Project, actor: Actor) -> Part | None:
    """The sections of a project's reports, for those who write them."""
    if not actor.has(Role.STAFF, Role.EDITOR):
        return None
    template = queries.find_template(project.id)
    has_own = template is not None and bool(template.outline)
    return Part(
        label=_("Sections of the reports"),
        url=url_for("reports.template", slug=project.slug),
        state=_("of its own") if has_own else _("the usual ones"),
        order=70,
    )


def report_step(workshop: Workshop) -> StoryStep:
    report = queries.find_report(workshop.id)
    return StoryStep(
        key="reports",
        label=_("Report"),
        url=url_for("reports.edit", workshop_id=workshop.id),
        state=str(STATES[ReportStatus(report.status)])
        if report
        else _("drafts itself when opened"),
        is_done=report is not None
        and report.status in {ReportStatus.APPROVED, ReportStatus.ISSUED},
    )
