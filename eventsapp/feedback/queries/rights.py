"""What a code gives the right to, in one short read: a whole room asks at the same minute.

Values, not rows: nothing here is tracked by the session, and what is drawn or compiled from them
can be kept by its content, which is right in every process and for every database.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.keys import kept_key
from eventsapp.feedback.models import FeedbackForm, FormVersion, Invitation
from eventsapp.feedback.rules import UnknownCode
from eventsapp.feedback.rules.tokens import code_mac, read_code
from eventsapp.feedback.types import FormStatus
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the empty form shows; texts and questions as they are stored, in JSON."""

    version_id: int
    access: str
    questions: str
    form_title: str
    workshop_title: str
    starts_at: datetime
    ends_at: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Right:
    """A right to answer: whether it was used, until when it holds, and the form it opens."""

    token_mac: str
    form_id: int
    status: str
    late: str
    closed_at: datetime | None
    closes_on: date
    expires_on: date
    is_spent: bool
    workshop_id: int
    purpose: str
    asked: Asked

    @property
    def timezone(self) -> str:
        return self.asked.timezone

    @property
    def questions(self) -> tuple[Question, ...]:
        return compiled_questions(self.asked.questions)


def find_right(typed: str, *, seen: int = 0, hold: bool = False) -> Right:
    """What a typed code gives the right to; raises UnknownCode.

    ``seen`` is the version that was filled in; where it is none of this form's, the form's
    current one is asked. With ``hold`` the form stays as it is until the end of the transaction:
    closing waits for those who came before it.
    """
    code = read_code(typed)
    if code is None:
        raise UnknownCode
    key = kept_key("feedback")
    macs = {"mac": code_mac(key, code), "later": code_mac(key, code, later=True)}
    rows = db.session().connection().execute(_HELD if hold else _RIGHT, {**macs, "seen": seen})
    found = [_right(row) for row in rows]
    if not found:
        raise UnknownCode
    return max(found, key=lambda right: _fits(right, seen))


def _fits(right: Right, seen: int) -> tuple[bool, bool, bool]:
    """A code may open two forms, one after the other: whichever was seen, else can be answered."""
    is_open = right.status == FormStatus.OPEN
    return right.asked.version_id == seen, is_open and not right.is_spent, is_open


def _right(row: Sequence[Any]) -> Right:
    (
        mac,
        form_id,
        status,
        late,
        closed_at,
        closes_on,
        expires_on,
        is_spent,
        workshop_id,
        purpose,
        *asked,
    ) = row
    last_day = min(closes_on or expires_on, expires_on)
    return Right(
        token_mac=mac,
        form_id=form_id,
        status=status,
        late=late,
        closed_at=closed_at,
        closes_on=last_day,
        expires_on=expires_on,
        is_spent=is_spent,
        workshop_id=workshop_id,
        purpose=purpose,
        asked=Asked(*asked),
    )


@lru_cache(maxsize=256)
def compiled_questions(stored: str) -> tuple[Question, ...]:
    return tuple(Question.from_json(item) for item in json.loads(stored))


def _statement() -> sa.Select[Any]:
    """On tables, not on mapped classes, which would cost as much again."""
    form, invitation, version, workshop = (
        cast("sa.Table", model.__table__)
        for model in (FeedbackForm, Invitation, FormVersion, Workshop)
    )
    of_form = version.alias("of_form")
    ids = sa.select(of_form.c.id).where(of_form.c.form_id == form.c.id).correlate(form)
    seen = ids.where(of_form.c.id == sa.bindparam("seen", type_=sa.Integer))
    newest = ids.order_by(of_form.c.number.desc()).limit(1)
    to_ask = sa.func.coalesce(seen.scalar_subquery(), newest.scalar_subquery())
    return (
        sa.select(
            invitation.c.token_mac,
            form.c.id,
            form.c.status,
            form.c.late,
            form.c.closed_at,
            form.c.closes_on,
            invitation.c.expires_on,
            invitation.c.spent,
            form.c.workshop_id,
            form.c.purpose,
            version.c.id,
            form.c.access,
            sa.cast(version.c.questions, sa.Text).label("questions"),
            sa.cast(form.c.title, sa.Text).label("form_title"),
            sa.cast(workshop.c.title, sa.Text).label("workshop_title"),
            workshop.c.starts_at,
            workshop.c.ends_at,
            workshop.c.timezone,
        )
        .join_from(invitation, form, form.c.id == invitation.c.form_id)
        .join(workshop, workshop.c.id == form.c.workshop_id)
        .join(version, version.c.id == to_ask)
        .where(invitation.c.token_mac.in_((sa.bindparam("mac"), sa.bindparam("later"))))
        # Both forms that one code opens are held in the order in which closing locks them.
        .order_by(form.c.id)
    )


_RIGHT = _statement()
_HELD = _RIGHT.with_for_update(read=True, of=cast("sa.Table", FeedbackForm.__table__))
