"""Somebody else reads the report, comments, and approves it or sends it back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import Refused
from eventsapp.reports import forms, queries, service
from eventsapp.reports.models import Report
from eventsapp.reports.types import ReportStatus
from eventsapp.reports.views.blueprint import (
    BASE,
    may_review,
    pages,
    text_language,
    workshop_seen,
    writers,
)
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.registry import story_of


@pages.route(f"{BASE}/review", methods=["GET", "POST"])
@roles(Role.STAFF, Role.EDITOR)
def review(workshop_id: int) -> str | Answer:
    workshop = workshop_seen(workshop_id)
    report = queries.get_report(workshop_id)
    sections = queries.all_sections()
    form = forms.review_form(sections.values(), report.version)
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
        labels={key: section.label for key, section in sections.items()},
        incomplete=queries.incomplete_languages(workshop, report),
        may_review=may_review(report),
        ask_form=_ask_form(report),
        reviewer=queries.name_of(report.reviewer_id),
    )


@pages.post(f"{BASE}/comments/<int:comment_id>")
@writers
def resolve(workshop_id: int, comment_id: int) -> Answer:
    workshop_seen(workshop_id)
    service.resolve_comment(
        workshop_id,
        comment_id,
        is_resolved=bool(request.form.get("resolved")),
        by=current_actor(),
        now=clock.now(),
    )
    return redirect(f"{url_for('reports.review', workshop_id=workshop_id)}#comments")


@pages.post(f"{BASE}/reviewer")
@writers
def ask(workshop_id: int) -> Answer:
    """Ask an editor by name, also in the place of one who does not answer."""
    workshop_seen(workshop_id)
    form = forms.ask_form(queries.possible_reviewers(queries.get_report(workshop_id)))
    try:
        if form.validate_on_submit():
            service.ask_reviewer(
                workshop_id, form.wanted_reviewer(), by=current_actor(), now=clock.now()
            )
            flash(_("Asked. They are told by mail."))
    except Refused as refused:
        flash(translate(refused), "error")
    return redirect(url_for("reports.review", workshop_id=workshop_id))


def _ask_form(report: Report) -> forms.AskForm | None:
    if report.status != ReportStatus.IN_REVIEW:
        return None
    possible = queries.possible_reviewers(report)
    return forms.ask_form(possible) if possible else None


def _decide(workshop_id: int, form: forms.ReviewForm) -> bool:
    by, now = current_actor(), clock.now()
    act = request.form.get("act", "")
    if act == "approve":
        service.approve_report(workshop_id, version=form.seen(), by=by, now=now)
        flash(_("Approved. Its facts are frozen; it can be issued and published now."))
    elif act == "reject":
        service.reject_report(workshop_id, form.words(), section_key=form.about(), by=by, now=now)
        flash(_("Sent back to its author."))
    else:
        service.comment(workshop_id, form.words(), section_key=form.about(), by=by, now=now)
        flash(_("Your comment was kept."))
    return True


def _after_review(workshop_id: int) -> str:
    """After approving, the next step of the story; else the review once more."""
    if queries.get_report(workshop_id).status == ReportStatus.APPROVED:
        return url_for("news.manage", workshop_id=workshop_id)
    return url_for("reports.review", workshop_id=workshop_id)
