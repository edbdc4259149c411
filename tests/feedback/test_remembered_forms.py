"""A process remembers the form that a room answers; what changed since then always counts."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox, FormVersion
from eventsapp.feedback.types import Receipt
from eventsapp.workshops.models import Workshop
from tests.factories.feedback import AFTER, DURING, answer, make_cards, make_form, submission

CHANGES: list[tuple[type[Any], dict[str, Any]]] = [
    (FeedbackForm, {"status": "closed", "closed_at": AFTER}),
    (FeedbackForm, {"late": "hold"}),
    (FeedbackForm, {"closes_on": date(2022, 2, 8)}),
    (FeedbackForm, {"closes_on": date(2022, 12, 31)}),
    (FeedbackForm, {"closed_at": datetime(2022, 1, 1, tzinfo=UTC)}),
    (FeedbackForm, {"access": "open"}),
    (FeedbackForm, {"purpose": "daily"}),
    (FormVersion, {"questions": []}),
    (Workshop, {"timezone": "Pacific/Kiritimati"}),
]


def change(model: type[Any], values: dict[str, Any]) -> None:
    """Behind the back of this process, as another one does it."""
    with db.db.engine.begin() as connection:
        connection.execute(sa.update(model.__table__).values(**values))


def waiting() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(FeedbackInbox)) or 0


def send_by_memory(form: FeedbackForm, code: str) -> Receipt | None:
    """The short way alone, with what is remembered now."""
    sent = submission(form, code)
    known = queries.remembered_form(sent.version_id)
    assert known is not None
    return service.answers._receive_as_remembered(known, sent, now=DURING)


@pytest.mark.parametrize(("model", "values"), CHANGES)
def test_nothing_is_kept_by_what_is_remembered_of_a_form_that_has_changed(
    app: Flask, model: type[Any], values: dict[str, Any]
) -> None:
    form = make_form()
    first, second, third = make_cards(form, 3)
    answer(form, first)
    # The control: of a form that stands as it did, the short way keeps an answer.
    assert send_by_memory(form, second) == Receipt.RECEIVED
    sent = submission(form, third)
    known = queries.remembered_form(sent.version_id)
    assert known is not None
    db.session().rollback()
    change(model, values)
    assert service.answers._receive_as_remembered(known, sent, now=DURING) is None
    assert waiting() == 2


def test_a_form_that_another_process_has_closed_takes_no_more_answers(app: Flask) -> None:
    form = make_form()
    first, second = make_cards(form, 2)
    answer(form, first)
    sent = submission(form, second)
    db.session().rollback()
    change(FeedbackForm, {"status": "closed", "closed_at": AFTER})
    with pytest.raises(rules.FormClosed):
        service.submit(sent, now=DURING)
    assert waiting() == 1


def test_a_code_of_another_form_is_not_spent_by_what_is_remembered_of_this_one(
    app: Flask,
) -> None:
    form, other = make_form(), make_form()
    (code,) = make_cards(form, 1)
    (of_other,) = make_cards(other, 1)
    answer(form, code)
    assert send_by_memory(form, of_other) is None
    assert answer(other, of_other) == Receipt.RECEIVED


def test_a_code_that_has_run_out_is_refused_though_the_form_is_remembered_as_open(
    app: Flask,
) -> None:
    form = make_form()
    first, second = make_cards(form, 2)
    answer(form, first)
    long_after = datetime(2030, 1, 1, tzinfo=UTC)
    with pytest.raises(rules.FormClosed):
        service.submit(submission(form, second), now=long_after)
    assert waiting() == 1
