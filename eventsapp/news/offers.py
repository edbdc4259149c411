"""The last step of the story, and the way from a workshop to its news."""

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from eventsapp.core.actor import Actor
from eventsapp.news import places, queries, rules
from eventsapp.news.feeds import feed_addresses
from eventsapp.news.models import Article
from eventsapp.news.types import LIVE, ArticleStatus
from eventsapp.web.filters import day
from eventsapp.web.registry import Panel, PhotoKeeper, Registry, StoryStep
from eventsapp.workshops.models import Workshop

STATUS_LABELS = {
    ArticleStatus.DRAFT: _l("draft"),
    ArticleStatus.IN_REVIEW: _l("in review"),
    ArticleStatus.APPROVED: _l("approved"),
    ArticleStatus.SCHEDULED: _l("scheduled"),
    ArticleStatus.PUBLISHED: _l("published"),
    ArticleStatus.CORRECTED: _l("corrected"),
    ArticleStatus.WITHDRAWN: _l("withdrawn"),
}
TONES = {
    ArticleStatus.PUBLISHED: "good",
    ArticleStatus.CORRECTED: "good",
    ArticleStatus.WITHDRAWN: "bad",
}


def offer(registry: Registry) -> None:
    registry.story["news"] = news_step
    registry.public_panels.append(news_panel)
    registry.photo_keepers.append(PhotoKeeper(queries.shows_photo, may_see_photo))
    registry.template_filters.update(places.TEMPLATE_FILTERS)
    registry.template_globals.update(places.TEMPLATE_GLOBALS)
    registry.template_globals.update(
        feed_addresses=feed_addresses,
        article_status=lambda article: STATUS_LABELS[ArticleStatus(article.status)],
        article_stage=stage_label,
        article_tone=lambda article: TONES.get(ArticleStatus(article.status), "quiet"),
    )


def may_see_photo(key: str, actor: Actor) -> bool:
    return rules.may_publish(by=actor) and queries.keeps_photo(key)


def stage_label(article: Article) -> str:
    """Its state, and that of the version which is to follow where there is one."""
    state = str(STATUS_LABELS[ArticleStatus(article.status)])
    if not article.revision:
        return state
    following = STATUS_LABELS[ArticleStatus(article.revision)]
    return str(_("%(state)s, new version: %(following)s", state=state, following=following))


def news_step(workshop: Workshop) -> StoryStep:
    article = queries.find_of_workshop(workshop.id)
    return StoryStep(
        key="news",
        label=_("News"),
        url=url_for("news.manage", workshop_id=workshop.id),
        state=_state(article),
        is_done=article is not None and article.status in LIVE,
    )


def _state(article: Article | None) -> str:
    if article is not None and article.status in LIVE:
        return str(_("published %(date)s", date=day(article.dated)))
    if article is not None and article.status == ArticleStatus.WITHDRAWN:
        return str(_("withdrawn"))
    if article is not None and article.status != ArticleStatus.DRAFT:
        return str(STATUS_LABELS[ArticleStatus(article.status)])
    return str(_("not published"))


def news_panel(workshop: Workshop, _actor: Actor) -> Panel | None:
    article = queries.find_public_of(workshop.id)
    if article is None:
        return None
    html = render_template("news/_panel.html", article=article)
    # Rendered by our own template, which escapes what it shows.
    return Panel(key="news", html=Markup(html), order=20)  # noqa: S704
