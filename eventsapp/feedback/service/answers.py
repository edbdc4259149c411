"""Receiving an answer: once for each right to answer, and without a trace of whose it is."""

from datetime import date, datetime

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.db import insert_for, transaction
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox, FormVersion, Invitation
from eventsapp.feedback.rules.tokens import (
    code_mac,
    new_id,
    open_answer_mac,
    read_code,
    retry_mac,
)
from eventsapp.feedback.types import Access, Receipt, Submission
from eventsapp.questions.rules import parse_answers


@transaction
def submit(sent: Submission, *, now: datetime) -> Receipt:
    """Spend the right to answer and keep the answers, together or not at all.

    The same answers sent again (told by their retry key) are received again, even after closing;
    other answers by a code that was used raise AlreadyAnswered. Raises AnswersRefused with
    everything that does not fit, and spends nothing then.

    No audit event, no job, no time: whatever is written here is in a database dump beside the
    person's invitation until the form is closed and everything is mixed.
    """
    code = read_code(sent.code)
    if code is None:
        raise rules.UnknownCode
    form, expires_on = _form_of(code)
    spend = _spend_open if form.access == Access.OPEN else _spend
    if not spend(form, code, sent.retry_key or new_id()):
        return Receipt.RECEIVED_BEFORE
    rules.check_takes_answers(form, expires_on=expires_on, now=now)
    version = rules.check_version(form, db.session().get(FormVersion, sent.version_id))
    answers = parse_answers(queries.questions_of(version), sent.answers)
    db.session().add(
        FeedbackInbox(
            rid=new_id(),
            form_version_id=version.id,
            payload={"lang": sent.lang, "answers": answers},
        )
    )
    return Receipt.RECEIVED


def _form_of(code: str) -> tuple[FeedbackForm, date]:
    """The code's form and last day; the form is held open until the end: closing waits for it."""
    found = (
        db.session()
        .execute(
            sa.select(FeedbackForm, Invitation.expires_on)
            .join(Invitation, Invitation.form_id == FeedbackForm.id)
            .where(Invitation.token_mac == code_mac(kept_key("feedback"), code))
            .with_for_update(read=True, of=FeedbackForm)
            .execution_options(populate_existing=True)
        )
        .one_or_none()
    )
    if found is None:
        raise rules.UnknownCode
    form, expires_on = found
    return form, expires_on


def _spend(_form: FeedbackForm, code: str, retry_key: str) -> bool:
    """Whether this call spent the code; False for a repeat. Raises AlreadyAnswered otherwise."""
    key = kept_key("feedback")
    mac, retry = code_mac(key, code), retry_mac(key, retry_key)
    spent = db.session().execute(
        sa.update(Invitation)
        .where(Invitation.token_mac == mac, sa.not_(Invitation.spent))
        .values(spent=True, retry_mac=retry)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    if spent.scalar_one_or_none() is not None:
        return True
    known = db.session().scalar(sa.select(Invitation.retry_mac).where(Invitation.token_mac == mac))
    if known != retry:
        raise rules.AlreadyAnswered
    return False


def _spend_open(form: FeedbackForm, _code: str, retry_key: str) -> bool:
    """Every answer by an open code gets a spent row of its own, known by its retry key."""
    made = db.session().execute(
        insert_for(Invitation)
        .values(
            id=new_id(),
            form_id=form.id,
            registration_id=None,
            token_mac=open_answer_mac(kept_key("feedback"), form.id, retry_key),
            spent=True,
            retry_mac=None,
            expires_on=sa.select(sa.func.min(Invitation.expires_on))
            .where(Invitation.form_id == form.id)
            .scalar_subquery(),
        )
        .on_conflict_do_nothing(index_elements=["token_mac"])
        .returning(Invitation.id)
    )
    return made.scalar_one_or_none() is not None
