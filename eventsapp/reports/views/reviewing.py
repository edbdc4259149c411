"""Somebody else reads the report, comments, and approves it or sends it back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.reports import forms, queries, service
from eventsapp.reports.types import ReportStatus
from eventsapp.reports.views.blueprint import (
    BASE,
    may_review,
    pages,
    text_language,
    workshop_seen,
)
from eventsapp.web.access import current_actor, roles
from eventsapp.web.registry import story_of


@pages.route(f"{BASE}/review", methods=["GET", "POST"])
@roles(Role.STAFF, Role.EDITOR)
def review(workshop_id: int) -> str | Answer:
    workshop = workshop_seen(workshop_id)
    report = queries.get_report(workshop_id)
    form = forms.ReviewForm(data={"version": str(report.version)})
    if form.accept(lambda: _decide(workshop_id, form)):
        return redirect(_after_review(workshop_id))
    return render_template(
        "reports/review.html",
        workshop=workshop,
        report=report,
        story=story_of(workshop, "reports"),
        form=form,
        text_language=text_language(workshop),
        comments=queries.comments_of(report),
        incomplete=queries.incomplete_languages(workshop, report),
        may_review=may_review(report),
    )


def _decide(workshop_id: int, form: forms.ReviewForm) -> bool:
    by, now = current_actor(), clock.now()
    act = request.form.get("act", "")
    if act == "approve":
        service.approve_report(workshop_id, version=form.seen(), by=by, now=now)
        flash(_("Approved. Its facts are frozen; it can be issued and published now."))
    elif act == "reject":
        service.reject_report(workshop_id, form.words(), by=by, now=now)
        flash(_("Sent back to its author."))
    else:
        service.comment(workshop_id, form.words(), by=by, now=now)
        flash(_("Your comment was kept."))
    return True


def _after_review(workshop_id: int) -> str:
    """After approving, the next step of the story; else the review once more."""
    if queries.get_report(workshop_id).status == ReportStatus.APPROVED:
        return url_for("news.manage", workshop_id=workshop_id)
    return url_for("reports.review", workshop_id=workshop_id)
