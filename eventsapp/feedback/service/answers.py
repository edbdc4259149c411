"""Receiving an answer: once for each right to answer, and without a trace of whose it is."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.dates import day_in
from eventsapp.core.db import insert_for, transaction
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackInbox, Invitation
from eventsapp.feedback.queries import FormSeen, Right
from eventsapp.feedback.rules.counting import Response, quoted_in
from eventsapp.feedback.rules.pairing import is_paired
from eventsapp.feedback.rules.tokens import (
    new_id,
    open_answer_mac,
    read_code,
    retry_mac,
    withdrawal_code,
    withdrawal_mac,
)
from eventsapp.feedback.service.pairing import key_for
from eventsapp.feedback.types import Access, MoreToAsk, Receipt, Submission
from eventsapp.questions.rules import parse_answers
from eventsapp.questions.types import AnswersRefused

Payload = dict[str, Any]


def submit(sent: Submission, *, now: datetime) -> Receipt:
    """Spend the right to answer and keep the answers, together or not at all.

    The same answers sent again (told by their retry key) are received again, even after closing;
    other answers by a code that was used raise AlreadyAnswered. Raises AnswersRefused with
    everything that does not fit, and spends nothing then.

    No audit event, no job, no time: whatever is written here is in a database dump beside the
    person's invitation until the form is closed and everything is mixed. A whole room sends at
    the same minute: where the process remembers the form, keeping an answer is one statement, or
    two where the database cannot write twice in one.
    """
    sent = replace(sent, retry_key=sent.retry_key or new_id())
    known = queries.remembered_form(sent.version_id)
    receipt = _receive_as_remembered(known, sent, now=now) if known is not None else None
    return receipt or _receive(sent, now=now)


@transaction
def _receive_as_remembered(form: FormSeen, sent: Submission, *, now: datetime) -> Receipt | None:
    """None where nothing was kept: only a look at the code and the form tells why."""
    if form.asked.access == Access.OPEN or not rules.is_answerable(form, now=now):
        return None
    try:
        payload = _payload(form, sent)
    except (AnswersRefused, MoreToAsk):
        return None
    return _receipt(form, now=now) if _spend_and_keep(form, sent, payload, now=now) else None


@transaction
def _receive(sent: Submission, *, now: datetime) -> Receipt:
    right = queries.find_right(sent.code, seen=sent.version_id, hold=True)
    form = right.form
    if not right.is_spent and rules.is_answerable(right, now=now):
        rules.check_version(asked=form.asked.version_id, seen=sent.version_id)
        payload = _payload(form, sent)
        if form.asked.access == Access.OPEN:
            is_kept = _open_and_keep(right, sent, payload)
        else:
            is_kept = _spend_and_keep(form, sent, payload, now=now)
        if is_kept:
            return _receipt(form, now=now)
    return _received_before(right, sent)


def _receipt(form: FormSeen, *, now: datetime) -> Receipt:
    return Receipt.RECEIVED_LATE if rules.is_taking_late(form, now=now) else Receipt.RECEIVED


def _payload(form: FormSeen, sent: Submission) -> Payload:
    """What is stored of an answer; raises AnswersRefused."""
    answers = parse_answers(form.questions, sent.answers_to(form.asked.questions))
    withdrawal = _withdrawal(form, Response(sent.lang, answers), sent.retry_key)
    return {"lang": sent.lang, "answers": answers, **withdrawal, **_pair(form, sent.code)}


def _pair(form: FormSeen, code: str) -> dict[str, str]:
    """What ties it to the same person's other answer until both forms are closed."""
    plain = read_code(code)
    if plain is None or not is_paired(form.purpose, form.asked.access):
        return {}
    return key_for(form.workshop_id, plain)


def _withdrawal(form: FormSeen, response: Response, retry_key: str) -> dict[str, Any]:
    """What knows the code by which its author takes a consent to be quoted back."""
    quoted = quoted_in(form.questions, response)
    if not quoted:
        return {}
    key = kept_key("feedback")
    code = withdrawal_code(key, retry_key)
    return {"withdrawal": {one: withdrawal_mac(key, code, one) for one in quoted}}


