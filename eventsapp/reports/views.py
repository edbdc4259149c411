"""Pages on which a report is written, reviewed, issued and followed back to its rows."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden, NotFound, Refused, Stale
from eventsapp.documents.render import article_html
from eventsapp.edge import storage
from eventsapp.reports import forms, queries, rules, service
from eventsapp.reports.models import Report
from eventsapp.reports.types import EditionKind, EditionStatus, ReportStatus
from eventsapp.web.access import any_role, current_actor, roles
from eventsapp.web.locale import current_language
from eventsapp.web.registry import story_of
from eventsapp.workshops import queries as workshops
from eventsapp.workshops.models import Workshop

pages = Blueprint("reports", __name__)
BLUEPRINTS = [pages]

BASE = "/manage/workshops/<int:workshop_id>/report"
writers = roles(Role.STAFF, Role.EDITOR)


@pages.route(BASE, methods=["GET", "POST"])
@any_role
def edit(workshop_id: int) -> str | Answer:
    workshop = workshops.get_workshop(workshop_id)
    report = queries.find_report(workshop_id)
    lang = _report_language(workshop)
    sheet = queries.live_sheet(workshop, lang)
    sections = queries.written_sections()
    prose = queries.current_prose(report, sheet)
    form = forms.prose_form(sections, lang, prose, report.version if report else 0)
    if request.method == "POST":
        rules.check_may_write(by=current_actor())
        if _save(workshop_id, lang, form):
            flash(_("Saved."))
            return redirect(url_for("reports.edit", workshop_id=workshop_id, text=lang))
    return render_template(
        "reports/edit.html",
        workshop=workshop,
        report=report,
        story=story_of(workshop, "reports"),
        form=form,
        sections=sections,
        theirs=prose if form.refusal else {},
        text_language=lang,
        sheet=sheet,
        editions=queries.list_editions(report),
        may_write=_may_write(report),
        may_review=_may_review(report),
    )


@pages.post(f"{BASE}/submit")
@writers
def submit(workshop_id: int) -> Answer:
    form = forms.VersionForm()
    if form.validate_on_submit():
        service.submit_report(workshop_id, version=form.seen(), by=current_actor(), now=clock.now())
        flash(_("Sent. The editors are told that a review waits."))
    return redirect(url_for("reports.edit", workshop_id=workshop_id))


@pages.get(f"{BASE}/preview")
@any_role
def preview(workshop_id: int) -> Response:
    """The blocks of the report, as its PDF and its article show them."""
    workshop = workshops.get_workshop(workshop_id)
    lang = _report_language(workshop)
    sheet = queries.live_sheet(workshop, lang)
    prose = queries.current_prose(queries.find_report(workshop_id), sheet)
    body = article_html(
        queries.compose(sheet, prose),
        lang=lang,
        media_url=_media_url,
        show_facts=True,
        evidence_url=url_for("reports.evidence", workshop_id=workshop_id),
    )
    return Response(render_template("reports/preview.html", body=body, text_language=lang))


@pages.route(f"{BASE}/review", methods=["GET", "POST"])
@roles(Role.EDITOR)
def review(workshop_id: int) -> str | Answer:
    workshop = workshops.get_workshop(workshop_id)
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
        text_language=_report_language(workshop),
        may_review=_may_review(report),
    )


@pages.post(f"{BASE}/reopen")
@writers
def reopen(workshop_id: int) -> Answer:
    service.reopen_report(workshop_id, by=current_actor(), now=clock.now())
    flash(_("You can write the next edition now. What was issued stays as it is."))
    return redirect(url_for("reports.edit", workshop_id=workshop_id))


@pages.post(f"{BASE}/issue")
@writers
def issue(workshop_id: int) -> Answer:
    report = queries.get_report(workshop_id)
    wanted = request.form.getlist("kind") or [EditionKind.PUBLIC]
    if not set(wanted) <= set(EditionKind):
        raise NotFound
    service.issue_report(
        report.id,
        kinds=[EditionKind(kind) for kind in wanted],
        languages=report.languages,
        by=current_actor(),
        now=clock.now(),
    )
    flash(_("The PDFs are being made. You can leave this page."))
    return redirect(url_for("reports.edit", workshop_id=workshop_id))


@pages.get(f"{BASE}/editions/<int:edition_id>.pdf")
@any_role
def download(workshop_id: int, edition_id: int) -> Answer:
    edition = queries.get_edition(edition_id)
    if edition.report.workshop_id != workshop_id or edition.status != EditionStatus.READY:
        raise NotFound
    if edition.kind == EditionKind.DONOR and not current_actor().has(Role.STAFF, Role.EDITOR):
        raise Forbidden
    name = f"{edition.report.workshop.ref}-{edition.number}-{edition.kind}-{edition.lang}.pdf"
    path = storage.path(edition.file_key or "")
    return send_file(
        path, mimetype="application/pdf", download_name=name, etag=edition.sha256 or ""
    )


@pages.get(f"{BASE}/evidence")
@any_role
def evidence(workshop_id: int) -> str:
    """Every fact with its value, and the way to the rows behind it."""
    workshop = workshops.get_workshop(workshop_id)
    lang = current_language()
    sheet = queries.live_sheet(workshop, lang)
    return render_template(
        "reports/evidence.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        facts=[(key, sheet.label(key), sheet.write(key)) for key in sheet.facts],
    )


@pages.get(f"{BASE}/evidence/<key>")
@any_role
def trace(workshop_id: int, key: str) -> str:
    workshop = workshops.get_workshop(workshop_id)
    lang = current_language()
    sheet = queries.live_sheet(workshop, lang)
    if sheet.find(key) is None:
        raise NotFound
    return render_template(
        "reports/trace.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        key=key,
        label=sheet.label(key),
        value=sheet.write(key),
        evidence=queries.trace_fact(workshop, key, lang),
    )


def _report_language(workshop: Workshop) -> str:
    """The language of the text being worked on, which need not be the reader's own."""
    wanted = request.args.get("text", "")
    if wanted in workshop.languages:
        return wanted
    own = current_language()
    return own if own in workshop.languages else workshop.languages[0]


def _save(workshop_id: int, lang: str, form: Any) -> bool:
    """Save what was typed; when somebody else saved first both texts are shown."""
    if not form.validate_on_submit():
        return False
    prose = forms.prose_of(form, queries.written_sections())
    try:
        report = service.save_prose(
            workshop_id, lang, prose, version=form.seen(), by=current_actor(), now=clock.now()
        )
    except Stale as stale:
        form.show_refusal(stale)
        # The next save is a decision: what stands now was seen beside the own text.
        form.version.data = str(queries.get_report(workshop_id).version)
        return False
    except Refused as refused:
        form.show_refusal(refused)
        return False
    if request.form.get("submit"):
        service.submit_report(
            workshop_id, version=report.version, by=current_actor(), now=clock.now()
        )
    return True


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


def _may_write(report: Report | None) -> bool:
    open_ = report is None or report.status in {ReportStatus.DRAFT, ReportStatus.IN_REVIEW}
    return open_ and current_actor().has(Role.STAFF, Role.EDITOR)


def _may_review(report: Report | None) -> bool:
    if report is None or report.status != ReportStatus.IN_REVIEW:
        return False
    actor = current_actor()
    return actor.has(Role.EDITOR) and report.author_id != actor.id


def _media_url(key: str) -> str:
    """Only our own static files can be named by a block so far."""
    return url_for("static", filename=key.removeprefix("static/"))
