"""Files as answers."""

from pathlib import Path

from flask import Response, send_file


def private_file(path: Path, name: str) -> Response:
    """A file to take away that no cache may keep; a PDF opens in the browser."""
    answer = send_file(path, download_name=name, as_attachment=not name.endswith(".pdf"))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
