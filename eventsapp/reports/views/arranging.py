"""Which sections reports have, in which order: of one report, and of all of a project."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.projects import queries as projects
from eventsapp.reports import forms, queries, rules, service
from eventsapp.reports.types import Outline
from eventsapp.reports.views.blueprint import BASE, may_write, pages, workshop_seen, writers
from eventsapp.web.access import current_actor
from eventsapp.web.registry import story_of

Save = Callable[[Outline | None], Any]


@pages.route(f"{BASE}/sections", methods=["GET", "POST"])
@writers
def sections(workshop_id: int) -> str | Answer:
    """The sections of one report."""
    workshop = workshop_seen(workshop_id)
    report = queries.find_report(workshop_id)
    form = forms.outline_form(
        queries.outline_of(workshop), queries.all_sections(), report.version if report else 0
    )

    def save(outline: Outline | None) -> Any:
        return service.arrange_report(
            workshop_id, outline, version=form.seen(), by=current_actor(), now=clock.now()
        )

    if not may_write(report):
        raise rules.WrongState
    if _arrange(form, save):
        flash(_("Saved."))
        return redirect(url_for("reports.edit", workshop_id=workshop_id))
    return render_template(
        "reports/sections.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        form=form,
        rows=_rows(form),
        has_own=report is not None and report.outline is not None,
    )


@pages.route("/manage/projects/<slug>/report-template", methods=["GET", "POST"])
@writers
def template(slug: str) -> str | Answer:
    """The sections of all reports of a project that have none of their own."""
    project = projects.get_by_slug(slug)
    found = queries.find_template(project.id)
    form = forms.outline_form(
        queries.template_outline(project.id),
        queries.all_sections(),
        found.version if found else 0,
    )

    def save(outline: Outline | None) -> Any:
        service.arrange_template(
            project.id, outline, version=form.seen(), by=current_actor(), now=clock.now()
        )
        return True

    if _arrange(form, save):
        flash(_("Saved. Reports with sections of their own keep them."))
        return redirect(url_for("reports.template", slug=slug))
    return render_template(
        "reports/template.html",
        project=project,
        form=form,
        rows=_rows(form),
        has_own=found is not None and bool(found.outline),
    )


def _arrange(form: forms.OutlineForm, save: Save) -> Any:
    """Save, go back to the usual sections, or only move a row: then the page is shown again."""
    if request.method == "POST":
        form.take_order(request.form.getlist("order"))
        direction, _sign, key = request.form.get("move", "").partition(":")
        if key:
            form.move(key, 1 if direction == "down" else -1)
            return None
    is_reset = request.form.get("act") == "reset"
    return form.accept(lambda: save(None if is_reset else form.outline()))


def _rows(form: forms.OutlineForm) -> list[Mapping[str, Any]]:
    sections = queries.all_sections()
    return [{"section": sections[key], **form.fields_of(key)} for key in form.order]
