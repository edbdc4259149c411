"""Pages that are the same for everybody but for a code and a key: drawn once, then filled in.

Kept by what they show, so that a changed title or question is another page; in the memory of each
server process.
"""

from collections.abc import Callable, Hashable

from flask import current_app
from markupsafe import escape

MOST = 200
# Stand in a drawn page for what each person's page has of its own; nobody types these characters.
CODE, RETRY_KEY = "\ue000code\ue001", "\ue000key\ue001"


def fill_in(key: Hashable, draw: Callable[[], str], *, code: str = "", retry_key: str = "") -> str:
    """The page that ``draw`` gives for ``CODE`` and ``RETRY_KEY``, with these in their places."""
    kept: dict[Hashable, str] = current_app.extensions.setdefault("feedback_pages", {})
    page = None if current_app.debug else kept.get(key)
    if page is None:
        page = draw()
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = page
    return page.replace(CODE, escape(code)).replace(RETRY_KEY, escape(retry_key))
