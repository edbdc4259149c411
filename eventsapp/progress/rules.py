"""Who may see what a project's workshops add up to before it is published."""

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden


def may_see(*, by: Actor) -> bool:
    return by.has(Role.ORGANISER, Role.STAFF, Role.EDITOR)


def check_may_see(*, by: Actor) -> None:
    if not may_see(by=by):
        raise Forbidden
