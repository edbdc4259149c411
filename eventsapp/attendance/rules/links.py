"""A participant's private link: made from the registration and a secret, kept nowhere."""

import base64
import hashlib
import hmac
import re

from eventsapp.attendance.models import Registration

_PURPOSE = b"eventsapp participant link 1"
_TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{32})")


def make_token(registration: Registration, *, secret: str) -> str:
    """The token of a registration: its number and 192 bits that only the secret can make.

    The code for the door goes in, so that a new code makes earlier links invalid.
    """
    return f"{registration.id}-{_proof(registration, secret)}"


def id_in(token: str) -> int | None:
    """The registration that a token claims to open; prove it with ``opens``."""
    match = _TOKEN.fullmatch(token)
    return int(match[1]) if match else None


def opens(token: str, registration: Registration, *, secret: str) -> bool:
    match = _TOKEN.fullmatch(token)
    if match is None or int(match[1]) != registration.id:
        return False
    return hmac.compare_digest(match[2], _proof(registration, secret))


def _proof(registration: Registration, secret: str) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    facts = f"{registration.id}|{registration.code}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, facts, hashlib.sha256)[:24]).decode()
