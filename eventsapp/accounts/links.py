"""Links that let somebody set a password: signed, expiring, and good for one use.

A link names the person and carries a mark of their account's present state. Setting a password
changes that state, and so ends every link sent before.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from eventsapp.accounts.models import User
from eventsapp.accounts.rules import LinkNotValid
from eventsapp.accounts.types import LINK_LIFETIMES, Purpose

SALT = "accounts-password-link"
# Two servers' clocks never agree exactly.
CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine, unexpired link says. Whether it is unused shows when it is used."""

    user_id: int
    mark: str
    purpose: Purpose


def mark_of(user: User) -> str:
    state = f"{user.id}|{user.fs_uniquifier}|{user.password or ''}"
    return hashlib.sha256(state.encode()).hexdigest()[:32]


def make_token(user: User, purpose: Purpose, *, secrets: list[str], now: datetime) -> str:
    content = [user.id, mark_of(user), purpose.value, int(now.timestamp())]
    return str(_signer(secrets).dumps(content))


def read_token(token: str, *, secrets: list[str], now: datetime) -> Claim:
    """Raises LinkNotValid for a forged, damaged or expired link."""
    try:
        user_id, mark, purpose, made_at = _signer(secrets).loads(token.strip())
        claim = Claim(user_id=user_id, mark=mark, purpose=Purpose(purpose))
        age = now - datetime.fromtimestamp(made_at, UTC)
    except (BadSignature, ValueError, TypeError):
        raise LinkNotValid from None
    if not -CLOCK_SKEW <= age <= LINK_LIFETIMES[claim.purpose]:
        raise LinkNotValid
    return claim


def _signer(secrets: list[str]) -> URLSafeSerializer:
    """``secrets`` from the oldest to the newest; the last one signs."""
    return URLSafeSerializer(secrets, salt=SALT)
