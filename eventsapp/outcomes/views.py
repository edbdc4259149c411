"""Pages of outcomes and indicators."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.outcomes import forms, queries, rules, service
from eventsapp.outcomes.models import IndicatorSet, OutcomeSheet
from eventsapp.outcomes.types import Measure
from eventsapp.projects import queries as projects
from eventsapp.web.access import current_actor, roles
from eventsapp.web.registry import story_of
from eventsapp.workshops import queries as workshops

pages = Blueprint("outcomes", __name__)
BLUEPRINTS = [pages]


@pages.route("/manage/workshops/<int:workshop_id>/outcomes", methods=["GET", "POST"])
@roles(Role.ORGANISER, Role.STAFF, Role.EDITOR)
def edit(workshop_id: int) -> str | Answer:
    workshop = workshops.get_workshop(workshop_id)
    rules.check_may_assess(workshop, by=current_actor())
    sheet = queries.find_sheet(workshop_id)
    indicators = queries.list_indicators(workshop.project_id)
    form = forms.SheetForm(data=forms.sheet_data(workshop, sheet, indicators))
    if form.accept(lambda: _assess(workshop_id, form)):
        flash(_("Saved."))
        return redirect(url_for("outcomes.edit", workshop_id=workshop_id))
    return render_template(
        "outcomes/edit.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        form=form,
        wording={row.id: row.text for row in workshop.objectives},
        reworded=_reworded(workshop_id),
        by_hand={row.id: row.name for row in indicators if row.measure == Measure.BY_HAND},
        counted=[row for row in indicators if row.measure != Measure.BY_HAND],
    )


def _assess(workshop_id: int, form: forms.SheetForm) -> OutcomeSheet:
    return service.assess_workshop(workshop_id, form.draft(), by=current_actor(), now=clock.now())


def _reworded(workshop_id: int) -> set[int]:
    """Objectives whose wording changed after the verdict, which is not printed until it is saved
    again."""
    workshop, sheet = workshops.get_workshop(workshop_id), queries.find_sheet(workshop_id)
    standing = queries.standing_outcomes(workshop, sheet)
    return {row.objective_id for row in (sheet.outcomes if sheet else ())} - set(standing)


@pages.route("/manage/projects/<slug>/indicators", methods=["GET", "POST"])
@roles(Role.STAFF)
def indicators(slug: str) -> str | Answer:
    project = projects.get_by_slug(slug)
    kept = queries.find_indicator_set(project.id)
    form = forms.IndicatorsForm(data=forms.indicators_data(kept))
    if form.accept(lambda: _set(project.id, form)):
        flash(_("Saved."))
        return redirect(url_for("outcomes.indicators", slug=slug))
    return render_template("outcomes/indicators.html", project=project, form=form)


def _set(project_id: int, form: forms.IndicatorsForm) -> IndicatorSet:
    return service.set_indicators(
        project_id, form.drafts(), version=form.seen(), by=current_actor(), now=clock.now()
    )
