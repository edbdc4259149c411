"""A form as it was read last, and how a statement that writes proves that it still stands so.

A whole room sends at the same minute, and of the form each answer needs the same: so a process
remembers it. What it remembers decides nothing by itself. Every fact goes along with the
statement that keeps an answer, and where one has changed, nothing is kept and the form is read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.feedback.models import FeedbackForm, FormVersion
from eventsapp.feedback.types import FormStatus
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop

MOST = 100
_FORM, _VERSION, _WORKSHOP = (
    cast("sa.Table", model.__table__) for model in (FeedbackForm, FormVersion, Workshop)
)


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
class FormSeen:
    """A form with one of its versions; nothing of anybody's right to answer it."""

    form_id: int
    workshop_id: int
    purpose: str
    status: str
    late: str
    closed_at: datetime | None
    closes_on: date | None
    asked: Asked

    @property
    def timezone(self) -> str:
        return self.asked.timezone

    @property
    def questions(self) -> tuple[Question, ...]:
        return compiled_questions(self.asked.questions)


@lru_cache(maxsize=256)
def compiled_questions(stored: str) -> tuple[Question, ...]:
    return tuple(Question.from_json(item) for item in json.loads(stored))


# By database and version. Tests and tools have several databases in one process.
_remembered: WeakKeyDictionary[Any, dict[int, FormSeen]] = WeakKeyDictionary()


def remember(form: FormSeen) -> None:
    """Drafts are not worth it: their questions still change in place."""
    if form.status != FormStatus.DRAFT:
        of_database = _remembered.setdefault(db.session().get_bind(), {})
        if len(of_database) >= MOST:
            of_database.clear()
        of_database[form.asked.version_id] = form


def remembered_form(version_id: int) -> FormSeen | None:
    return _remembered.get(db.session().get_bind(), {}).get(version_id)


def stands_so() -> sa.Exists:
    """Whether the form is as ``facts_of`` says; it stays so until the end of the transaction."""
    facts = (
        _FORM.c.id == sa.bindparam("seen_form_id"),
        _FORM.c.workshop_id == sa.bindparam("seen_workshop_id"),
        _FORM.c.access == sa.bindparam("seen_access"),
        _FORM.c.purpose == sa.bindparam("seen_purpose"),
        _FORM.c.status == sa.bindparam("seen_status"),
        _FORM.c.late == sa.bindparam("seen_late"),
        _FORM.c.closed_at.is_not_distinct_from(sa.bindparam("seen_closed_at")),
        _FORM.c.closes_on.is_not_distinct_from(sa.bindparam("seen_closes_on")),
        _WORKSHOP.c.timezone == sa.bindparam("seen_timezone"),
        _VERSION.c.id == sa.bindparam("seen_version_id"),
        sa.cast(_VERSION.c.questions, sa.Text) == sa.bindparam("seen_questions"),
    )
    found: sa.Select[Any] = (
        sa.select(sa.literal_column("1"))
        .select_from(_FORM)
        .join(_WORKSHOP, _WORKSHOP.c.id == _FORM.c.workshop_id)
        .join(_VERSION, _VERSION.c.form_id == _FORM.c.id)
        .where(*facts)
    )
    return found.with_for_update(read=True, of=_FORM).exists()


def facts_of(form: FormSeen) -> Mapping[str, Any]:
    """What ``stands_so`` compares; named apart from the columns that a statement may set."""
    return {
        "seen_form_id": form.form_id,
        "seen_workshop_id": form.workshop_id,
        "seen_access": form.asked.access,
        "seen_purpose": form.purpose,
        "seen_status": form.status,
        "seen_late": form.late,
        "seen_closed_at": form.closed_at,
        "seen_closes_on": form.closes_on,
        "seen_timezone": form.timezone,
        "seen_version_id": form.asked.version_id,
        "seen_questions": form.asked.questions,
    }
