"""What is done to accounts. Every change is audited, and told to the person where it matters."""

from eventsapp.accounts.service.common import MAIL_CHANGE, MAIL_LINK, actor_of, note_change
from eventsapp.accounts.service.own import (
    ask_for_password_link,
    change_details,
    change_password,
    set_password,
)
from eventsapp.accounts.service.sessions import (
    begin_session,
    end_other_sessions,
    end_session,
    hold_account,
)
from eventsapp.accounts.service.users import (
    create_demo_users,
    create_user,
    deactivate_user,
    invite_again,
    reactivate_user,
    reset_second_factor,
    set_roles,
)

__all__ = [
    "MAIL_CHANGE",
    "MAIL_LINK",
    "actor_of",
    "ask_for_password_link",
    "begin_session",
    "change_details",
    "change_password",
    "create_demo_users",
    "create_user",
    "deactivate_user",
    "end_other_sessions",
    "end_session",
    "hold_account",
    "invite_again",
    "note_change",
    "reactivate_user",
    "reset_second_factor",
    "set_password",
    "set_roles",
]
