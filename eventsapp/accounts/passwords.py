"""Keeping passwords and session keys so that reading the database does not reveal them."""

import hashlib
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's smallest recommended Argon2id: 19 MiB, two passes, one lane. A guess costs about 20 ms,
# and many people can sign in at once on a small server.
MEMORY_KIB: Final = 19_456
PASSES: Final = 2
LANES: Final = 1

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def normalise(password: str) -> str:
    """The same password typed on another keyboard is the same password."""
    return unicodedata.normalize("NFKD", password)


def make_hash(password: str) -> str:
    return _hasher.hash(normalise(password))


def is_password(password: str, hashed: str | None) -> bool:
    """Whether this is the password; takes as long where there is none."""
    if hashed is None:
        make_hash(password)
        return False
    try:
        return _hasher.verify(hashed, normalise(password))
    except (VerificationError, InvalidHashError):
        return False


def hash_key(key: str) -> str:
    """For keys that are long and random already: no slow hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()
