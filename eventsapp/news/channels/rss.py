"""RSS 2.0, for readers that know nothing newer; what was withdrawn is simply no longer in it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from feedgenerator import Rss201rev2Feed
from markupsafe import escape

from eventsapp.news.channel import Item, PullChannel, Site, Withdrawal


class RssFeed(Rss201rev2Feed):  # type: ignore[misc] # the library ships no types
    """The library's feed; RSS itself has no word for when an item was changed, Atom has."""

    def root_attributes(self) -> Mapping[str, str]:
        return {**super().root_attributes(), "xmlns:content": CONTENT}

    def latest_post_date(self) -> datetime:
        """When anything here last changed, so that nothing is newer only for being asked."""
        moments = [item["updateddate"] for item in self.items]
        return max(moments, default=datetime(2000, 1, 1, tzinfo=UTC))

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", item["updateddate"].isoformat())
        handler.addQuickElement("content:encoded", item["text"])


CONTENT = "http://purl.org/rss/1.0/modules/content/"


def draw(
    site: Site, items: Sequence[Item], _withdrawn: Sequence[Withdrawal], _now: datetime
) -> str:
    feed = RssFeed(site.title, site.home, site.title, language=site.lang, feed_url=site.itself)
    for item in items:
        feed.add_item(
            item.headline,
            item.url,
            str(escape(item.standfirst)),
            pubdate=item.published,
            updateddate=item.changed,
            unique_id=item.key,
            unique_id_is_permalink=False,
            categories=item.tags,
            text=item.html,
        )
    return str(feed.writeString("utf-8"))


RSS = PullChannel(
    key="rss", label="RSS", file="feed.rss", media_type="application/rss+xml", most=50, draw=draw
)
