"""Bodies that are larger than we read."""

from flask import request

MOST_DROPPED_BYTES = 64 * 1024 * 1024


def drop_upload() -> None:
    """Read the rest of a body away: browsers show no answer before they have sent it all."""
    # Not a byte more than was announced: a plain socket would wait for it for ever.
    stream = request.environ["wsgi.input"]
    left = min(request.content_length or 0, MOST_DROPPED_BYTES)
    while left > 0 and (chunk := stream.read(min(left, 256 * 1024))):
        left -= len(chunk)
