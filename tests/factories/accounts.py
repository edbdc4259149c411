"""People who sign in."""

from eventsapp.accounts import service
from eventsapp.accounts.models import User
from eventsapp.accounts.types import UserDraft
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, Role

PASSWORD = "four quiet words here"


def make_user(
    email: str = "nadia@office.example",
    *roles: Role,
    name: str = "Nadia Farouk",
    password: str | None = PASSWORD,
) -> User:
    """Somebody with a password; an organiser where no role is named."""
    draft = UserDraft(email=email, name=name, roles=frozenset(roles or {Role.ORGANISER}))
    return service.create_user(draft, by=SYSTEM, now=clock.now(), password=password)


def give_second_factor(user: User, *, codes: int = 0) -> None:
    """As if the person had set up an app, and recovery codes."""
    user.tf_primary_method, user.tf_totp_secret = "authenticator", "unreadable"
    user.mf_recovery_codes = [f"code {number}" for number in range(codes)] or None
    db.session().commit()
