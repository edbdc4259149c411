"""Mixing: what makes answers anonymous. Change nothing here without running the proof.

A row's place, its transaction's number and the pages of the log all keep the order in which
people answered, and the same order is in the invitations that were spent. So answers are moved
in batches of ten at least, and at closing *both* tables are written anew, each in a random order
of its own, in one transaction.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import Base, transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import (
    FeedbackForm,
    FeedbackInbox,
    FeedbackReminder,
    FeedbackResponse,
    FormVersion,
    Invitation,
)
from eventsapp.feedback.rules.pairing import PARTNER
from eventsapp.feedback.rules.tokens import new_id
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.service.pairing import (
    destroy_secret,
    has_secret,
    keep_change,
    partner_of,
    unpaired,
)
from eventsapp.feedback.service.papers import forget_papers
from eventsapp.feedback.service.results import keep_results
from eventsapp.feedback.service.rows import insert_many
from eventsapp.feedback.service.traces import transaction_number
from eventsapp.feedback.types import FormStatus, Late

KEEP_RETRY_KEYS = timedelta(days=14)
Rows = list[dict[str, Any]]


@transaction
def mix(form_id: int, *, by: Actor, now: datetime) -> int:
    """Move what waits among the results and give its number; raises TooFewToMix.

    A closed form is mixed anew as a whole: late answers come among all the others, and they too
    are never fewer than a batch.
    """
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    if form.status == FormStatus.CLOSED:
        if late := queries.count_answers(form).waiting:
            rules.check_batch(late)
        return _mix_whole(form, by=by, now=now)
    waiting = _take(form, FeedbackInbox)
    rules.check_batch(len(waiting))
    added = _payloads(waiting)
    keep_results(form, [*queries.mixed_payloads(form), *added], added)
    _put(FeedbackResponse, _renamed(waiting))
    _record(form, len(waiting), by=by, now=now)
    return len(waiting)


@transaction
def close_form(form_id: int, *, by: Actor, now: datetime) -> int:
    """Take no more answers, mix them all, and have the last traces erased; gives their number."""
    form, partner = _lock_pair(form_id)
    rules.check_may_change(form, by=by)
    rules.check_open(form)
    form.status = FormStatus.CLOSED
    form.closed_at = now
    forget_papers(form)
    _end_reminders(form)
    audit.record("feedback.closed", subject_of(form), by=by, now=now)
    answers = _mix_whole(form, by=by, now=now)
    if partner is not None and partner.status == FormStatus.CLOSED:
        _match(form, partner)
    return answers


def _end_reminders(form: FeedbackForm) -> None:
    """None goes out any more, and where one stood names somebody who had not answered then."""
    db.session().execute(
        sa.update(FeedbackReminder)
        .where(FeedbackReminder.form_id == form.id)
        .values(reached="", is_done=True)
    )


def _lock_pair(form_id: int) -> tuple[FeedbackForm, FeedbackForm | None]:
    """The form and its partner, always in the same order: two may close at once."""
    form = queries.get_form(form_id)
    partner = partner_of(form)
    locked = {one: lock_form(one) for one in sorted({form_id, partner.id if partner else form_id})}
    return locked[form_id], locked[partner.id] if partner else None


def _match(form: FeedbackForm, partner: FeedbackForm) -> None:
    """Both are closed: count what moved, then forget what belonged together."""
    before, after = sorted((form, partner), key=lambda one: one.purpose, reverse=True)
    earlier, later = _take(before, FeedbackResponse), _take(after, FeedbackResponse)
    keep_change(after, _payloads(earlier), _payloads(later))
    _put(FeedbackResponse, _renamed(unpaired(earlier)))
    _put(FeedbackResponse, _renamed(unpaired(later)))
    destroy_secret(form.workshop_id)


@transaction
def take_late_answers(form_id: int, *, by: Actor, now: datetime) -> FeedbackForm:
    """Hold what comes within two weeks of closing, instead of refusing it."""
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_may_take_late(form, now=now)
    form.late = Late.HOLD
    audit.record("feedback.late_taken", subject_of(form), by=by, now=now)
    return form


@transaction
def forget_lonely_pairs(*, now: datetime) -> None:
    """A form whose partner never closed gives up its answers' keys in the end."""
    long_ago = now - rules.LONGEST_VALIDITY
    closed = sa.select(FeedbackForm).where(
        FeedbackForm.purpose.in_(PARTNER),
        FeedbackForm.status == FormStatus.CLOSED,
        FeedbackForm.closed_at < long_ago,
    )
    for form in db.session().scalars(closed).all():
        if has_secret(form.workshop_id):
            lock_form(form.id)
            _put(FeedbackResponse, _renamed(unpaired(_take(form, FeedbackResponse))))
            destroy_secret(form.workshop_id)
            _erase_traces(form, now=now)


