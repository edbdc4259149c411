"""Signing in and out, as the database remembers it."""

from datetime import datetime

import sqlalchemy as sa

from eventsapp.accounts import queries, rules
from eventsapp.accounts.models import User, UserSession
from eventsapp.accounts.service.common import actor_of, end_sessions
from eventsapp.accounts.types import LONGEST_SESSION
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge.settings import current_settings


@transaction
def hold_account(handle: str) -> None:
    """Until the surrounding transaction ends, nobody else uses up a code of this account."""
    db.session().execute(
        sa.update(User).where(User.fs_uniquifier == handle).values(fs_uniquifier=handle),
        execution_options={"synchronize_session": False},
    )


@transaction
def begin_session(user: User, key_hash: str, *, now: datetime) -> None:
    """Note that somebody signed in on a device; forget sign-ins that are over."""
    rules.check_can_sign_in(user)
    rules.check_demo_address(user.email, is_production=current_settings().is_production)
    db.session().execute(
        sa.delete(UserSession).where(
            UserSession.user_id == user.id,
            sa.or_(
                UserSession.ended_at.is_not(None),
                UserSession.started_at <= now - LONGEST_SESSION,
            ),
        )
    )
    db.session().add(UserSession(user_id=user.id, key_hash=key_hash, started_at=now))
    user.last_login_at = now
    audit.record("user.signed_in", f"user:{user.id}", by=actor_of(user), now=now)


@transaction
def end_session(key_hash: str, *, by: Actor, now: datetime) -> None:
    db.session().execute(
        sa.update(UserSession)
        .where(UserSession.key_hash == key_hash, UserSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    audit.record("user.signed_out", by.key, by=by, now=now)


@transaction
def end_other_sessions(user_id: int, key_hash: str, *, by: Actor, now: datetime) -> None:
    """Sign out everywhere but here."""
    end_sessions(queries.get_user(user_id), now=now, but=key_hash)
    audit.record("user.signed_out_elsewhere", f"user:{user_id}", by=by, now=now)
