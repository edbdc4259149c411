"""The editors' desk: what waits for whom, and all news there is."""

from flask import render_template, request
from flask_babel import gettext as _

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.edge.settings import current_settings
from eventsapp.news import queries
from eventsapp.news.offers import STATUS_LABELS
from eventsapp.news.queries import DeskFilter
from eventsapp.news.types import ArticleStatus
from eventsapp.news.views.blueprint import pages
from eventsapp.web.access import current_actor, roles


@pages.get("/manage/news/")
@roles(Role.STAFF, Role.EDITOR)
def manage_index() -> str:
    args, actor = request.args, current_actor()
    state = args.get("state", "")
    wanted = DeskFilter(
        words=args.get("q", "")[:100],
        state=ArticleStatus(state) if state in set(ArticleStatus) else None,
    )
    number = min(args.get("page", 1, type=int), 100_000)
    return render_template(
        "news/manage_index.html",
        wanted=wanted,
        zone=current_settings().timezone,
        states=[("", _("All")), *((key.value, label) for key, label in STATUS_LABELS.items())],
        page=queries.desk_articles(wanted, page=number),
        reviews=queries.to_review(actor),
        sent_back=queries.sent_back_to(actor),
        takedowns=queries.takedowns_to_review(),
        scheduled=queries.scheduled_articles(),
        embargoed=queries.embargoed_articles(now=clock.now()),
        outdated=queries.with_outdated_translations(),
        actor_id=actor.id,
    )
