"""The questions of a form: written, moved, doubled, removed and put back.

Every change goes through ``replace_questions``, which decides whether a new version is due.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound, Stale
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm, FormVersion
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.types import FormStatus
from eventsapp.questions.rules import check_questions
from eventsapp.questions.types import Question, new_question_key

MOST_REMOVED = 10


@transaction
def replace_questions(
    form_id: int, questions: Sequence[Question], *, version: int = 0, by: Actor, now: datetime
) -> FormVersion:
    """Ask these questions from now on; with ``version``, only if nobody changed the form since.

    A draft is changed in place. Once a form was opened it gets a new version, and a question
    that was asked keeps its type and its answers' keys: results are put together by them.
    """
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_editable(form)
    if version and version != form.version:
        raise Stale
    check_questions(questions)
    current = queries.current_version(form)
    if form.status == FormStatus.DRAFT:
        current.questions = [question.to_json() for question in questions]
    else:
        rules.check_still_comparable(queries.questions_ever_asked(form), questions)
        current = add_version(form, current.number + 1, questions, now=now)
    # The form's own row counts changes of its questions too.
    flag_modified(form, "title")
    audit.record(
        "feedback.questions_changed",
        subject_of(form),
        by=by,
        now=now,
        detail={"version": current.number, "questions": [q.key for q in questions]},
    )
    return current


@transaction
def change_question(
    form_id: int, question: Question, *, version: int = 0, by: Actor, now: datetime
) -> FormVersion:
    """Put the question in the place of the one with its key, or at the end where there is none."""

    def put(asked: list[Question]) -> None:
        places = [place for place, known in enumerate(asked) if known.key == question.key]
        if places:
            asked[places[0]] = question
        else:
            asked.append(question)

    return _rearrange(form_id, put, version=version, by=by, now=now)


@transaction
def move_question(
    form_id: int,
    key: str,
    *,
    steps: int = 0,
    to: int | None = None,
    version: int = 0,
    by: Actor,
    now: datetime,
) -> FormVersion:
    """Ask a question earlier (negative ``steps``) or later, or at the place ``to``, from 0.

    Past either end it stays there.
    """

    def move(asked: list[Question]) -> None:
        place = _place_of(asked, key)
        question = asked.pop(place)
        asked.insert(max(0, place + steps if to is None else to), question)

    return _rearrange(form_id, move, version=version, by=by, now=now)


@transaction
def duplicate_question(
    form_id: int, key: str, *, version: int = 0, by: Actor, now: datetime
) -> Question:
    """Ask the same once more, right after it, under a key of its own; gives the copy."""
    copy: list[Question] = []

    def double(asked: list[Question]) -> None:
        place = _place_of(asked, key)
        copy.append(replace(asked[place], key=new_question_key()))
        asked.insert(place + 1, copy[0])

    _rearrange(form_id, double, version=version, by=by, now=now)
    return copy[0]


@transaction
def remove_question(
    form_id: int, key: str, *, version: int = 0, by: Actor, now: datetime
) -> FormVersion:
    """Ask it no more; answers that were given to it stay in the results.

    The last few that were removed can be put back, to where they stood.
    """
    removed: list[dict[str, Any]] = []

    def remove(asked: list[Question]) -> None:
        place = _place_of(asked, key)
        removed.append({"place": place, "question": asked.pop(place).to_json()})

    current = _rearrange(form_id, remove, version=version, by=by, now=now)
    form = queries.get_form(form_id)
    form.removed_questions = [*removed, *_others(form, key)][:MOST_REMOVED]
    return current


@transaction
def put_back_question(
    form_id: int, key: str, *, version: int = 0, by: Actor, now: datetime
) -> FormVersion:
    """Ask a question again that was removed."""
    form = queries.get_form(form_id)
    found = next((one for one in form.removed_questions if one["question"]["key"] == key), None)
    if found is None:
        raise NotFound
    question = Question.from_json(found["question"])
    current = _rearrange(
        form_id,
        lambda asked: asked.insert(found["place"], question),
        version=version,
        by=by,
        now=now,
    )
    form.removed_questions = _others(form, key)
    return current


def add_version(
    form: FeedbackForm, number: int, questions: Sequence[Question], *, now: datetime
) -> FormVersion:
    check_questions(questions)
    version = FormVersion(
        form_id=form.id,
        number=number,
        questions=[question.to_json() for question in questions],
        created_at=now,
    )
    db.session().add(version)
    db.session().flush()
    return version


def _rearrange(
    form_id: int,
    change: Callable[[list[Question]], None],
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> FormVersion:
    """The current questions after ``change``, read under the form's lock."""
    form = lock_form(form_id)
    asked = list(queries.questions_of(queries.current_version(form)))
    change(asked)
    return replace_questions(form_id, asked, version=version, by=by, now=now)


def _others(form: FeedbackForm, key: str) -> list[dict[str, Any]]:
    return [one for one in form.removed_questions if one["question"]["key"] != key]


def _place_of(asked: Sequence[Question], key: str) -> int:
    for place, question in enumerate(asked):
        if question.key == key:
            return place
    raise NotFound
