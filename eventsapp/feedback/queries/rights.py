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
    closes_on: date
    expires_on: date
    is_spent: bool
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
    mac = code_mac(kept_key("feedback"), code)
    found = (
        db.session()
        .connection()
        .execute(_HELD if hold else _RIGHT, {"mac": mac, "seen": seen})
        .one_or_none()
    )
    if found is None:
        raise UnknownCode
    return _right(mac, found)


def _right(mac: str, row: Sequence[Any]) -> Right:
    form_id, status, closes_on, expires_on, is_spent, *asked = row
    last_day = min(closes_on or expires_on, expires_on)
    return Right(mac, form_id, status, last_day, expires_on, is_spent, Asked(*asked))


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
            form.c.id,
            form.c.status,
            form.c.closes_on,
            invitation.c.expires_on,
            invitation.c.spent,
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
        .where(invitation.c.token_mac == sa.bindparam("mac"))
    )


_RIGHT = _statement()
_HELD = _RIGHT.with_for_update(read=True, of=cast("sa.Table", FeedbackForm.__table__))
