"""Tables of people who sign in.

Column names with a prefix (``fs_``, ``tf_``, ``mf_``) and those of ``WebAuthn`` are fixed by
Flask-Security, which reads and writes them itself.
"""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.accounts import passwords
from eventsapp.accounts.types import ROLES_WITH_SECOND_FACTOR, State, is_demo_address
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.db import Base, JSONType

if TYPE_CHECKING:
    # Flask-Security hints plain attributes, which mapped columns contradict.
    class RoleMixin: ...

    class UserMixin:
        def check_tf_required(
            self,
            tf_setup_methods: list[tuple[str, str]],
            tf_fresh: bool,  # noqa: FBT001 - its shape
        ) -> tuple[bool, list[tuple[str, str]]]: ...

        def check_tf_required_setup(self) -> bool: ...

    class WebAuthnMixin: ...
else:
    from flask_security import RoleMixin, UserMixin, WebAuthnMixin


def new_handle() -> str:
    return uuid.uuid4().hex


def _mutable_list() -> Any:
    # A copy each: tracking changes is bound to the type object, which must not be shared.
    return MutableList.as_mutable(JSONType.copy())


user_role = sa.Table(
    "user_role",
    Base.metadata,
    sa.Column("user_id", sa.ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("role_id", sa.ForeignKey("role.id"), primary_key=True, index=True),
)


class StoredRole(Base, RoleMixin):
    """One row per ``Role`` that somebody has held; the row also is what role changes lock."""

    __tablename__ = "role"
    __table_args__ = (
        sa.CheckConstraint(
            "name IN ({})".format(", ".join(f"'{role}'" for role in Role)), name="known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class User(Base, UserMixin):
    """Somebody who signs in. Never deleted, only deactivated: their name stands in the audit."""

    __tablename__ = "user_account"

    # Flask-Security asks for it although no text messages are sent.
    tf_phone_number = None

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    # Casefolded name and address: SQLite's lower() knows ASCII only.
    search: Mapped[str]
    lang: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]

    fs_uniquifier: Mapped[str] = mapped_column(unique=True, default=new_handle)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True, default=new_handle)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    # The last time step a code was accepted for: a code read over a shoulder works only once.
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(_mutable_list())

    roles: Mapped[list[StoredRole]] = relationship(
        secondary=user_role, order_by=StoredRole.name, lazy="selectin"
    )
    webauthn: Mapped[list["WebAuthn"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", order_by="WebAuthn.id"
    )

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(row.name) for row in self.roles)

    @property
    def is_demo(self) -> bool:
        return is_demo_address(self.email)

    @property
    def state(self) -> State:
        if not self.active:
            return State.INACTIVE
        return State.ACTIVE if self.password else State.INVITED

    @property
    def has_second_factor(self) -> bool:
        return self.tf_primary_method is not None or bool(self.webauthn)

    def verify_and_update_password(self, password: str) -> bool:
        """Flask-Security asks whether the password is right; looking must not write."""
        return passwords.is_password(password, self.password)

    def check_tf_required(
        self,
        tf_setup_methods: list[tuple[str, str]],
        tf_fresh: bool,  # noqa: FBT001 - its shape
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Flask-Security asks after the password: is a second factor needed to go on?"""
        if not tf_setup_methods and not self.check_tf_required_setup():
            return False, []
        return super().check_tf_required(tf_setup_methods, tf_fresh)

    def check_tf_required_setup(self) -> bool:
        """Whether this person must have a second factor, where the settings ask for it at all."""
        if self.is_demo or not self.role_set & ROLES_WITH_SECOND_FACTOR:
            return False
        return super().check_tf_required_setup()


class WebAuthn(Base, WebAuthnMixin):
    """A passkey or security key."""

    __tablename__ = "webauthn_credential"
    __table_args__ = (sa.UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"))
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(_mutable_list())
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    create_datetime: Mapped[datetime] = mapped_column(default=clock.now)
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str]
    usage: Mapped[str]

    user: Mapped[User] = relationship(back_populates="webauthn")


class UserSession(Base):
    """One sign-in on one device: what makes signing out mean something.

    The cookie is signed by us but kept by the browser; without this row a copy of it would
    outlive the sign-out. It holds nothing about the device or the place.
    """

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    # Hashed: reading the table must not be enough to become somebody.
    key_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
