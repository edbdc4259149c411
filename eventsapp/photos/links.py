"""Where the pictures of a document are found on the web."""

from typing import Any

from flask import url_for

from eventsapp.edge.mail import absolute_url
from eventsapp.edge.pictures import EMBLEM_SUFFIX


def media_url(key: str) -> str:
    endpoint, values = _place_of(key)
    return url_for(endpoint, **values)


def whole_media_url(key: str) -> str:
    """The address as the outside sees it; needs no request."""
    endpoint, values = _place_of(key)
    return absolute_url(endpoint, **values)


def _place_of(key: str) -> tuple[str, dict[str, Any]]:
    """``static/…`` is ours, a stored PNG is a donor's emblem, every other picture is a photo."""
    if key.startswith("static/"):
        return "static", {"filename": key.removeprefix("static/")}
    if key.endswith(EMBLEM_SUFFIX):
        return "projects.emblem", {"key": key}
    return "photos.file", {"key": key}
