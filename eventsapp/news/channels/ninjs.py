"""ninjs 2.1, IPTC's news in JSON: a composite of what can be read and what was withdrawn."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eventsapp.news.channel import Item, Picture, PubStatus, PullChannel, Site, Withdrawal

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"
STANDARD = {"name": "ninjs", "version": "2.1", "schema": SCHEMA}


def item_to_json(item: Item) -> dict[str, Any]:
    """One article; what a webhook carries and what the feed is made of."""
    found: dict[str, Any] = {
        "uri": item.key,
        "type": "text",
        "representationtype": "full",
        "standard": STANDARD,
        "version": str(item.version),
        "firstcreated": item.published.isoformat(),
        "versioncreated": item.changed.isoformat(),
        "pubstatus": item.status,
        "language": item.lang,
        "title": item.headline,
        "headlines": [{"role": "main", "value": item.headline}],
        "descriptions": [{"role": "summary", "value": item.standfirst}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": item.html}],
        "by": item.author,
        "copyrightholder": item.author,
        "infosources": [{"name": item.author}],
        "places": [{"literal": code} for code in item.countries],
        "subjects": [{"name": tag} for tag in item.tags],
        "altids": [{"role": "slug", "value": item.url.rpartition("/")[2].partition("?")[0]}],
        "renditions": [{"name": "web", "href": item.url, "contenttype": "text/html"}],
    }
    optional = {
        "located": item.located,
        "ednote": item.correction,
        "embargoed": item.embargoed.isoformat() if item.embargoed else "",
        "associations": [_picture(item.picture)] if item.picture else [],
    }
    return found | {name: value for name, value in optional.items() if value}


def _picture(picture: Picture) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": "main picture",
        "uri": picture.url,
        "type": "picture",
        "descriptions": [{"role": "alternative text", "value": picture.alt}],
        "renditions": [
            {
                "name": "main",
                "href": picture.url,
                "width": picture.width,
                "height": picture.height,
            }
        ],
    }
    return found | ({"by": picture.credit} if picture.credit else {})


def withdrawal_to_json(gone: Withdrawal) -> dict[str, Any]:
    """That an article may no longer be used, and why; nothing of what it said."""
    return {
        "uri": gone.key,
        "type": "text",
        "representationtype": "partial",
        "standard": STANDARD,
        "versioncreated": gone.at.isoformat(),
        "pubstatus": PubStatus.CANCELED,
        "language": gone.lang,
        "ednote": gone.reason,
    }


def draw(site: Site, items: Sequence[Item], withdrawn: Sequence[Withdrawal], now: datetime) -> str:
    moments = [*(item.changed for item in items), *(gone.at for gone in withdrawn)]
    feed = {
        "uri": site.itself,
        "type": "composite",
        "standard": STANDARD,
        "versioncreated": max(moments, default=datetime(2000, 1, 1, tzinfo=now.tzinfo)).isoformat(),
        "pubstatus": PubStatus.USABLE,
        "language": site.lang,
        "title": site.title,
        "associations": [
            *({"name": item.headline} | item_to_json(item) for item in items),
            *({"name": gone.key} | withdrawal_to_json(gone) for gone in withdrawn),
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


NINJS = PullChannel(
    key="ninjs",
    label="ninjs",
    file="feed.ninjs.json",
    media_type="application/json",
    most=50,
    draw=draw,
)
