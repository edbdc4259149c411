"""Other people's keys, unreadable in the database and in its dumps."""

import base64

from cryptography.fernet import Fernet, InvalidToken

from eventsapp.edge.keys import kept_key


class SealBroken(Exception):
    """The key in the data folder is another one than it was sealed with."""


def seal(name: str, secret: str) -> str:
    """The secret, encrypted with the key called ``name``; different each time."""
    return _box(name).encrypt(secret.encode()).decode("ascii")


def unseal(name: str, sealed: str) -> str:
    """What was sealed; raises SealBroken when it was changed, or the key was lost."""
    try:
        return _box(name).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise SealBroken from None


def _box(name: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(kept_key(name)))
