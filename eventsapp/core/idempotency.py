"""A form that creates something carries a key, so that a double click creates one thing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core import db
from eventsapp.core.db import Base
from eventsapp.core.errors import N_, Refused


class KeyReused(Refused):
    """The same key came with other content: a form was changed and sent again."""

    message = N_("This form was already sent with other content. Open it anew to send it again.")


class CreatedOnce(Base):
    __tablename__ = "created_once"

    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    created_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class CreationKey:
    """``key`` from the form; the fingerprint binds it to principal, path and body."""

    key: str
    fingerprint: str

    @classmethod
    def of(cls, key: str, *, principal: str, path: str, body: bytes) -> "CreationKey":
        whole = "\n".join([principal, path, hashlib.sha256(body).hexdigest()])
        return cls(
            key=hashlib.sha256(f"{principal}|{path}|{key}".encode()).hexdigest(),
            fingerprint=hashlib.sha256(whole.encode()).hexdigest(),
        )


HasId = TypeVar("HasId", bound=Base)


def once(
    key: CreationKey | None, create: Callable[[], HasId], model: type[HasId], *, now: datetime
) -> HasId:
    """Create, or find what the same key created before; call inside a transaction.

    Two simultaneous requests with one key: the second waits on the unique key and then fails
    with an integrity error, or finds the first one's row; never are there two.
    """
    if key is None:
        return create()
    session = db.session()
    seen = session.get(CreatedOnce, key.key)
    if seen is not None:
        if seen.fingerprint != key.fingerprint:
            raise KeyReused
        return db.get(model, seen.created_id)
    row = create()
    session.flush()
    session.add(
        CreatedOnce(
            key=key.key, fingerprint=key.fingerprint, created_id=_number_of(row), created_at=now
        )
    )
    session.flush()
    return row


def _number_of(row: Base) -> int:
    identity = sa.inspect(row, raiseerr=True).identity
    if identity is None:
        raise RuntimeError("what was created has no key yet")
    return int(identity[0])
