"""The script that opens the form without reception: it reaches ``/f/`` and nothing else."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, current_app

from eventsapp.feedback.views.blueprint import pages
from eventsapp.web.access import public
from eventsapp.web.untraced import untraced

SCRIPT = "js/feedback-worker.js"


@pages.get("/f/worker.js")
@public
@untraced
def worker() -> Response:
    response = Response(_script(str(current_app.static_folder)), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _script(folder: str) -> str:
    """With the version of all that the page is drawn with: a change of it is another worker."""
    static = Path(folder)
    digest = hashlib.sha256()
    for path in sorted([*static.glob("js/*.js"), *static.glob("css/*.css")]):
        digest.update(path.read_bytes())
    version = digest.hexdigest()[:12]
    return f'const VERSION = "{version}";\n{(static / SCRIPT).read_text("utf-8")}'
