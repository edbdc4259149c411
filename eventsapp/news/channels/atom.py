"""Atom, with tombstones (RFC 6721) for what was withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from feedgenerator import Atom1Feed
from markupsafe import escape

from eventsapp.news.channel import Item, PullChannel, Site, Withdrawal

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class AtomFeed(Atom1Feed):  # type: ignore[misc] # the library ships no types
    """The library's feed; it knows neither tombstones nor whose moment of change counts."""

    def __init__(self, *args: Any, withdrawn: Sequence[Withdrawal], **kwargs: Any) -> None:
        self.withdrawn = withdrawn
        super().__init__(*args, **kwargs)

    def root_attributes(self) -> Mapping[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def latest_post_date(self) -> datetime:
        """When anything here last changed, so that nothing is newer only for being asked."""
        moments = [item["updateddate"] for item in self.items]
        moments += [gone.at for gone in self.withdrawn]
        return max(moments, default=datetime(2000, 1, 1, tzinfo=UTC))

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for gone in self.withdrawn:
            handler.startElement("at:deleted-entry", {"ref": gone.key, "when": gone.at.isoformat()})
            handler.addQuickElement("at:comment", gone.reason)
            handler.endElement("at:deleted-entry")


def draw(site: Site, items: Sequence[Item], withdrawn: Sequence[Withdrawal], _now: datetime) -> str:
    feed = AtomFeed(
        site.title,
        site.home,
        "",
        language=site.lang,
        feed_url=site.itself,
        feed_guid=site.itself,
        withdrawn=withdrawn,
    )
    for item in items:
        feed.add_item(
            item.headline,
            item.url,
            str(escape(item.standfirst)),
            author_name=item.author,
            pubdate=item.published,
            updateddate=item.changed,
            unique_id=item.key,
            content=item.html,
            categories=item.tags,
        )
    return str(feed.writeString("utf-8"))


ATOM = PullChannel(
    key="atom",
    label="Atom",
    file="feed.atom",
    media_type="application/atom+xml",
    most=50,
    draw=draw,
)
