"""JSON Feed 1.1; what was withdrawn is named in an extension, as the format has no word for it."""

import json
from collections.abc import Sequence
from datetime import datetime

from eventsapp.news.channel import Item, PullChannel, Site, Withdrawal


def draw(site: Site, items: Sequence[Item], withdrawn: Sequence[Withdrawal], _now: datetime) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": site.home,
        "feed_url": site.itself,
        "language": site.lang,
        "items": [
            {
                "id": item.key,
                "url": item.url,
                "language": item.lang,
                "title": item.headline,
                "summary": item.standfirst,
                "content_html": item.html,
                "date_published": item.published.isoformat(),
                "date_modified": item.changed.isoformat(),
                "authors": [{"name": item.author}],
                "tags": list(item.tags),
            }
            for item in items
        ],
        "_withdrawn": [
            {"id": gone.key, "date_withdrawn": gone.at.isoformat(), "reason": gone.reason}
            for gone in withdrawn
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


JSON_FEED = PullChannel(
    key="json_feed",
    label="JSON Feed",
    file="feed.json",
    media_type="application/feed+json",
    most=50,
    draw=draw,
)
