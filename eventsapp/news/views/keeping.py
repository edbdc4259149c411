"""How public pages of news are answered: drawn once for all readers, anew for who is signed in."""

from collections.abc import Callable

from flask import make_response
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.news import queries
from eventsapp.web.access import current_actor
from eventsapp.web.kept_pages import keep


def kept(
    build: Callable[[], Answer | str | tuple[str, int]], *, known: frozenset[str] = frozenset()
) -> Answer:
    """``known`` names what of the address's query ``build`` looks at."""
    if current_actor().is_signed_in:
        return make_response(build())
    state = queries.public_state(now=clock.now())
    return keep(state, lambda: make_response(build()), known=known)
