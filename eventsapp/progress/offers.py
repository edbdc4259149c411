"""The roll-up as a part of a project, and its progress for the project's public page."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from eventsapp.core.actor import Actor
from eventsapp.documents.render import article_html
from eventsapp.progress import queries, rules
from eventsapp.progress.compose import progress_blocks, sheet_of
from eventsapp.projects.models import Project
from eventsapp.web.locale import current_language
from eventsapp.web.registry import Part, Registry


def offer(registry: Registry) -> None:
    registry.project_parts.append(progress_part)
    registry.template_globals["public_progress"] = public_progress


def progress_part(project: Project, actor: Actor) -> Part | None:
    if not rules.may_see(by=actor):
        return None
    return Part(
        label=_("All workshops together"),
        url=url_for("progress.show", slug=project.slug),
        state="",
        order=10,
    )


def public_progress(project: Project) -> Markup | None:
    """Bars of the way to each target, counting only what has been reported on; None without."""
    lang = current_language()
    blocks = progress_blocks(sheet_of(queries.roll_up(project, reported=True), lang))
    return article_html(blocks, lang=lang, media_url=str) if blocks else None