@transaction
def forget_retry_keys(*, now: datetime) -> None:
    """Two weeks after closing no phone will still repeat what it sent."""
    closed = sa.select(FeedbackForm.id).where(
        FeedbackForm.status == FormStatus.CLOSED, FeedbackForm.closed_at < now - KEEP_RETRY_KEYS
    )
    with_keys = (
        sa.select(Invitation.form_id)
        .where(Invitation.form_id.in_(closed), Invitation.retry_mac.is_not(None))
        .distinct()
    )
    for form_id in db.session().scalars(with_keys).all():
        form = lock_form(form_id)
        # Written anew, not updated: an update of some rows would set them apart from the others.
        _put(Invitation, [row | {"retry_mac": None} for row in _take(form, Invitation)])


def _mix_whole(form: FeedbackForm, *, by: Actor, now: datetime) -> int:
    _overwrite_deleted()
    waiting = _take(form, FeedbackInbox)
    answers = [*waiting, *_take(form, FeedbackResponse)]
    keep_results(form, _payloads(answers), _payloads(waiting))
    _put(FeedbackResponse, _renamed(answers))
    _put(Invitation, _take(form, Invitation))
    _erase_traces(form, now=now)
    _record(form, len(answers), by=by, now=now)
    return len(answers)


def _erase_traces(form: FeedbackForm, *, now: datetime) -> None:
    enqueue(
        "feedback.erase_traces",
        {"after": transaction_number()},
        subject=subject_of(form),
        unique_key=f"feedback.erase_traces:{form.id}",
        now=now,
    )


def _overwrite_deleted() -> None:
    """Have SQLite fill with zeros what is deleted from here on."""
    session = db.session()
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.text("PRAGMA secure_delete=ON"))


def _take(form: FeedbackForm, table: type[Base]) -> Rows:
    """All of the form's rows of a table, removed from it."""
    columns = table.__table__.c
    if table is Invitation:
        of_form = columns.form_id == form.id
    else:
        versions = sa.select(FormVersion.id).where(FormVersion.form_id == form.id)
        of_form = columns.form_version_id.in_(versions)
    session = db.session()
    rows = [dict(row) for row in session.execute(sa.select(*columns).where(of_form)).mappings()]
    session.execute(sa.delete(table).where(of_form).execution_options(synchronize_session=False))
    return rows


def _payloads(rows: Rows) -> list[dict[str, Any]]:
    return [row["payload"] for row in rows]


def _renamed(rows: Sequence[Mapping[str, Any]]) -> Rows:
    return [{**row, "rid": new_id()} for row in rows]


def _put(table: type[Base], rows: Rows) -> None:
    """Insert in an order that nobody can know."""
    secrets.SystemRandom().shuffle(rows)
    insert_many(table, rows)


def _record(form: FeedbackForm, answers: int, *, by: Actor, now: datetime) -> None:
    """A count, and nothing about any one answer."""
    audit.record("feedback.mixed", subject_of(form), by=by, now=now, detail={"answers": answers})
