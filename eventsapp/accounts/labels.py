"""Roles and states in the reader's words, on pages and in files."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventsapp.accounts.models import User
from eventsapp.accounts.types import State
from eventsapp.core.actor import Role
from eventsapp.edge.tables import Cell
from eventsapp.web.filters import sentence_list

ROLE_LABELS = {
    Role.ADMIN: _l("Administrator"),
    Role.ORGANISER: _l("Organiser"),
    Role.STAFF: _l("Reporting staff"),
    Role.EDITOR: _l("Editor"),
}
ROLE_HINTS = {
    Role.ADMIN: _l("Manages users, projects and settings, and may do everything else."),
    Role.ORGANISER: _l("Registers workshops, invites people and checks them in."),
    Role.STAFF: _l("Writes reports and news from what was recorded."),
    Role.EDITOR: _l("Approves reports, publishes and corrects news."),
}
STATE_LABELS = {
    State.ACTIVE: _l("Active"),
    State.INVITED: _l("Invited"),
    State.INACTIVE: _l("Deactivated"),
}


def role_words(user: User) -> str:
    held = user.role_set
    return sentence_list([str(label) for role, label in ROLE_LABELS.items() if role in held])


def user_rows(users: Iterable[User]) -> list[list[Cell]]:
    """A head and a row for each person."""
    head: list[Cell] = [
        _("Name"),
        _("Mail address"),
        _("Roles"),
        _("State"),
        _("Second proof"),
        _("Last signed in"),
    ]
    return [head, *(_row(user) for user in users)]


def _row(user: User) -> list[Cell]:
    return [
        user.name,
        user.email,
        role_words(user),
        str(STATE_LABELS[user.state]),
        _("Yes") if user.has_second_factor else _("No"),
        user.last_login_at.isoformat(timespec="minutes") if user.last_login_at else "",
    ]
