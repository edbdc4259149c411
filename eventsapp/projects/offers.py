"""How donors are shown wherever they are acknowledged, and where they are not for a time."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsapp.core.actor import Actor
from eventsapp.projects.models import DonorRepresentative, Project
from eventsapp.projects.queries import list_contracts, running_derogations
from eventsapp.projects.rules import is_lone_article
from eventsapp.web.filters import text
from eventsapp.web.locale import current_language
from eventsapp.web.registry import Part, Registry


def offer(registry: Registry) -> None:
    registry.template_filters["representative_words"] = representative_words
    registry.project_parts += [contracts_part, derogations_part]


def contracts_part(project: Project, _actor: Actor) -> Part:
    count = len(list_contracts(project.id))
    return Part(
        label=_("Contracts"),
        url=url_for("projects.contracts", slug=project.slug),
        state=str(count) if count else _("none"),
        order=30,
    )


def derogations_part(project: Project, _actor: Actor) -> Part:
    running = len(running_derogations(project.id))
    return Part(
        label=_("Derogations"),
        url=url_for("projects.derogations", slug=project.slug),
        state=ngettext("%(num)d running", "%(num)d running", running) if running else _("none"),
        order=40,
    )


def representative_words(row: DonorRepresentative) -> str:
    """``the Federal Department … acting through its Peace and Human Rights Division (PHRD)``."""
    name = f"{text(row.name)} ({row.acronym})" if row.acronym else text(row.name)
    through = row.acting_through.find(current_language())
    if through is None:
        words = row.acting_through.to_json()
        through = "" if is_lone_article(words.values()) else text(row.acting_through)
    return f"{through} {name}".strip()
