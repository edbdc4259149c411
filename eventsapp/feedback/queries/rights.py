"""What a code gives the right to, in one short read: a whole room asks at the same minute.

Values, not rows: nothing here is tracked by the session, and what is drawn or compiled from them
can be kept by its content, which is right in every process and for every database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.keys import kept_key
from eventsapp.feedback.models import FeedbackForm, FormVersion, Invitation
from eventsapp.feedback.queries.seen import Asked, FormSeen, remember
from eventsapp.feedback.rules import UnknownCode
from eventsapp.feedback.rules.tokens import code_mac, read_code
from eventsapp.feedback.types import FormStatus
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Right:
    """A right to answer: whether it was used, until when it holds, and the form it opens."""

    token_mac: str
    expires_on: date
    is_spent: bool
    form: FormSeen

    @property
    def status(self) -> str:
        return self.form.status

    @property
    def late(self) -> str:
        return self.form.late

    @property
    def closed_at(self) -> datetime | None:
        return self.form.closed_at

    @property
    def closes_on(self) -> date:
        return min(self.form.closes_on or self.expires_on, self.expires_on)

    @property
    def timezone(self) -> str:
        return self.form.timezone

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.form.questions


def find_right(typed: str, *, seen: int = 0, hold: bool = False) -> Right:
    """What a typed code gives the right to; raises UnknownCode.

    ``seen`` is the version that was filled in; where it is none of this form's, the form's
    current one is asked. With ``hold`` the form stays as it is until the end of the transaction:
    closing waits for those who came before it.
    """
    rows = (
        db.session().connection().execute(_HELD if hold else _RIGHT, {**macs(typed), "seen": seen})
    )
    found = [_right(row) for row in rows]
    if not found:
        raise UnknownCode
    best = max(found, key=lambda right: _fits(right, seen))
    remember(best.form)
    return best


def macs(typed: str) -> dict[str, str]:
    """By which a typed code is known, for the two forms that it may open; raises UnknownCode."""
    code = read_code(typed)
    if code is None:
        raise UnknownCode
    key = kept_key("feedback")
    return {"mac": code_mac(key, code), "later_mac": code_mac(key, code, later=True)}


def _fits(right: Right, seen: int) -> tuple[bool, bool, bool]:
    """A code may open two forms, one after the other: whichever was seen, else can be answered."""
    is_open = right.status == FormStatus.OPEN
    return right.form.asked.version_id == seen, is_open and not right.is_spent, is_open


def _right(row: Sequence[Any]) -> Right:
    """The columns stand in the order of the fields."""
    mac, expires_on, is_spent, form_id, workshop_id, purpose, status, late, *more = row
    closed_at, closes_on, *asked = more
    form = FormSeen(
        form_id, workshop_id, purpose, status, late, closed_at, closes_on, Asked(*asked)
    )
    return Right(mac, expires_on, is_spent, form)


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
            invitation.c.expires_on,
            invitation.c.spent,
            form.c.id,
            form.c.workshop_id,
            form.c.purpose,
            form.c.status,
            form.c.late,
            form.c.closed_at,
            form.c.closes_on,
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
        .where(invitation.c.token_mac.in_((sa.bindparam("mac"), sa.bindparam("later_mac"))))
        # Both forms that one code opens are held in the order in which closing locks them.
        .order_by(form.c.id)
    )


_RIGHT = _statement()
_HELD = _RIGHT.with_for_update(read=True, of=cast("sa.Table", FeedbackForm.__table__))
