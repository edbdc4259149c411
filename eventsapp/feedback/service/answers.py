"""Receiving an answer: once for each right to answer, and without a trace of whose it is."""

from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.db import insert_for, transaction
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackInbox, Invitation
from eventsapp.feedback.queries import Right
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
from eventsapp.feedback.types import Access, Receipt, Submission
from eventsapp.questions.rules import parse_answers

Payload = dict[str, Any]


@transaction
def submit(sent: Submission, *, now: datetime) -> Receipt:
    """Spend the right to answer and keep the answers, together or not at all.

    The same answers sent again (told by their retry key) are received again, even after closing;
    other answers by a code that was used raise AlreadyAnswered. Raises AnswersRefused with
    everything that does not fit, and spends nothing then.

    No audit event, no job, no time: whatever is written here is in a database dump beside the
    person's invitation until the form is closed and everything is mixed. One read and one
    write, or two, on tables: a whole room sends at the same minute.
    """
    right = queries.find_right(sent.code, seen=sent.version_id, hold=True)
    retry_key = sent.retry_key or new_id()
    if not right.is_spent and rules.is_answerable(right, now=now):
        rules.check_version(asked=right.asked.version_id, seen=sent.version_id)
        answers = parse_answers(right.questions, sent.answers_to(right.asked.questions))
        withdrawal = _withdrawal(right, Response(sent.lang, answers), retry_key)
        pair = _pair(right, sent.code)
        payload = {"lang": sent.lang, "answers": answers, **withdrawal, **pair}
        spend_and_keep = _open_and_keep if right.asked.access == Access.OPEN else _spend_and_keep
        if spend_and_keep(right, retry_key, payload):
            is_late = rules.is_taking_late(right, now=now)
            return Receipt.RECEIVED_LATE if is_late else Receipt.RECEIVED
    return _received_before(right, retry_key)


def _pair(right: Right, code: str) -> dict[str, str]:
    """What ties it to the same person's other answer until both forms are closed."""
    plain = read_code(code)
    if plain is None or not is_paired(right.purpose, right.asked.access):
        return {}
    return key_for(right.workshop_id, plain)


def _withdrawal(right: Right, response: Response, retry_key: str) -> dict[str, Any]:
    """What knows the code by which its author takes a consent to be quoted back."""
    key = kept_key("feedback")
    code = withdrawal_code(key, retry_key)
    quoted = quoted_in(right.questions, response)
    return {"withdrawal": {one: withdrawal_mac(key, code, one) for one in quoted}} if quoted else {}


def _spend_and_keep(right: Right, retry_key: str, payload: Payload) -> bool:
    """Whether this call spent the code: one of all that try does, and its answers are kept."""
    spent = {"mac": right.token_mac, "retry": retry_mac(kept_key("feedback"), retry_key)}
    connection = db.session().connection()
    if connection.dialect.name == "postgresql":
        both = connection.execute(_SPEND_AND_KEEP, {**spent, **_inbox_row(right, payload)})
        return both.rowcount == 1
    if connection.execute(_SPEND, spent).rowcount != 1:
        return False
    connection.execute(_KEEP, _inbox_row(right, payload))
    return True


def _open_and_keep(right: Right, retry_key: str, payload: Payload) -> bool:
    """Every answer by an open code gets a spent row of its own, known by its retry key."""
    made = db.session().execute(
        insert_for(Invitation)
        .values(
            id=new_id(),
            form_id=right.form_id,
            token_mac=_open_mac(right, retry_key),
            spent=True,
            expires_on=right.expires_on,
        )
        .on_conflict_do_nothing(index_elements=["token_mac"])
        .returning(Invitation.id)
    )
    if made.scalar_one_or_none() is None:
        return False
    db.session().connection().execute(_KEEP, _inbox_row(right, payload))
    return True


def _inbox_row(right: Right, payload: Payload) -> dict[str, Any]:
    return {"rid": new_id(), "form_version_id": right.asked.version_id, "payload": payload}


def _received_before(right: Right, retry_key: str) -> Receipt:
    """The repeat of an answer that was received; raises what else kept the code from counting."""
    is_open = right.asked.access == Access.OPEN
    mac = _open_mac(right, retry_key) if is_open else right.token_mac
    found = (
        db.session()
        .execute(
            sa.select(Invitation.spent, Invitation.retry_mac).where(Invitation.token_mac == mac)
        )
        .one_or_none()
    )
    if found is None or not found.spent:
        raise rules.FormClosed
    if not is_open and found.retry_mac != retry_mac(kept_key("feedback"), retry_key):
        raise rules.AlreadyAnswered
    return Receipt.RECEIVED_BEFORE


def _open_mac(right: Right, retry_key: str) -> str:
    return open_answer_mac(kept_key("feedback"), right.form_id, retry_key)


_INVITATION, _INBOX = (cast("sa.Table", model.__table__) for model in (Invitation, FeedbackInbox))
_SPEND = (
    sa.update(_INVITATION)
    .where(_INVITATION.c.token_mac == sa.bindparam("mac"), sa.not_(_INVITATION.c.spent))
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
