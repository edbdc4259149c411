"""The workshop's own registration questions: what is asked, and the end of what was answered."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import list_answered, setup_of, workshops_with_answers
from eventsapp.attendance.rules import registering
from eventsapp.attendance.rules.own_fields import check_answers, kept_answers
from eventsapp.attendance.service.deciding import change_setup
from eventsapp.attendance.service.seats import lock_registration
from eventsapp.attendance.types import OwnField, Setup
from eventsapp.core import audit, db
from eventsapp.core.actor import SYSTEM, Actor
from eventsapp.core.db import transaction
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import lock_workshop


@transaction
def keep_field(
    workshop_id: int, field: OwnField, *, version: int, by: Actor, now: datetime
) -> Setup:
    """Add a question, or change the words of one that is asked already."""
    setup = setup_of(workshop_id)
    key = field.question.key
    known = {one.question.key for one in setup.fields}
    fields = tuple(field if one.question.key == key else one for one in setup.fields)
    whole = fields if key in known else (*fields, field)
    return change_setup(workshop_id, replace(setup, fields=whole, version=version), by=by, now=now)


@transaction
def remove_field(workshop_id: int, key: str, *, version: int, by: Actor, now: datetime) -> Setup:
    """Ask a question no more, and erase what was answered to it."""
    setup = setup_of(workshop_id)
    fields = tuple(one for one in setup.fields if one.question.key != key)
    changed = change_setup(
        workshop_id, replace(setup, fields=fields, version=version), by=by, now=now
    )
    _erase(
        workshop_id, lambda answers: {k: v for k, v in answers.items() if k != key}, by=by, now=now
    )
    return changed


@transaction
def answer_fields(
    registration_id: int, raw: Mapping[str, Any], *, by: Actor, now: datetime
) -> Registration:
    """Correct what somebody answered; raises AnswersRefused."""
    registration = lock_registration(registration_id)
    registering.check_may_act(registration, by=by)
    answers = check_answers(setup_of(registration.workshop_id).fields, raw)
    registration.answers = answers
    audit.record("registration.answered", f"registration:{registration.id}", by=by, now=now)
    return registration


@transaction
def erase_answers(registration_id: int, *, by: Actor, now: datetime) -> Registration:
    """Erase what somebody answered to the workshop's own questions, at whoever's wish."""
    registration = lock_registration(registration_id)
    registering.check_may_act(registration, by=by)
    registration.answers = {}
    audit.record("registration.answers_erased", f"registration:{registration.id}", by=by, now=now)
    return registration


def erase_due_answers(*, now: datetime) -> int:
    """Erase every answer that was kept as long as was promised, a workshop at a time; how many
    registrations lost some. Interrupted, it can simply run again."""
    return sum(_erase_due(workshop_id, now=now) for workshop_id in workshops_with_answers())


@transaction
def _erase_due(workshop_id: int, *, now: datetime) -> int:
    workshop = db.get(Workshop, workshop_id)
    fields = setup_of(workshop_id).fields
    return _erase(
        workshop_id,
        lambda answers: kept_answers(fields, answers, workshop, now=now),
        by=SYSTEM,
        now=now,
    )


def _erase(
    workshop_id: int,
    keep: Callable[[Mapping[str, Any]], dict[str, Any]],
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Cut each registration's answers down to what ``keep`` leaves of them."""
    lock_workshop(workshop_id)
    changed = 0
    for registration in list_answered(workshop_id):
        kept = keep(registration.answers)
        if kept != registration.answers:
            registration.answers = kept
            changed += 1
    if changed:
        audit.record(
            "registration.answers_erased",
            f"workshop:{workshop_id}",
            by=by,
            now=now,
            detail={"count": changed},
        )
    return changed
