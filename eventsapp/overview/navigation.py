"""The way around: what stands in the header, for visitors and for those who work here."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l

from eventsapp.core.actor import Role
from eventsapp.web.access import current_actor

Item = tuple[str, Any, frozenset[Role]]

ALL = frozenset(Role)
PUBLIC: tuple[Item, ...] = (
    ("workshops.index", _l("Workshops"), ALL),
    ("news.index", _l("News"), ALL),
)
FOOTER: tuple[Item, ...] = (
    ("overview.help_index", _l("Help"), ALL),
    ("news.subscribe", _l("News by mail"), ALL),
)
MANAGE: tuple[Item, ...] = (
    ("overview.manage", _l("Overview"), ALL),
    ("workshops.manage_index", _l("Workshops"), ALL),
    ("news.manage_index", _l("News"), frozenset({Role.STAFF, Role.EDITOR})),
    ("projects.manage_index", _l("Projects"), frozenset({Role.ORGANISER, Role.STAFF})),
    ("accounts.users", _l("Users"), frozenset({Role.ADMIN})),
)


def init_app(app: Flask) -> None:
    @app.context_processor
    def context() -> dict[str, Any]:
        actor = current_actor()
        known = app.view_functions
        return {
            "actor": actor,
            "navigation": _items(PUBLIC, known),
            "footer_navigation": _items(FOOTER, known),
            "manage_navigation": _items(
                (item for item in MANAGE if actor.is_signed_in and actor.has(*item[2])), known
            ),
        }


def _items(items: Iterable[Item], known: Any) -> list[tuple[Any, str, bool]]:
    return [
        (label, url_for(endpoint), _is_current(endpoint))
        for endpoint, label, _ in items
        if endpoint in known
    ]


def _is_current(endpoint: str) -> bool:
    """Whether the page shown is this item's, or one below it."""
    if request.endpoint == endpoint:
        return True
    return endpoint.endswith("index") and request.path.startswith(url_for(endpoint))
