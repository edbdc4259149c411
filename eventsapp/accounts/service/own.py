"""What people do to their own account, signed in or with a link from a mail."""

from datetime import datetime

import sqlalchemy as sa

from eventsapp.accounts import passwords, queries, rules
from eventsapp.accounts.links import Claim, mark_of
from eventsapp.accounts.models import User, new_handle
from eventsapp.accounts.service.common import actor_of, end_sessions, mail_link, note_change
from eventsapp.accounts.types import Change, Purpose, searchable
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction


@transaction
def ask_for_password_link(email: str, *, by: Actor, now: datetime) -> None:
    """Somebody forgot a password. What is done, and how long it takes, never tells who exists."""
    user = queries.find_by_email(email)
    mail_link(user.id if user else 0, Purpose.RESET, now=now)
    audit.record("user.reset_asked", f"user:{user.id if user else 0}", by=by, now=now)


@transaction
def set_password(claim: Claim, password: str, *, now: datetime) -> User:
    """Use a link, once: signs out everywhere and ends every other link.

    Raises LinkNotValid when it was used already; of two at the same time one wins.
    """
    user = db.session().get(User, claim.user_id)
    if user is None or not user.active or mark_of(user) != claim.mark:
        raise rules.LinkNotValid
    rules.check_password(password, name=user.name, email=user.email)
    _replace_password(user, password, now=now)
    note_change(user, Change.PASSWORD, by=actor_of(user), now=now)
    return user


@transaction
def change_password(user_id: int, current: str, password: str, *, by: Actor, now: datetime) -> User:
    """Change one's own password, knowing the present one; signs out all other devices."""
    user = queries.get_user(user_id)
    if not passwords.is_password(current, user.password):
        raise rules.WrongPassword
    rules.check_password(password, name=user.name, email=user.email)
    _replace_password(user, password, now=now)
    note_change(user, Change.PASSWORD, by=by, now=now)
    return user


@transaction
def change_details(user_id: int, *, name: str, lang: str, by: Actor, now: datetime) -> User:
    """Correct one's own name, or choose the language of mails."""
    rules.check_details(name, lang)
    user = queries.get_user(user_id)
    user.name, user.lang = name.strip(), lang
    user.search = searchable(user.name, user.email)
    audit.record("user.details_changed", f"user:{user.id}", by=by, now=now)
    return user


def _replace_password(user: User, password: str, *, now: datetime) -> None:
    """Only if the account still is as it was read: the condition decides between two."""
    updated = db.session().execute(
        sa.update(User)
        .where(User.id == user.id, User.fs_uniquifier == user.fs_uniquifier)
        .values(password=passwords.make_hash(password), fs_uniquifier=new_handle())
        .returning(User.id),
    )
    if updated.scalar_one_or_none() is None:
        raise rules.LinkNotValid
    db.session().refresh(user)
    end_sessions(user, now=now)
