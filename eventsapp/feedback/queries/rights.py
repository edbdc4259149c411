"""What a code gives the right to, in one short read: a whole room asks at the same minute.

Values, not rows: nothing here is tracked by the session, and what is drawn or compiled from them
can be kept by its content, which is right in every process and for every database.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

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


def find_right(typed: str, *, seen: int = 0) -> Right:
    """What a typed code gives the right to; raises UnknownCode.

    ``seen`` is the version that was filled in; where it is none of this form's, the form's
    current one is asked.
    """
    code = read_code(typed)
    if code is None:
        raise UnknownCode
    mac = code_mac(kept_key("feedback"), code)
    found = db.session().execute(_RIGHT, {"mac": mac, "seen": seen}).one_or_none()
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


def _version_to_ask() -> sa.ScalarSelect[int]:
    """The version that was seen, if it is this form's, or its newest."""
    of_form = sa.select(FormVersion.id).where(FormVersion.form_id == FeedbackForm.id)
    seen = of_form.where(FormVersion.id == sa.bindparam("seen", type_=sa.Integer))
    newest = of_form.order_by(FormVersion.number.desc()).limit(1)
    return sa.select(
        sa.func.coalesce(
            seen.correlate(FeedbackForm).scalar_subquery(),
            newest.correlate(FeedbackForm).scalar_subquery(),
        )
    ).scalar_subquery()


_ASKED = sa.orm.aliased(FormVersion)
_RIGHT = (
    sa.select(
        FeedbackForm.id,
        FeedbackForm.status,
        FeedbackForm.closes_on,
        Invitation.expires_on,
        Invitation.spent,
        _ASKED.id,
        FeedbackForm.access,
        sa.cast(_ASKED.questions, sa.Text).label("questions"),
        sa.cast(FeedbackForm.title, sa.Text).label("form_title"),
        sa.cast(Workshop.title, sa.Text).label("workshop_title"),
        Workshop.starts_at,
        Workshop.ends_at,
        Workshop.timezone,
    )
    .join(Invitation, Invitation.form_id == FeedbackForm.id)
    .join(Workshop, Workshop.id == FeedbackForm.workshop_id)
    .join(_ASKED, _ASKED.id == _version_to_ask())
    .where(Invitation.token_mac == sa.bindparam("mac"))
)
