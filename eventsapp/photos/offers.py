"""Photos as a part of a workshop's material, and the words for what a photo lacks."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from eventsapp.core.actor import Actor
from eventsapp.photos import queries, rules
from eventsapp.photos.links import media_url
from eventsapp.photos.types import Obstacle
from eventsapp.web.registry import Part, PhotoKeeper, Registry
from eventsapp.workshops.models import Workshop

OBSTACLE_LABELS = {
    Obstacle.LEFT_OUT: _l("left out"),
    Obstacle.ALTERNATIVE: _l("say what it shows, in each language"),
    Obstacle.CONSENT: _l("say who can be recognised"),
    Obstacle.WITHDRAWN: _l("somebody in it has not agreed to be shown"),
}


def offer(registry: Registry) -> None:
    registry.workshop_parts.append(photos_part)
    registry.photo_keepers.append(PhotoKeeper(queries.is_public, may_see))
    registry.template_globals["media_url"] = media_url


def may_see(key: str, actor: Actor) -> bool:
    return any(rules.may_keep(photo.workshop, by=actor) for photo in queries.photos_of_file(key))


def photos_part(workshop: Workshop, actor: Actor) -> Part | None:
    if not rules.may_keep(workshop, by=actor):
        return None
    shown = queries.shown_photos(workshop)
    ready = sum(1 for one in shown if not one.obstacles)
    if not shown:
        state = _("none yet")
    elif ready == len(shown):
        state = ngettext("%(num)d ready", "%(num)d ready", ready)
    else:
        state = _("%(ready)s of %(all)s ready", ready=ready, all=len(shown))
    return Part(
        label=_("Photos"),
        url=url_for("photos.index", workshop_id=workshop.id),
        state=state,
        order=10,
    )
