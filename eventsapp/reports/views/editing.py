"""Writing a report: the text beside what it becomes, kept while it is typed."""

from collections.abc import Mapping
from datetime import timedelta

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.errors import Refused, Stale
from eventsapp.core.unsaved import DAYS
from eventsapp.reports import forms, merging, queries, rules, service
from eventsapp.reports.changes import compare_texts
from eventsapp.reports.comparison import stale_facts
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Report
from eventsapp.reports.types import FROZEN, Fact
from eventsapp.reports.views.blueprint import (
    BASE,
    may_review,
    may_write,
    pages,
    readers,
    shown,
    text_language,
    workshop_seen,
    writers,
)
from eventsapp.reports.views.notes import notes_of
from eventsapp.web.access import current_actor
from eventsapp.web.errors import translate
from eventsapp.web.filters import clock_time
from eventsapp.web.locale import current_language
from eventsapp.web.registry import story_of
from eventsapp.workshops.models import Workshop


@pages.route(BASE, methods=["GET", "POST"])
@readers
def edit(workshop_id: int) -> str | Answer:
    workshop = workshop_seen(workshop_id)
    report = queries.find_report(workshop_id)
    lang = text_language(workshop)
    sheet, prose = shown(workshop, report, lang)
    form = _form(workshop, report, sheet, prose)
    if request.method == "POST":
        rules.check_may_write(by=current_actor())
        try:
            if _save(workshop_id, lang, form):
                return redirect(url_for("reports.edit", workshop_id=workshop_id, text=lang))
        except Stale:
            return _conflict(workshop, lang, form)
    return _editor(workshop, report, form, sheet, prose)


@pages.post(f"{BASE}/autosave")
@writers
def autosave(workshop_id: int) -> tuple[Answer, int]:
    """Keep what is typed, for whoever types it; says what is to be noted beside the text."""
    workshop = workshop_seen(workshop_id)
    report = queries.find_report(workshop_id)
    lang = text_language(workshop)
    sheet, prose = shown(workshop, report, lang)
    form = forms.prose_form(queries.sections_to_write(sheet), lang, prose, 0)
    if not form.validate_on_submit():
        return jsonify(errors=form.errors), 422
    by, now = current_actor(), clock.now()
    try:
        revision = service.keep_unsaved(
            workshop_id,
            lang,
            form.prose(),
            opened=form.opened(),
            version=form.seen(),
            revision=forms.number_of(form.revision),
            by=by,
            now=now,
        )
    except rules.WrittenElsewhere as refused:
        return jsonify(refusal=translate(refused)), refused.status
    answer = {
        "revision": revision,
        "saved": _("Kept at %(time)s. Not saved yet.", time=clock_time(now, workshop.timezone)),
        "notes": notes_of(form.prose(), sheet.facts, lang),
    }
    return jsonify(answer), 200


@pages.post(f"{BASE}/discard")
@writers
def discard(workshop_id: int) -> Answer:
    workshop = workshop_seen(workshop_id)
    lang = text_language(workshop)
    service.discard_unsaved(workshop_id, lang, by=current_actor())
    flash(_("Dropped. This is the text as it was saved last."))
    return redirect(url_for("reports.edit", workshop_id=workshop_id, text=lang))


@pages.post(f"{BASE}/reopen")
@writers
def reopen(workshop_id: int) -> Answer:
    service.reopen_report(workshop_id, by=current_actor(), now=clock.now())
    flash(_("You can write the next edition now. What was issued stays as it is."))
    return redirect(url_for("reports.edit", workshop_id=workshop_id))


def _form(
    workshop: Workshop, report: Report | None, sheet: FactSheet, prose: Mapping[str, str]
) -> forms.ProseForm:
    lang = sheet.language.key
    unsaved = queries.find_unsaved(workshop.id, lang, by=current_actor())
    return forms.prose_form(
        queries.sections_to_write(sheet),
        lang,
        prose,
        report.version if report else 0,
        unsaved if may_write(report) else None,
    )


