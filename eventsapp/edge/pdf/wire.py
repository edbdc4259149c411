"""How the application and the renderer's process talk: JSON and raw bytes, never pickles.

The renderer reads what others wrote; were it ever taken over, it must not be able to hand the
application an object that runs code when it is opened.
"""

import json
from multiprocessing.connection import Connection
from typing import Any

MAX_FRAME = 1024**3


def send(connection: "Connection[Any, Any]", message: dict[str, Any], *blobs: bytes) -> None:
    header = {**message, "blobs": len(blobs)}
    connection.send_bytes(json.dumps(header).encode())
    for blob in blobs:
        connection.send_bytes(blob)


def receive(connection: "Connection[Any, Any]") -> tuple[dict[str, Any], list[bytes]]:
    """Raises EOFError or OSError when the other side is gone, ValueError for nonsense."""
    message = json.loads(connection.recv_bytes(MAX_FRAME))
    if not isinstance(message, dict):
        raise ValueError("a message must be an object")  # noqa: TRY004 - as for other nonsense
    return message, [connection.recv_bytes(MAX_FRAME) for _ in range(int(message["blobs"]))]
