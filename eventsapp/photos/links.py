"""Where the pictures of a document are found on the web."""

from flask import url_for

from eventsapp.edge.pictures import EMBLEM_SUFFIX


def media_url(key: str) -> str:
    """``static/…`` is ours, a stored PNG is a donor's emblem, every other picture is a photo."""
    if key.startswith("static/"):
        return url_for("static", filename=key.removeprefix("static/"))
    if key.endswith(EMBLEM_SUFFIX):
        return url_for("projects.emblem", key=key)
    return url_for("photos.file", key=key)
