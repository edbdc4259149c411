"""The channels there are, and the addresses that pages name feeds by."""

from typing import Any

from flask import url_for

from eventsapp.core.discover import find_plugins
from eventsapp.news import channels
from eventsapp.news.channel import Channel, PullChannel, PushChannel

CHANNELS = find_plugins(channels, Channel)
PULLED = {key: found for key, found in CHANNELS.items() if isinstance(found, PullChannel)}
PUSHED = {key: found for key, found in CHANNELS.items() if isinstance(found, PushChannel)}


def feed_addresses(**narrowed: str) -> list[tuple[str, str, str]]:
    """Label, media type and address of each feed, narrowed to what is not empty.

    ``narrowed`` may name ``country``, ``project``, ``topic`` and ``lang``.
    """
    named: dict[str, Any] = {name: value for name, value in narrowed.items() if value}
    return [
        (found.label, found.media_type, url_for(f"news.{found.key}", **named))
        for found in PULLED.values()
        if found.is_feed
    ]
