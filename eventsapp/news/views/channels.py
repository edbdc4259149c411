"""What feed readers and search engines fetch: every channel that is pulled, at its own address."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import LANGUAGES
from eventsapp.edge.mail import absolute_url
from eventsapp.news import feeds, items, queries
from eventsapp.news.channel import Part, PullChannel, Site
from eventsapp.news.models import Article
from eventsapp.news.queries import NewsFilter
from eventsapp.news.views.blueprint import pages
from eventsapp.news.views.keeping import kept
from eventsapp.projects import queries as projects
from eventsapp.web.access import public
from eventsapp.web.countries import country_name
from eventsapp.web.filters import joined
from eventsapp.web.kept_pages import cacheable
from eventsapp.web.locale import current_language
from eventsapp.web.reading import reading
from eventsapp.workshops.offers import topic_from_address, topic_name

NARROWED = frozenset({"country", "project", "topic"})


def _serve(channel: PullChannel) -> None:
    @pages.get(f"/news/{channel.file}", endpoint=channel.key)
    @public
    @reading
    def view() -> Answer:
        return _answer(feeds.PULLED[channel.key])


for _found in feeds.PULLED.values():
    _serve(_found)


def _answer(channel: PullChannel) -> Answer:
    if channel.is_feed:
        return kept(lambda: _feed(channel), known=NARROWED)
    # What maps hold may depend on the moment they are asked for.
    return cacheable(_map(channel))


def _feed(channel: PullChannel) -> Response:
    wanted = _wanted()
    found = queries.recent_articles(channel.most, wanted)
    gone = queries.withdrawn_articles(channel.most, wanted)
    versions = queries.newest_versions(found)
    text = channel.draw(
        _site(channel, wanted),
        [items.item_of(article, versions[article.id]) for article in found],
        [items.withdrawal_of(article) for article in gone],
        clock.now(),
    )
    return _given(channel, text, [*found, *gone])


def _map(channel: PullChannel) -> Response:
    if channel.draw_index is None:
        return _addresses(channel, queries.recent_articles(channel.most, NewsFilter()))
    changes, number = queries.changes_of_parts(channel.most), request.args.get("part", 0, type=int)
    if not number and len(changes) > 1:
        place = partial(absolute_url, f"news.{channel.key}")
        parts = [Part(place(part=at), changed) for at, changed in enumerate(changes, start=1)]
        return Response(channel.draw_index(parts), mimetype=channel.media_type)
    if not 0 <= number <= max(1, len(changes)):
        raise NotFound
    return _addresses(channel, queries.part_of_articles(number or 1, channel.most))


def _addresses(channel: PullChannel, found: Sequence[Article]) -> Response:
    site = _site(channel, NewsFilter())
    text = channel.draw(site, [items.address_of(article) for article in found], (), clock.now())
    return _given(channel, text, found)


def _given(channel: PullChannel, text: str, told: Sequence[Article]) -> Response:
    """With the moment of the last change, for those who ask only for what is newer."""
    answer = Response(text, mimetype=channel.media_type)
    answer.last_modified = max((_shown_since(article) for article in told), default=None)
    return answer


def _shown_since(article: Article) -> datetime:
    """An embargo ends without anybody changing the article."""
    return max(article.changed_at, article.embargoed_until or article.changed_at)


def _wanted() -> NewsFilter:
    """What the reader narrows a feed to; a language only if the address names it."""
    args = request.args
    lang = args.get("lang", "")
    return NewsFilter(
        country=args.get("country", "")[:2].upper(),
        project=args.get("project", "")[:100],
        topic=topic_from_address(),
        lang=lang if lang in LANGUAGES else "",
    )


def _site(channel: PullChannel, wanted: NewsFilter) -> Site:
    """Two feeds have two addresses, one feed has one, in whatever order it was asked for."""
    narrowed = ("country", "project", "topic", "lang")
    named = {name: getattr(wanted, name) for name in narrowed if getattr(wanted, name)}
    return items.site(
        absolute_url(f"news.{channel.key}", **named),
        home=absolute_url("news.index", **named),
        about=joined(_named(wanted)),
    )


def _named(wanted: NewsFilter) -> list[str]:
    labels = dict(projects.project_slugs(current_language())) if wanted.project else {}
    return [
        *([country_name(wanted.country)] if wanted.country else []),
        *([labels.get(wanted.project, wanted.project)] if wanted.project else []),
        *([topic_name(wanted.topic)] if wanted.topic else []),
    ]
