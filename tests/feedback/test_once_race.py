"""Fifty simultaneous posts of one code, and answers that arrive while a form is being closed."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.core.errors import Refused
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackInbox, Invitation
from eventsapp.feedback.queries import seen
from eventsapp.feedback.rules.tokens import new_id
from eventsapp.feedback.types import Submission
from tests.factories.feedback import AFTER, DURING, make_cards, make_form, submission
from tests.factories.races import at_once

CLIENTS = 50


def outcomes(results: list[object]) -> Counter[object]:
    """How often each came out; a refusal by its code."""
    return Counter(one.code if isinstance(one, Refused) else one for one in results)


def submitting(sent: Submission) -> Callable[[], object]:
    return lambda: service.submit(sent, now=DURING)


def waiting() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(FeedbackInbox)) or 0


def test_of_fifty_posts_of_one_code_one_is_kept(app: Flask) -> None:
    form = make_form()
    (code,) = make_cards(form, 1)
    sent = [replace(submission(form, code), retry_key=new_id()) for _ in range(CLIENTS)]
    results = at_once(app, [submitting(one) for one in sent])
    assert outcomes(results) == {"received": 1, "already_answered": CLIENTS - 1}
    assert waiting() == 1


def test_of_fifty_posts_of_one_answer_one_is_kept_and_all_are_received(app: Flask) -> None:
    form = make_form()
    (code,) = make_cards(form, 1)
    sent = submission(form, code)
    results = at_once(app, [submitting(sent)] * CLIENTS)
    assert outcomes(results) == {"received": 1, "received_before": CLIENTS - 1}
    assert waiting() == 1


def test_without_the_conditional_update_more_than_one_is_kept(app: Flask) -> None:
    """The control: looking first and spending afterwards lets several through."""
    form = make_form()
    make_cards(form, 1)
    version_id = queries.current_version(form).id
    looked = threading.Barrier(2)

    def check_then_insert() -> bool:
        with db.db.engine.connect() as connection:
            is_spent = connection.scalar(sa.select(Invitation.spent))
        looked.wait(10)
        return not is_spent and insert(version_id)

    assert at_once(app, [check_then_insert] * 2) == [True, True]
    assert waiting() == 2


@transaction
def insert(version_id: int) -> bool:
    session = db.session()
    session.execute(sa.update(Invitation).values(spent=True))
    session.add(FeedbackInbox(rid=new_id(), form_version_id=version_id, payload={}))
    return True


@pytest.mark.parametrize("is_remembered", [True, False])
def test_answers_that_meet_the_closing_are_mixed_or_refused_and_never_left_behind(
    app: Flask, is_remembered: bool
) -> None:
    form = make_form()
    form_id = form.id
    codes = make_cards(form, 12)
    if is_remembered:
        queries.find_right(codes[0])
    else:
        seen._remembered.clear()
    sent = [submission(form, code) for code in codes]
    results = at_once(
        app,
        [
            *(submitting(one) for one in sent[:6]),
            lambda: service.close_form(form_id, by=SYSTEM, now=AFTER),
            *(submitting(one) for one in sent[6:]),
        ],
    )
    received = outcomes(results)["received"]
    found = queries.count_answers(queries.get_form(form_id))
    assert (found.waiting, found.mixed) == (0, received)
    assert received + outcomes(results)["form_closed"] == len(codes)
