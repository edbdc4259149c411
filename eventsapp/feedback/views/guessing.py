"""How many wrong codes may be tried: counted in this process's memory, and forgotten every day.

A shared store would keep addresses with times beside the answers that arrived at those times.
Here an address is known only by its MAC under a key that lives for a day.
"""

import hashlib
import hmac
import secrets
import threading
from datetime import date, datetime, timedelta

from eventsapp.core.errors import N_, Refused

# A whole room may share one address, and each person mistypes once or twice.
MOST_WRONG = 100
WITHIN = timedelta(minutes=10)


class TooManyGuesses(Refused):
    message = N_("Too many wrong codes were tried from here. Wait ten minutes, then try again.")
    field = "code"
    status = 429


class Guesses:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""
        self._wrong: dict[bytes, list[datetime]] = {}

    def check(self, address: str, *, now: datetime) -> None:
        with self._lock:
            if len(self._recent(address, now)) >= MOST_WRONG:
                raise TooManyGuesses

    def note_wrong(self, address: str, *, now: datetime) -> None:
        with self._lock:
            self._recent(address, now).append(now)

    def _recent(self, address: str, now: datetime) -> list[datetime]:
        if self._day != now.date():
            self._day, self._key = now.date(), secrets.token_bytes(32)
            self._wrong.clear()
        who = hmac.digest(self._key, address.encode(), hashlib.sha256)
        kept = [at for at in self._wrong.get(who, ()) if abs(now - at) < WITHIN]
        self._wrong[who] = kept
        return kept


guesses = Guesses()
