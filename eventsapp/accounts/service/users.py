"""What administrators do to other people's accounts."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from eventsapp.accounts import passwords, queries, rules
from eventsapp.accounts.models import StoredRole, User
from eventsapp.accounts.service.common import end_sessions, mail_link, names, note_change
from eventsapp.accounts.types import (
    DEMO_USERS,
    Change,
    Purpose,
    UserDraft,
    normalise_email,
    searchable,
)
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.edge.settings import current_settings


@transaction
def create_user(
    draft: UserDraft,
    *,
    by: Actor,
    now: datetime,
    password: str | None = None,
    key: CreationKey | None = None,
) -> User:
    """Add somebody. Without a password they are sent an invitation to set their own."""
    rules.check_administrator(by)
    rules.check_draft(draft)
    rules.check_demo_address(draft.email, is_production=current_settings().is_production)
    if password is not None:
        rules.check_password(password, name=draft.name, email=draft.email)

    def create() -> User:
        user = _add_user(draft, password=password, now=now)
        audit.record(
            "user.created",
            f"user:{user.id}",
            by=by,
            now=now,
            detail={"email": user.email, "name": user.name, "roles": names(draft.roles)},
        )
        if password is None:
            mail_link(user.id, Purpose.INVITATION, now=now)
        return user

    return once(key, create, User, now=now)


@transaction
def create_demo_users(password: str, *, by: Actor, now: datetime) -> list[User]:
    """The four accounts of the demo, all with this password; those that exist get it too."""
    rules.check_administrator(by)
    rules.check_demo_address(DEMO_USERS[0].email, is_production=current_settings().is_production)
    hashed = passwords.make_hash(password)
    users = []
    for demo in DEMO_USERS:
        draft = UserDraft(email=demo.email, name=demo.name, roles=demo.roles)
        user = queries.find_by_email(demo.email) or _add_user(draft, password=None, now=now)
        user.password = hashed
        users.append(user)
    audit.record("user.demo_created", "user:", by=by, now=now, detail={"count": len(users)})
    return users


@transaction
def set_roles(
    user_id: int,
    roles: Iterable[Role],
    *,
    by: Actor,
    now: datetime,
    version: int | None = None,
) -> User:
    """Replace somebody's roles. ``version`` is what the page showed; a newer one is Stale.

    They are signed out everywhere, so that a role which asks for a second factor gets it.
    """
    rules.check_administrator(by)
    wanted = frozenset(roles)
    rules.check_roles(wanted)
    user = _lock_user(user_id, version)
    rules.check_keeps_an_administrator(
        user, wanted, others=queries.count_other_administrators(user)
    )
    before = user.role_set
    if wanted != before:
        user.roles = _stored_roles(wanted)
        if by.id != user.id:
            end_sessions(user, now=now)
        audit.record(
            "user.roles_set",
            f"user:{user.id}",
            by=by,
            now=now,
            detail={"before": names(before), "after": names(wanted)},
        )
    return user


@transaction
def deactivate_user(user_id: int, *, by: Actor, now: datetime) -> User:
    """Sign somebody out everywhere and keep them out. Everything they did stays theirs."""
    rules.check_administrator(by)
    user = _lock_user(user_id)
    rules.check_not_oneself(user, by)
    rules.check_keeps_an_administrator(
        user, frozenset(), others=queries.count_other_administrators(user)
    )
    if user.active:
        user.active = False
        end_sessions(user, now=now)
        audit.record("user.deactivated", f"user:{user.id}", by=by, now=now)
    return user


@transaction
def reactivate_user(user_id: int, *, by: Actor, now: datetime) -> User:
    rules.check_administrator(by)
    user = _lock_user(user_id)
    if not user.active:
        user.active = True
        audit.record("user.reactivated", f"user:{user.id}", by=by, now=now)
    return user


@transaction
def reset_second_factor(user_id: int, *, by: Actor, now: datetime) -> User:
    """For somebody who lost their phone: forget app, passkeys and recovery codes, sign out."""
    rules.check_administrator(by)
    user = _lock_user(user_id)
    user.tf_primary_method = user.tf_totp_secret = user.tf_last_counter = None
    user.mf_recovery_codes = None
    user.webauthn.clear()
    end_sessions(user, now=now)
    note_change(user, Change.SECOND_FACTOR_RESET, by=by, now=now)
    return user


@transaction
def invite_again(user_id: int, *, by: Actor, now: datetime) -> User:
    """Send another link to set a password: an invitation, or a reset to who has one already."""
    rules.check_administrator(by)
    user = queries.get_user(user_id)
    purpose = Purpose.RESET if user.password else Purpose.INVITATION
    mail_link(user.id, purpose, now=now)
    audit.record(f"user.{purpose}_sent", f"user:{user.id}", by=by, now=now)
    return user


def _add_user(draft: UserDraft, *, password: str | None, now: datetime) -> User:
    email = normalise_email(draft.email)
    if queries.find_by_email(email) is not None:
        raise rules.EmailTaken
    user = User(
        email=email,
        name=draft.name.strip(),
        search=searchable(draft.name.strip(), email),
        lang=draft.lang,
        password=None if password is None else passwords.make_hash(password),
        active=True,
        created_at=now,
        roles=_stored_roles(draft.roles),
    )
    db.session().add(user)
    try:
        db.session().flush()
    except IntegrityError:
        # Somebody else added them since we looked: the constraint decides.
        raise rules.EmailTaken from None
    return user


def _stored_roles(roles: frozenset[Role]) -> list[StoredRole]:
    session = db.session()
    insert = db.insert_for(StoredRole)
    for role in sorted(roles):
        session.execute(insert.values(name=role.value).on_conflict_do_nothing())
    return list(
        session.scalars(
            sa.select(StoredRole).where(StoredRole.name.in_(roles)).order_by(StoredRole.name)
        )
    )


def _lock_user(user_id: int, version: int | None = None) -> User:
    """The user, while nobody else changes roles or states: counting administrators is safe.

    The update is what waits: of two administrators who remove each other, the second sees what
    the first one did.
    """
    session = db.session()
    session.execute(
        sa.update(StoredRole).where(StoredRole.name == Role.ADMIN).values(name=Role.ADMIN.value)
    )
    user = queries.get_user(user_id)
    session.refresh(user)
    if version is not None and user.version != version:
        raise Stale
    user.version += 1
    return user
