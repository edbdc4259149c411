"""Where the pictures of a document are found on the web."""

from flask import url_for


def media_url(key: str) -> str:
    """``static/…`` is ours; every other picture is a photo."""
    if key.startswith("static/"):
        return url_for("static", filename=key.removeprefix("static/"))
    return url_for("photos.file", key=key)
