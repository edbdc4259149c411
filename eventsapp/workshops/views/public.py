"""The public page of one workshop."""

from functools import lru_cache

from flask import Response, make_response, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from eventsapp.core.texts import LANGUAGES
from eventsapp.edge.mail import absolute_url
from eventsapp.web.access import current_actor, public
from eventsapp.web.kept_pages import cacheable
from eventsapp.web.locale import current_language
from eventsapp.web.reading import reading
from eventsapp.web.registry import public_panels
from eventsapp.workshops import queries, rules
from eventsapp.workshops.calendar import workshop_calendar
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.structured import event_data
from eventsapp.workshops.views.blueprint import pages

# Of some 10 kB each.
MOST_KEPT = 500


@pages.get("/workshops/<ref>")
@public
@reading
def show(ref: str) -> Answer:
    workshop = visible(ref)
    if ref != workshop.ref:
        return redirect(url_for("workshops.show", ref=workshop.ref), 301)
    facts, about = _drawn(workshop)
    page = render_template(
        "workshops/show.html",
        workshop=workshop,
        facts=facts,
        about=about,
        panels=public_panels(workshop, current_actor()),
        series=queries.series_of(workshop),
        event=event_data(workshop, current_language()),
        addresses={
            lang: absolute_url("workshops.show", ref=workshop.ref, lang=lang) for lang in LANGUAGES
        },
        may_manage=rules.may_manage(workshop, by=current_actor()),
    )
    return cacheable(make_response(page))


def visible(ref: str) -> Workshop:
    workshop = queries.get_by_ref(ref)
    rules.check_may_see(workshop, by=current_actor())
    return workshop


def _drawn(workshop: Workshop) -> tuple[Markup, Markup]:
    """The parts of the page that only a change of the description changes: drawn once for it."""
    if workshop.revision is None:
        return _draw(workshop)
    return _keep(workshop.id, workshop.revision, current_language())


@lru_cache(MOST_KEPT)
def _keep(workshop_id: int, _revision: str, _lang: str) -> tuple[Markup, Markup]:
    return _draw(queries.get_workshop(workshop_id))


def _draw(workshop: Workshop) -> tuple[Markup, Markup]:
    queries.load_parts(workshop)
    parts = ("workshops/_facts.html", "workshops/_about.html")
    # Rendered by our own templates, which escape what they show.
    facts, about = (Markup(render_template(part, workshop=workshop)) for part in parts)  # noqa: S704
    return facts, about


@pages.get("/workshops/<ref>.ics")
@public
def calendar(ref: str) -> Response:
    workshop = visible(ref)
    content = workshop_calendar(workshop, lang=current_language())
    return Response(
        content,
        mimetype="text/calendar",
        headers={"Content-Disposition": f'inline; filename="{workshop.ref}.ics"'},
    )
