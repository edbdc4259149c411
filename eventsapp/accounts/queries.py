"""Reading people and their sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.accounts.models import StoredRole, User, UserSession, user_role
from eventsapp.accounts.types import (
    DEMO_DOMAIN,
    LONGEST_SESSION,
    Order,
    State,
    UserFilter,
    normalise_email,
)
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.core.paging import Page, paginate


def find_by_email(email: str) -> User | None:
    return db.session().scalar(sa.select(User).where(User.email == normalise_email(email)))


def get_by_email(email: str) -> User:
    user = find_by_email(email)
    if user is None:
        raise NotFound
    return user


def get_user(user_id: int) -> User:
    return db.get(User, user_id)


def find_user(user_id: int | None) -> User | None:
    return None if user_id is None else db.session().get(User, user_id)


def list_organisers() -> Sequence[User]:
    """Those who can run workshops, by name."""
    runs = User.roles.any(StoredRole.name.in_([Role.ORGANISER, Role.ADMIN]))
    return (
        db.session().scalars(sa.select(User).where(User.active, runs).order_by(User.search)).all()
    )


def find_signed_in(handle: str, *, key_hash: str, now: datetime) -> User | None:
    """The active person with this session handle, if the sign-in with this key still holds."""
    return db.session().scalar(
        sa.select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(
            User.fs_uniquifier == handle,
            User.active,
            UserSession.key_hash == key_hash,
            UserSession.ended_at.is_(None),
            UserSession.started_at > now - LONGEST_SESSION,
        )
    )


def count_sessions(user: User, *, now: datetime) -> int:
    """On how many devices this person is signed in."""
    return _count(
        sa.select(UserSession.id).where(
            UserSession.user_id == user.id,
            UserSession.ended_at.is_(None),
            UserSession.started_at > now - LONGEST_SESSION,
        )
    )


def count_other_administrators(user: User) -> int:
    """How many administrators can sign in, this user aside."""
    return _count(
        sa.select(User.id).where(
            User.id != user.id,
            User.active,
            User.roles.any(StoredRole.name == Role.ADMIN),
        )
    )


def demo_accounts() -> Sequence[str]:
    """Addresses of demo accounts that can sign in."""
    return (
        db.session()
        .scalars(
            sa.select(User.email)
            .where(User.active, User.email.endswith(f"@{DEMO_DOMAIN}"))
            .order_by(User.email)
        )
        .all()
    )


def page_of_users(wanted: UserFilter, *, page: int) -> Page[User]:
    return paginate(_users(wanted), page=page)


def list_users(wanted: UserFilter) -> Sequence[User]:
    return db.session().scalars(_users(wanted)).all()


def _users(wanted: UserFilter) -> sa.Select[User]:
    """People with everything a list shows of them."""
    return (
        sa.select(User)
        .where(*_conditions(wanted))
        .options(selectinload(User.webauthn))
        .order_by(*_ORDERS[wanted.order], User.id)
    )


def _conditions(wanted: UserFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [
        User.search.contains(word, autoescape=True) for word in wanted.text.casefold().split()
    ]
    if wanted.role:
        conditions.append(
            User.id.in_(
                sa.select(user_role.c.user_id)
                .join(StoredRole, StoredRole.id == user_role.c.role_id)
                .where(StoredRole.name == wanted.role)
            )
        )
    if wanted.state:
        conditions.append(_BY_STATE[wanted.state])
    return conditions


_ORDERS: dict[Order, tuple[sa.ColumnElement[Any], ...]] = {
    Order.NAME: (User.search.asc(),),
    Order.NAME_DOWN: (User.search.desc(),),
    # Those who never signed in come last, whichever way.
    Order.SEEN: (User.last_login_at.is_(None), User.last_login_at.asc(), User.search.asc()),
    Order.SEEN_DOWN: (User.last_login_at.is_(None), User.last_login_at.desc(), User.search.asc()),
}
_BY_STATE: dict[State, sa.ColumnElement[bool]] = {
    State.ACTIVE: sa.and_(User.active, User.password.is_not(None)),
    State.INVITED: sa.and_(User.active, User.password.is_(None)),
    State.INACTIVE: sa.not_(User.active),
}


def _count(statement: sa.Select[int]) -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0
