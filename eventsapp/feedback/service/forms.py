"""Forms and their questions."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound, Stale
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm, FormVersion, Invitation
from eventsapp.feedback.rules.tokens import card_id, code_mac, make_code
from eventsapp.feedback.types import Access, FormStatus
from eventsapp.questions.rules import check_questions
from eventsapp.questions.types import Question
from eventsapp.workshops.queries import get_workshop
from eventsapp.workshops.rules import check_may_manage


@transaction
def create_form(
    workshop_id: int,
    template_key: str,
    *,
    access: Access = Access.CARDS,
    by: Actor,
    now: datetime,
) -> FeedbackForm:
    """A form in draft with the template's questions, made for this workshop."""
    workshop = get_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    rules.check_workshop(workshop)
    template = queries.TEMPLATES.get(template_key)
    if template is None:
        raise NotFound
    if queries.find_form_of(workshop_id, template.key) is not None:
        raise rules.FormExists
    form = FeedbackForm(
        workshop_id=workshop_id,
        purpose=template.key,
        title=template.title,
        access=access,
        status=FormStatus.DRAFT,
        card_sheets=[],
        created_at=now,
    )
    db.session().add(form)
    db.session().flush()
    _add_version(form, 1, template.questions(workshop), now=now)
    audit.record("feedback.form_created", subject_of(form), by=by, now=now)
    return form


@transaction
def choose_access(form_id: int, access: Access, *, by: Actor, now: datetime) -> FeedbackForm:
    """How the right to answer is handed out; final once a card, a mail or the form is out."""
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_access_changeable(form, handed_out=queries.count_answers(form).handed_out)
    form.access = access
    audit.record(
        "feedback.access_chosen", subject_of(form), by=by, now=now, detail={"access": access}
    )
    return form


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
        rules.check_still_comparable(queries.questions_of(current), questions)
        current = _add_version(form, current.number + 1, questions, now=now)
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
    asked = list(queries.questions_of(queries.current_version(queries.get_form(form_id))))
    places = [place for place, known in enumerate(asked) if known.key == question.key]
    if places:
        asked[places[0]] = question
    else:
        asked.append(question)
    return replace_questions(form_id, asked, version=version, by=by, now=now)


@transaction
def move_question(
    form_id: int, key: str, *, steps: int, version: int = 0, by: Actor, now: datetime
) -> FormVersion:
    """Ask a question earlier (negative ``steps``) or later; past either end it stays there."""
    asked = list(queries.questions_of(queries.current_version(queries.get_form(form_id))))
    place = _place_of(asked, key)
    question = asked.pop(place)
    asked.insert(max(0, place + steps), question)
    return replace_questions(form_id, asked, version=version, by=by, now=now)


@transaction
def remove_question(
    form_id: int, key: str, *, version: int = 0, by: Actor, now: datetime
) -> FormVersion:
    """Ask it no more; answers that were given to it stay in the results."""
    asked = list(queries.questions_of(queries.current_version(queries.get_form(form_id))))
    asked.pop(_place_of(asked, key))
    return replace_questions(form_id, asked, version=version, by=by, now=now)


@transaction
def open_form(
    form_id: int, *, closes_on: date | None = None, by: Actor, now: datetime
) -> FeedbackForm:
    """Take answers from now on, until it is closed or ``closes_on`` (the last day) is over."""
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_workshop(form.workshop)
    rules.check_draft(form)
    today = rules.today_of(form.workshop, now=now)
    rules.check_closing_day(closes_on, today=today)
    if not queries.current_version(form).questions:
        raise rules.NoQuestions
    form.status = FormStatus.OPEN
    form.closes_on = closes_on
    if form.access == Access.OPEN:
        _add_door(form, expires_on=closes_on or today + rules.LONGEST_VALIDITY)
    audit.record("feedback.opened", subject_of(form), by=by, now=now)
    return form


def lock_form(form_id: int) -> FeedbackForm:
    """The form, against whoever wants to change or close it at the same time."""
    form = db.session().scalar(
        sa.select(FeedbackForm)
        .where(FeedbackForm.id == form_id)
        .with_for_update(of=FeedbackForm)
        .execution_options(populate_existing=True)
    )
    if form is None:
        raise NotFound
    return form


def subject_of(form: FeedbackForm) -> str:
    return f"feedback_form:{form.id}"


def _add_version(
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


def _place_of(asked: Sequence[Question], key: str) -> int:
    for place, question in enumerate(asked):
        if question.key == key:
            return place
    raise NotFound


def _add_door(form: FeedbackForm, *, expires_on: date) -> None:
    """The one code of an open form; it is never spent."""
    key = kept_key("feedback")
    door = card_id(key, form.id, *queries.DOOR)
    db.session().add(
        Invitation(
            id=door,
            form_id=form.id,
            token_mac=code_mac(key, make_code(key, door)),
            spent=False,
            expires_on=expires_on,
        )
    )
