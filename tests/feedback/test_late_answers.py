"""Answers after closing: refused in words, or held until ten wait; never alone, never lost."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import Late, Receipt
from tests.factories.feedback import AFTER, answer, close, make_cards, make_form, submission

LATER = AFTER + timedelta(days=3)
TOO_LATE = AFTER + timedelta(days=15)


@dataclass
class Closed:
    form: FeedbackForm
    codes: tuple[str, ...]


@pytest.fixture
def closed(app: Flask) -> Closed:
    """A closed form with one answer, and cards that nobody has used yet."""
    form = make_form()
    codes = make_cards(form, 12)
    answer(form, codes[0])
    close(form)
    return Closed(form, codes[1:])


def counts(form: FeedbackForm) -> tuple[int, int]:
    found = queries.count_answers(queries.get_form(form.id))
    return found.waiting, found.mixed


def send_late(closed: Closed, count: int) -> None:
    for code in closed.codes[:count]:
        sent = submission(closed.form, code)
        assert service.submit(sent, now=LATER) == Receipt.RECEIVED_LATE


def test_a_late_answer_is_refused_and_spends_nothing_unless_late_ones_are_held(
    closed: Closed,
) -> None:
    sent = submission(closed.form, closed.codes[0])
    with pytest.raises(rules.FormClosed):
        service.submit(sent, now=LATER)
    service.take_late_answers(closed.form.id, by=SYSTEM, now=LATER)
    assert service.submit(sent, now=LATER) == Receipt.RECEIVED_LATE
    assert service.submit(sent, now=LATER) == Receipt.RECEIVED_BEFORE
    assert counts(closed.form) == (1, 1)


def test_fewer_than_ten_late_answers_are_held_and_mixed_by_no_command(closed: Closed) -> None:
    service.take_late_answers(closed.form.id, by=SYSTEM, now=LATER)
    send_late(closed, 9)
    with pytest.raises(rules.TooFewToMix):
        service.mix(closed.form.id, by=SYSTEM, now=LATER)
    service.see_to_forms(by=SYSTEM, now=LATER)
    assert counts(closed.form) == (9, 1)


def test_ten_late_answers_are_mixed_with_all_others(closed: Closed) -> None:
    service.take_late_answers(closed.form.id, by=SYSTEM, now=LATER)
    send_late(closed, 10)
    service.see_to_forms(by=SYSTEM, now=LATER)
    assert counts(closed.form) == (0, 11)
    assert queries.feedback_facts(closed.form.workshop).n == 11


def test_after_two_weeks_late_answers_are_refused_and_none_that_was_held_is_lost(
    closed: Closed,
) -> None:
    service.take_late_answers(closed.form.id, by=SYSTEM, now=LATER)
    send_late(closed, 2)
    with pytest.raises(rules.FormClosed):
        service.submit(submission(closed.form, closed.codes[5]), now=TOO_LATE)
    with pytest.raises(rules.TooLate):
        service.take_late_answers(closed.form.id, by=SYSTEM, now=TOO_LATE)
    service.see_to_forms(by=SYSTEM, now=TOO_LATE)
    assert counts(closed.form) == (2, 1)


def test_holding_can_be_chosen_when_the_form_is_opened(app: Flask) -> None:
    form = make_form(opened=False)
    service.open_form(form.id, late=Late.HOLD, by=SYSTEM, now=AFTER)
    (code,) = make_cards(form, 1)
    with pytest.raises(rules.FormNotOpen):
        service.take_late_answers(form.id, by=SYSTEM, now=AFTER)
    close(form)
    assert service.submit(submission(form, code), now=LATER) == Receipt.RECEIVED_LATE
