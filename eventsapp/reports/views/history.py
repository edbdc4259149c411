"""What happened to a report: who, when, what changed, and the way back to an earlier text."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.errors import Refused
from eventsapp.reports import forms, queries, service
from eventsapp.reports.history import history_of
from eventsapp.reports.views.blueprint import (
    BASE,
    may_write,
    pages,
    readers,
    workshop_seen,
    writers,
)
from eventsapp.web.access import current_actor
from eventsapp.web.errors import translate
from eventsapp.web.registry import story_of

ACTIONS = {
    "report.begun": _l("Began the report"),
    "report.submitted": _l("Sent it for review"),
    "report.commented": _l("Commented"),
    "report.comment_resolved": _l("Resolved a comment"),
    "report.comment_reopened": _l("Opened a comment again"),
    "report.reviewer_asked": _l("Asked somebody to review it"),
    "report.rejected": _l("Sent it back"),
    "report.approved": _l("Approved it and froze its facts"),
    "report.reopened": _l("Began the next edition"),
    "report.arranged": _l("Arranged its sections"),
    "edition.issued": _l("Issued an edition"),
    "edition.rendered": _l("A PDF was made"),
    "edition.failed": _l("A PDF could not be made"),
}


@pages.get(f"{BASE}/history")
@readers
def history(workshop_id: int) -> str:
    workshop = workshop_seen(workshop_id)
    report = queries.get_report(workshop_id)
    return render_template(
        "reports/history.html",
        workshop=workshop,
        report=report,
        story=story_of(workshop, "reports"),
        entries=history_of(report),
        actions=ACTIONS,
        labels={key: section.label for key, section in queries.all_sections().items()},
        may_write=may_write(report),
    )


@pages.post(f"{BASE}/history/<int:version_id>/restore")
@writers
def restore(workshop_id: int, version_id: int) -> Answer:
    """Give a section back what it once read; nothing of what came after is lost."""
    workshop_seen(workshop_id)
    form = forms.VersionForm()
    try:
        if form.validate_on_submit():
            version = service.restore_text(
                workshop_id, version_id, version=form.seen(), by=current_actor(), now=clock.now()
            )
            flash(_("Restored. The text it replaced stays in the history."))
            return redirect(url_for("reports.edit", workshop_id=workshop_id, text=version.lang))
    except Refused as refused:
        flash(translate(refused), "error")
    return redirect(url_for("reports.history", workshop_id=workshop_id))