def _editor(
    workshop: Workshop,
    report: Report | None,
    form: forms.ProseForm,
    sheet: FactSheet,
    prose: Mapping[str, str],
) -> str:
    unsaved = queries.find_unsaved(workshop.id, form.lang, by=current_actor())
    return render_template(
        "reports/edit.html",
        workshop=workshop,
        report=report,
        story=story_of(workshop, "reports"),
        form=form,
        text_language=form.lang,
        editions=queries.list_editions(report),
        issue_form=forms.issue_form(report.languages if report else []),
        may_write=may_write(report),
        may_review=may_review(report),
        writer_id=current_actor().id,
        comments=queries.open_comments(report),
        stale=_count_stale(workshop, report),
        unsaved=unsaved if may_write(report) and not form.is_submitted() else None,
        dropped_on=unsaved.saved_at + timedelta(days=DAYS) if unsaved else None,
        sections=queries.sections_to_write(sheet),
        notes=notes_of(form.prose(), sheet.facts, form.lang),
        untranslated=queries.untranslated(sheet, prose),
        facts=_to_refer_to(sheet),
        sheet=sheet,
    )


def _count_stale(workshop: Workshop, report: Report | None) -> int:
    """How many facts of what was frozen last read otherwise now."""
    if report is None or report.status not in FROZEN:
        return 0
    return len(stale_facts(report.snapshots[-1], workshop, current_language()))


def _to_refer_to(sheet: FactSheet) -> list[Fact]:
    """What prose may refer to: not the rows of tables, and nothing that is withheld."""
    return [fact for fact in sheet.facts.values() if fact.kind != "rows" and not fact.withheld]


def _save(workshop_id: int, lang: str, form: forms.ProseForm) -> bool:
    """Save what was typed and, if so asked, send it for review; False when that was refused."""
    if not form.validate_on_submit():
        return False
    by, now = current_actor(), clock.now()
    typed, opened = form.prose(), form.opened()
    report = None
    try:
        report = service.save_prose(
            workshop_id, lang, typed, version=form.seen(), opened=opened, by=by, now=now
        )
        if request.form.get("submit"):
            service.submit_report(workshop_id, version=report.version, by=by, now=now)
    except Stale:
        raise
    except Refused as refused:
        form.show_refusal(refused)
        if report is not None:
            # It is saved, and only not sent: the next save goes on from here.
            sheet = queries.live_sheet(report.workshop, lang)
            form.reopen(queries.current_prose(report, sheet), report.version)
        return False
    _resolve(workshop_id)
    sent = _("Sent. The editors are told that a review waits.")
    flash(sent if request.form.get("submit") else _("Saved."))
    return True


def _resolve(workshop_id: int) -> None:
    """The comment whose button was pressed is answered by what was saved with it."""
    answered = request.form.get("resolve", "")
    if answered.isascii() and answered.isdigit():
        service.resolve_comment(
            workshop_id, int(answered), is_resolved=True, by=current_actor(), now=clock.now()
        )


def _conflict(workshop: Workshop, lang: str, form: forms.ProseForm) -> str:
    """Both texts of what two people changed, and a field for the one that is to be kept."""
    report = queries.get_report(workshop.id)
    sheet, theirs = shown(workshop, report, lang)
    opened = form.opened()
    mine = merging.changed(form.prose(), opened)
    clashing = merging.clashes(mine, theirs, opened)
    form.reopen(theirs, report.version)
    return render_template(
        "reports/conflict.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        form=form,
        text_language=lang,
        sections=[one for one in queries.sections_to_write(sheet) if one.key in clashing],
        others=[key for key in mine if key not in clashing],
        pieces={key: compare_texts(theirs[key], mine[key]) for key in clashing},
        writers=queries.writers_of(report, lang),
    )
