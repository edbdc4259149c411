"""Outcomes as a part of a workshop's material."""

from flask import url_for
from flask_babel import gettext as _

from eventsapp.core.actor import Actor
from eventsapp.outcomes import queries, rules
from eventsapp.projects.models import Project
from eventsapp.web.registry import Part, Registry
from eventsapp.workshops.models import Workshop


def offer(registry: Registry) -> None:
    registry.workshop_parts.append(outcomes_part)
    registry.project_parts.append(indicators_part)


def outcomes_part(workshop: Workshop, actor: Actor) -> Part | None:
    if not rules.may_assess(workshop, by=actor):
        return None
    return Part(
        label=_("Outcomes and recommendations"),
        url=url_for("outcomes.edit", workshop_id=workshop.id),
        state=_state(workshop),
        order=20,
    )


def indicators_part(project: Project, actor: Actor) -> Part | None:
    if not rules.may_set_targets(by=actor):
        return None
    count = len(queries.list_indicators(project.id))
    return Part(
        label=_("Indicators"),
        url=url_for("outcomes.indicators", slug=project.slug),
        state=str(count) if count else _("none yet"),
        order=20,
    )


def _state(workshop: Workshop) -> str:
    count = len(workshop.objectives)
    standing = len(queries.standing_outcomes(workshop, queries.find_sheet(workshop.id)))
    if not standing:
        return str(_("not assessed yet"))
    return str(_("%(assessed)s of %(all)s objectives assessed", assessed=standing, all=count))
