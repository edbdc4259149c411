"""Lists of workshops, as a page, a sheet and a calendar to subscribe to."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.edge.mail import absolute_url
from eventsapp.web.access import any_role, current_actor, public
from eventsapp.web.kept_pages import cacheable
from eventsapp.web.locale import current_language
from eventsapp.web.reading import reading
from eventsapp.workshops import queries
from eventsapp.workshops.calendar import feed_calendar
from eventsapp.workshops.offers import STATUS_LABELS
from eventsapp.workshops.queries import WorkshopFilter
from eventsapp.workshops.sheet import SHEETS, rows_of
from eventsapp.workshops.views.blueprint import pages
from eventsapp.workshops.views.filtering import (
    filter_choices,
    filter_from_address,
    is_narrowed,
    kept_args,
)

FEED_SECONDS = 15 * 60


@pages.get("/workshops/")
@public
@reading
def index() -> Response:
    wanted = filter_from_address()
    page = render_template(
        "workshops/index.html",
        wanted=wanted,
        page=_page_of(wanted),
        is_narrowed=is_narrowed(),
        exports=_exports("workshops.export"),
        feed=absolute_url("workshops.feed", **kept_args("when"), lang=current_language()),
        **filter_choices(),
    )
    return cacheable(make_response(page))


@pages.get("/manage/workshops/")
@any_role
def manage_index() -> str:
    actor = current_actor()
    wanted = _managed_filter()
    return render_template(
        "workshops/manage_index.html",
        wanted=wanted,
        mine=request.args.get("mine", ""),
        page=_page_of(wanted),
        is_narrowed=is_narrowed(),
        exports=_exports("workshops.manage_export"),
        statuses=STATUS_LABELS,
        may_register=actor.has(Role.ORGANISER),
        **filter_choices(),
    )


def _managed_filter() -> WorkshopFilter:
    mine = request.args.get("mine", "")
    return filter_from_address(
        public=False,
        status=request.args.get("status", ""),
        owner_id=current_actor().id if mine else None,
    )


def _page_of(wanted: WorkshopFilter) -> Any:
    number = request.args.get("page", 1, type=int)
    return queries.list_workshops(wanted, page=min(number, 100_000), now=clock.now())


def _exports(endpoint: str) -> list[tuple[str, str]]:
    return [(kind.upper(), url_for(endpoint, kind=kind, **kept_args("kind"))) for kind in SHEETS]


@pages.get("/workshops/list.<kind>")
@public
def export(kind: str) -> Response:
    """The public list as it is filtered, as a file; no joining link is in it."""
    return _sheet(filter_from_address(), kind, private=False)


@pages.get("/manage/workshops/list.<kind>")
@any_role
def manage_export(kind: str) -> Response:
    """As ``export``, with all that can be read in again."""
    return _sheet(_managed_filter(), kind, private=True)


def _sheet(wanted: WorkshopFilter, kind: str, *, private: bool) -> Response:
    if kind not in SHEETS:
        raise NotFound
    write, content_type = SHEETS[kind]
    found = queries.workshops_for_export(wanted, parts=private, now=clock.now())
    return Response(
        write(rows_of(found, private=private)),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="workshops.{kind}"'},
    )


@pages.get("/workshops/feed.ics")
@public
def feed() -> Answer:
    """Public workshops as a calendar that can be subscribed to, narrowed as the list is."""
    found = queries.workshops_for_feed(filter_from_address(), now=clock.now())
    answer = Response(feed_calendar(found, lang=current_language()), mimetype="text/calendar")
    answer.cache_control.public = True
    answer.cache_control.max_age = FEED_SECONDS
    answer.add_etag()
    return answer.make_conditional(request)
