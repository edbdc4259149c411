"""What several use cases share: telling people about changes, ending sign-ins, sending links."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from eventsapp.accounts.models import User, UserSession
from eventsapp.accounts.types import Change, Purpose
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.db import transaction
from eventsapp.edge import jobs

MAIL_LINK, MAIL_CHANGE = "accounts.mail_link", "accounts.mail_change"


@transaction
def note_change(user: User, change: Change, *, by: Actor, now: datetime) -> None:
    """Audit a change of how somebody signs in, and tell them: it may not have been they."""
    audit.record(f"user.{change}", f"user:{user.id}", by=by, now=now)
    payload = {"user": user.id, "change": change.value}
    jobs.enqueue(MAIL_CHANGE, payload, now=now, subject=f"user:{user.id}")


def actor_of(user: User) -> Actor:
    return Actor(kind="user", id=user.id, name=user.name, roles=user.role_set)


def end_sessions(user: User, *, now: datetime, but: str = "") -> None:
    db.session().execute(
        sa.update(UserSession)
        .where(
            UserSession.user_id == user.id,
            UserSession.ended_at.is_(None),
            UserSession.key_hash != but,
        )
        .values(ended_at=now)
    )


def mail_link(user_id: int, purpose: Purpose, *, now: datetime) -> None:
    payload = {"user": user_id, "purpose": purpose.value}
    jobs.enqueue(MAIL_LINK, payload, now=now, subject=f"user:{user_id}")


def names(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)
