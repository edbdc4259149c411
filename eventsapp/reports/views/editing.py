"""Writing a report: the text beside what it becomes."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.errors import Refused, Stale
from eventsapp.documents.render import article_html
from eventsapp.photos.links import media_url
from eventsapp.reports import forms, queries, rules, service
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Report
from eventsapp.reports.types import ReportStatus
from eventsapp.reports.views.blueprint import (
    BASE,
    may_review,
    may_write,
    pages,
    readers,
    text_language,
    workshop_seen,
    writers,
)
from eventsapp.web.access import current_actor
from eventsapp.web.registry import story_of
from eventsapp.workshops.models import Workshop

FROZEN = frozenset({ReportStatus.APPROVED, ReportStatus.ISSUED})


@pages.route(BASE, methods=["GET", "POST"])
@readers
def edit(workshop_id: int) -> str | Answer:
    workshop = workshop_seen(workshop_id)
    report = queries.find_report(workshop_id)
    lang = text_language(workshop)
    sheet, prose = _shown(workshop, report, lang)
    form = forms.prose_form(
        queries.written_sections(), lang, prose, report.version if report else 0
    )
    if request.method == "POST":
        rules.check_may_write(by=current_actor())
        if _save(workshop_id, lang, form):
            return redirect(url_for("reports.edit", workshop_id=workshop_id, text=lang))
    return render_template(
        "reports/edit.html",
        workshop=workshop,
        report=report,
        story=story_of(workshop, "reports"),
        form=form,
        text_language=lang,
        editions=queries.list_editions(report),
        issue_form=forms.issue_form(report.languages if report else []),
        may_write=may_write(report),
        may_review=may_review(report),
        **_beside(form, sheet, prose),
    )


@pages.route(f"{BASE}/preview", methods=["GET", "POST"])
@readers
def preview(workshop_id: int) -> str:
    """The blocks of the report as its PDF shows them; of a text sent along, before it is saved."""
    workshop = workshop_seen(workshop_id)
    lang = text_language(workshop)
    sheet, prose = _shown(workshop, queries.find_report(workshop_id), lang)
    if request.method == "POST":
        prose = {key: request.form.get(key, text) for key, text in prose.items()}
    body = article_html(
        queries.compose(sheet, prose),
        lang=lang,
        media_url=media_url,
        show_facts=True,
        evidence_url=url_for("reports.evidence", workshop_id=workshop_id),
    )
    return render_template("reports/preview.html", body=body)


@pages.post(f"{BASE}/reopen")
@writers
def reopen(workshop_id: int) -> Answer:
    service.reopen_report(workshop_id, by=current_actor(), now=clock.now())
    flash(_("You can write the next edition now. What was issued stays as it is."))
    return redirect(url_for("reports.edit", workshop_id=workshop_id))


def _shown(
    workshop: Workshop, report: Report | None, lang: str
) -> tuple[FactSheet, dict[str, str]]:
    """Facts and prose as they are now, or as they were frozen once the report is approved."""
    if report is not None and report.status in FROZEN:
        snapshot = report.snapshots[-1]
        if lang in snapshot.content["languages"]:
            return queries.frozen_sheet(snapshot, lang), dict(snapshot.content["prose"][lang])
    sheet = queries.live_sheet(workshop, lang)
    return sheet, queries.current_prose(report, sheet)


def _beside(form: Any, sheet: FactSheet, stored: Mapping[str, str]) -> dict[str, Any]:
    """What stands beside each text: figures typed by hand, and what somebody else saved."""
    typed = {section.key: form[section.key].data or "" for section in queries.written_sections()}
    return {
        "sections": queries.written_sections(),
        "theirs": stored if form.is_stale else {},
        "numbers": {key: rules.typed_numbers(text) for key, text in typed.items()},
        "untranslated": queries.untranslated(sheet, stored),
        "facts": [key for key, fact in sheet.facts.items() if fact.kind != "rows"],
        "sheet": sheet,
    }


def _save(workshop_id: int, lang: str, form: Any) -> bool:
    """Save what was typed and, if so asked, send it for review; False when that was refused."""
    if not form.validate_on_submit():
        return False
    prose = forms.prose_of(form, queries.written_sections())
    by, now = current_actor(), clock.now()
    try:
        report = service.save_prose(workshop_id, lang, prose, version=form.seen(), by=by, now=now)
        if request.form.get("submit"):
            service.submit_report(workshop_id, version=report.version, by=by, now=now)
    except Stale as stale:
        form.show_refusal(stale)
        # The next save is a decision: what stands now was seen beside the own text.
        form.version.data = str(queries.get_report(workshop_id).version)
        form.is_stale = True
        return False
    except Refused as refused:
        form.show_refusal(refused)
        saved = queries.find_report(workshop_id)
        form.version.data = str(saved.version if saved else 0)
        return False
    sent = _("Sent. The editors are told that a review waits.")
    flash(sent if request.form.get("submit") else _("Saved."))
    return True
