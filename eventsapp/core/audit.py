"""What happened, who did it, and proof that nobody rewrote it.

Events form a chain: each hash covers the one before it, the event's plain facts (when, which
action, on what) and a *salted commitment* to its personal detail. Erasing a person's detail
drops salt and detail but not the commitment, so the chain still verifies.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import Base

GENESIS = "0" * 64


class AuditEvent(Base):
    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    actor: Mapped[str]
    salt: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None]
    commitment: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class AuditHead(Base):
    """One row: the end of the chain. Its lock puts concurrent writers in order."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]


def record(
    action: str,
    subject: str,
    *,
    by: Actor,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note an event; it is chained and written when the surrounding transaction commits.

    ``action`` reads ``workshop.registered``, ``subject`` reads ``workshop:7``.
    """
    pending = db.scratch().setdefault("audit", [])
    if not pending:
        db.before_commit("audit", _write_pending)
    pending.append((action, subject, by.key, now, dict(detail or {})))


def _write_pending() -> None:
    """Chain what was noted: done last, so that the head is locked only while committing."""
    session = db.session()
    pending = db.scratch().pop("audit", [])
    session.flush()
    head = _lock_head()
    for action, subject, actor, at, detail in pending:
        salt = secrets.token_hex(16)
        event = AuditEvent(
            seq=head.seq + 1,
            at=at,
            action=action,
            subject=subject,
            actor=actor,
            salt=salt,
            detail=detail,
            commitment=commit_to(salt, detail),
            previous=head.hash,
        )
        event.hash = hash_of(event)
        session.add(event)
        head.seq, head.hash = event.seq, event.hash
    session.flush()


def _lock_head() -> AuditHead:
    session = db.session()
    # The row exists from the migration on; the update takes the lock on PostgreSQL and is
    # harmless on SQLite, where the writer's lock is already held.
    session.execute(sa.update(AuditHead).where(AuditHead.id == 1).values(seq=AuditHead.seq))
    return session.execute(
        sa.select(AuditHead).where(AuditHead.id == 1).execution_options(populate_existing=True)
    ).scalar_one()


def commit_to(salt: str, detail: Mapping[str, Any]) -> str:
    text = json.dumps(detail, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


def hash_of(event: AuditEvent) -> str:
    """What the event's hash must be, given what it says and the hash before it."""
    facts = [event.action, event.subject, event.actor, event.commitment]
    parts = [event.previous, str(event.seq), event.at.isoformat(), *facts]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def find_break() -> int | None:
    """The sequence number of the first event that does not fit its chain, if any."""
    previous, expected = GENESIS, 1
    for event in db.session().scalars(sa.select(AuditEvent).order_by(AuditEvent.seq)):
        if not _fits(event, previous, expected):
            return event.seq
        previous, expected = event.hash, expected + 1
    head = db.get(AuditHead, 1)
    return None if (head.seq, head.hash) == (expected - 1, previous) else expected


def _fits(event: AuditEvent, previous: str, expected: int) -> bool:
    if (event.seq, event.previous) != (expected, previous):
        return False
    if event.salt is not None and commit_to(event.salt, event.detail or {}) != event.commitment:
        return False
    return event.hash == hash_of(event)
