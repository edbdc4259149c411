"""Forms: made, handed out in one way or another, opened."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import Texts
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm, Invitation
from eventsapp.feedback.rules.tokens import card_id, code_mac, make_code
from eventsapp.feedback.service.invitations import mail_links
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.service.pairing import partner_of, rights_after
from eventsapp.feedback.service.questions import add_version
from eventsapp.feedback.types import AFTER, BEFORE, Access, FormStatus, Late
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop
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
    template = queries.TEMPLATES.get(template_key)
    if template is None:
        raise NotFound
    workshop = get_workshop(workshop_id)
    return _create(
        workshop, template.key, template.title, template.questions(workshop), access, by=by, now=now
    )


@transaction
def clone_form(workshop_id: int, form_id: int, *, by: Actor, now: datetime) -> FeedbackForm:
    """A form in draft with the questions that another workshop asks.

    Only its words are taken: how the right to answer is handed out is chosen anew.
    """
    rules.check_may_read(by=by)
    source = queries.get_form(form_id)
    questions = queries.questions_of(queries.current_version(source))
    workshop = get_workshop(workshop_id)
    return _create(workshop, source.purpose, source.title, questions, Access.CARDS, by=by, now=now)


def _create(
    workshop: Workshop,
    purpose: str,
    title: Texts,
    questions: Sequence[Question],
    access: Access,
    *,
    by: Actor,
    now: datetime,
) -> FeedbackForm:
    check_may_manage(workshop, by=by)
    rules.check_workshop(workshop)
    if queries.find_form_of(workshop.id, purpose) is not None:
        raise rules.FormExists
    before = queries.find_form_of(workshop.id, BEFORE) if purpose == AFTER else None
    form = FeedbackForm(
        workshop_id=workshop.id,
        purpose=purpose,
        title=title,
        # The same codes open both forms of a pair.
        access=before.access if before else access,
        status=FormStatus.DRAFT,
        card_sheets=[],
        created_at=now,
    )
    db.session().add(form)
    try:
        db.session().flush()
    except sa.exc.IntegrityError as error:
        raise rules.FormExists from error
    add_version(form, 1, questions, now=now)
    audit.record("feedback.form_created", subject_of(form), by=by, now=now)
    return form


@transaction
def choose_access(form_id: int, access: Access, *, by: Actor, now: datetime) -> FeedbackForm:
    """How the right to answer is handed out; final once a card, a mail or the form is out."""
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_access_changeable(form, handed_out=queries.count_answers(form).handed_out)
    if form.purpose == AFTER and partner_of(form) is not None:
        raise rules.AccessFixed
    form.access = access
    audit.record(
        "feedback.access_chosen", subject_of(form), by=by, now=now, detail={"access": access}
    )
    return form


@transaction
def open_form(
    form_id: int,
    *,
    closes_on: date | None = None,
    late: Late = Late.REFUSE,
    by: Actor,
    now: datetime,
) -> FeedbackForm:
    """Take answers from now on, until it is closed or ``closes_on`` (the last day) is over.

    ``late`` says what becomes of answers that come after that.
    """
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
    form.late = late
    expires_on = closes_on or today + rules.LONGEST_VALIDITY
    if form.access == Access.OPEN:
        _add_door(form, expires_on=expires_on)
    if form.purpose == AFTER:
        _pass_on_rights(form, expires_on=expires_on, now=now)
    audit.record("feedback.opened", subject_of(form), by=by, now=now)
    return form


def _pass_on_rights(form: FeedbackForm, *, expires_on: date, now: datetime) -> None:
    """Who could answer before can answer after, by the same code; mailed ones are mailed again."""
    before = partner_of(form)
    rows = rights_after(before, form, expires_on=expires_on) if before else []
    if not rows:
        return
    secrets.SystemRandom().shuffle(rows)
    db.session().execute(sa.insert(Invitation), rows)
    if form.access == Access.PERSONAL:
        mail_links(form, [row["id"] for row in rows], now=now)


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
