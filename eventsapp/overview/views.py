"""Pages that are composed of every capability: home, dashboard, project, help."""

from flask import Blueprint, render_template

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.news import queries as news
from eventsapp.news.queries import NewsFilter
from eventsapp.overview import operations, queries
from eventsapp.projects import queries as projects
from eventsapp.web.access import any_role, current_actor, public
from eventsapp.web.registry import story_of
from eventsapp.workshops import queries as workshops

pages = Blueprint("overview", __name__)
BLUEPRINTS = [pages, operations.blueprint]

SHOWN = 5
OF_PROJECT = 20


@pages.get("/")
@public
def home() -> str:
    now = clock.now()
    return render_template(
        "overview/home.html",
        upcoming=workshops.upcoming_workshops(now=now, limit=SHOWN),
        latest=news.latest_articles(NewsFilter(), SHOWN),
    )


@pages.get("/projects/<slug>")
@public
def project(slug: str) -> str:
    found = projects.get_by_slug(slug)
    return render_template(
        "overview/project.html",
        project=found,
        workshops=workshops.workshops_of(found, now=clock.now()),
        articles=news.latest_articles(NewsFilter(project=found.slug), OF_PROJECT),
    )


@pages.get("/manage/")
@any_role
def manage() -> str:
    actor = current_actor()
    now = clock.now()
    rows = queries.workshops_in_hand(actor, now=now)
    return render_template(
        "overview/manage.html",
        rows=[(workshop, _next_step(workshop)) for workshop in rows],
        reviews=queries.reports_to_review(actor),
        may_register=actor.has(Role.ORGANISER),
    )


def _next_step(workshop: object) -> object | None:
    return next((step for step in story_of(workshop, "") if step.is_next), None)