def _spend_and_keep(form: FormSeen, sent: Submission, payload: Payload, *, now: datetime) -> bool:
    """Whether this call spent the code: one of all that try does, and its answers are kept."""
    is_late = rules.is_taking_late(form, now=now)
    spent = {
        **queries.macs(sent.code),
        **queries.facts_of(form),
        "retry": retry_mac(kept_key("feedback"), sent.retry_key),
        "holds_on": date.min if is_late else day_in(form.timezone, now=now),
    }
    connection = db.session().connection()
    if connection.dialect.name == "postgresql":
        both = connection.execute(_SPEND_AND_KEEP, {**spent, **_inbox_row(form, payload)})
        return both.rowcount == 1
    if connection.execute(_SPEND, spent).rowcount != 1:
        return False
    connection.execute(_KEEP, _inbox_row(form, payload))
    return True


def _open_and_keep(right: Right, sent: Submission, payload: Payload) -> bool:
    """Every answer by an open code gets a spent row of its own, known by its retry key."""
    made = db.session().execute(
        insert_for(Invitation)
        .values(
            id=new_id(),
            form_id=right.form.form_id,
            token_mac=_open_mac(right, sent),
            spent=True,
            expires_on=right.expires_on,
        )
        .on_conflict_do_nothing(index_elements=["token_mac"])
        .returning(Invitation.id)
    )
    if made.scalar_one_or_none() is None:
        return False
    db.session().connection().execute(_KEEP, _inbox_row(right.form, payload))
    return True


def _inbox_row(form: FormSeen, payload: Payload) -> dict[str, Any]:
    return {"rid": new_id(), "form_version_id": form.asked.version_id, "payload": payload}


def _received_before(right: Right, sent: Submission) -> Receipt:
    """The repeat of an answer that was received; raises what else kept the code from counting."""
    is_open = right.form.asked.access == Access.OPEN
    mac = _open_mac(right, sent) if is_open else right.token_mac
    found = (
        db.session()
        .execute(
            sa.select(Invitation.spent, Invitation.retry_mac).where(Invitation.token_mac == mac)
        )
        .one_or_none()
    )
    if found is None or not found.spent:
        raise rules.FormClosed
    if not is_open and found.retry_mac != retry_mac(kept_key("feedback"), sent.retry_key):
        raise rules.AlreadyAnswered
    return Receipt.RECEIVED_BEFORE


def _open_mac(right: Right, sent: Submission) -> str:
    return open_answer_mac(kept_key("feedback"), right.form.form_id, sent.retry_key)


_INVITATION, _INBOX = (cast("sa.Table", model.__table__) for model in (Invitation, FeedbackInbox))
# The form is proved, and held, before the row of the invitation is.
_SPEND = (
    sa.update(_INVITATION)
    .where(
        _INVITATION.c.token_mac.in_((sa.bindparam("mac"), sa.bindparam("later_mac"))),
        _INVITATION.c.form_id == sa.bindparam("seen_form_id"),
        _INVITATION.c.expires_on >= sa.bindparam("holds_on"),
        sa.not_(_INVITATION.c.spent),
        queries.stands_so(),
    )
    .values(spent=True, retry_mac=sa.bindparam("retry"))
)
_KEEP = sa.insert(_INBOX)


def _in_one() -> sa.Insert:
    """Both at once, where a statement may write within another: a room waits for each round."""
    spent = _SPEND.returning(sa.true().label("done")).cte("spent")
    names = ("rid", "form_version_id", "payload")
    row = (sa.bindparam(name, type_=_INBOX.c[name].type) for name in names)
    both = sa.insert(_INBOX).from_select(names, sa.select(*row).select_from(spent))
    return both.execution_options(preserve_rowcount=True)


_SPEND_AND_KEEP = _in_one()
