"""Pages that are composed of every capability: home, search, dashboard, project, help."""

from flask import Blueprint, Response, make_response, render_template, request

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.edge.mail import absolute_url
from eventsapp.news import queries as news
from eventsapp.news.queries import NewsFilter
from eventsapp.overview import operations, queries
from eventsapp.overview.help import TOPICS
from eventsapp.projects import queries as projects
from eventsapp.web.access import any_role, current_actor, public
from eventsapp.web.kept_pages import cacheable
from eventsapp.web.locale import current_language
from eventsapp.web.reading import reading
from eventsapp.web.registry import story_of
from eventsapp.workshops import queries as workshops
from eventsapp.workshops.queries import WorkshopFilter

pages = Blueprint("overview", __name__)
BLUEPRINTS = [pages, operations.blueprint]

SHOWN = 5
OF_PROJECT = 20
FOUND = 10
LONGEST_WORDS = 100


@pages.get("/")
@public
@reading
def home() -> Response:
    now = clock.now()
    page = render_template(
        "overview/home.html",
        upcoming=workshops.upcoming_workshops(now=now, limit=SHOWN),
        latest=news.latest_articles(NewsFilter(), SHOWN),
        canonical=absolute_url("overview.home", lang=current_language()),
    )
    return cacheable(make_response(page))


@pages.get("/robots.txt")
@public
@reading
def robots() -> Response:
    """What search engines are kept from is what needs a code or an account anyway."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/manage/", "/f/", "/r/"))
    text = f"User-agent: *\n{closed}Sitemap: {absolute_url('news.sitemap')}\n"
    return Response(text, mimetype="text/plain")


@pages.get("/projects/<slug>")
@public
@reading
def project(slug: str) -> Response:
    found = projects.get_by_slug(slug)
    held, donors = workshops.workshops_of(found, now=clock.now()), projects.shown_donors(found)
    page = render_template(
        "overview/project.html",
        project=found,
        workshops=held,
        donors=donors,
        funders=queries.funders_by_workshop(held, donors),
        articles=news.latest_articles(NewsFilter(project=found.slug), OF_PROJECT),
        canonical=absolute_url("overview.project", slug=found.slug, lang=current_language()),
    )
    return cacheable(make_response(page))


@pages.get("/search")
@public
@reading
def search() -> Response:
    """News and workshops with these words, the newest of each."""
    words = request.args.get("q", "").strip()[:LONGEST_WORDS]
    page = render_template(
        "overview/search.html",
        words=words,
        news=news.list_articles(NewsFilter(words=words), page=1, size=FOUND) if words else None,
        workshops=workshops.list_workshops(
            WorkshopFilter(words=words), page=1, now=clock.now(), size=FOUND
        )
        if words
        else None,
    )
    return cacheable(make_response(page))


@pages.get("/help/")
@public
@reading
def help_index() -> Response:
    page = render_template(
        "overview/help.html",
        topics=TOPICS.values(),
        canonical=absolute_url("overview.help_index", lang=current_language()),
    )
    return cacheable(make_response(page))


@pages.get("/help/<topic>")
@public
@reading
def help_topic(topic: str) -> Response:
    found = TOPICS.get(topic)
    if found is None:
        raise NotFound
    page = render_template(
        "overview/help_topic.html",
        topic=found,
        canonical=absolute_url("overview.help_topic", topic=topic, lang=current_language()),
    )
    return cacheable(make_response(page))


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
        articles=news.to_review(actor),
        takedowns=news.takedowns_waiting_for(actor),
        sent_back=news.sent_back_to(actor),
        may_register=actor.has(Role.ORGANISER),
    )


def _next_step(workshop: object) -> object | None:
    return next((step for step in story_of(workshop, "") if step.is_next), None)
