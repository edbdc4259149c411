"""Arranging: the sections of a report, and of all reports of a project."""

from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.projects.models import Project
from eventsapp.reports import queries, rules
from eventsapp.reports.models import Report, ReportTemplate
from eventsapp.reports.service.writing import get_or_begin, note_changed
from eventsapp.reports.types import Outline, ReportStatus
from eventsapp.workshops.models import Workshop


@transaction
def arrange_report(
    workshop_id: int, outline: Outline | None, *, version: int, by: Actor, now: datetime
) -> Report:
    """Give a report sections of its own; without an outline it follows its project's again."""
    rules.check_may_write(by=by)
    report = get_or_begin(db.get(Workshop, workshop_id), by=by, now=now, version=version)
    rules.check_state(report, ReportStatus.DRAFT, ReportStatus.IN_REVIEW)
    if outline is not None:
        rules.check_outline(outline, queries.all_sections())
    report.outline = None if outline is None else [place.to_json() for place in outline]
    note_changed(report, "report.arranged", {}, by=by, now=now)
    return report


@transaction
def arrange_template(
    project_id: int, outline: Outline | None, *, version: int, by: Actor, now: datetime
) -> None:
    """Arrange the sections of a project's reports; those with an outline of their own keep it.

    ``version`` is the template's as it was opened (0: the project had none).
    """
    rules.check_may_write(by=by)
    project = db.get(Project, project_id)
    if outline is not None:
        rules.check_outline(outline, queries.all_sections())
    template = queries.find_template(project.id)
    if (template.version if template else 0) != version:
        raise Stale
    if template is None:
        template = ReportTemplate(project_id=project.id)
    template.outline = [] if outline is None else [place.to_json() for place in outline]
    template.changed_at = now
    try:
        with db.session().begin_nested():
            db.session().add(template)
    except sa.exc.IntegrityError:  # a project has one: somebody made it just now
        raise Stale from None
    audit.record("report.template_arranged", f"project:{project.id}", by=by, now=now)
