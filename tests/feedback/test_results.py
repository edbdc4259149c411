"""What a form came to, as pages and reports receive it."""

import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.feedback import queries, service
from eventsapp.feedback.types import ConsentedQuote, FeedbackFacts
from tests.factories.attendance import register
from tests.factories.feedback import (
    ANSWERS,
    DURING,
    answer,
    attended,
    close,
    make_cards,
    make_form,
)
from tests.factories.workshops import make_workshop


def quote(text: str, by: str, named: str = "") -> dict[str, object]:
    return {"text": text, "may_quote": True, "by": by, "named": named}


def test_a_workshop_without_a_form_has_no_results(app: Flask) -> None:
    assert queries.feedback_facts(make_workshop()) == FeedbackFacts(
        n=0, waiting=0, handed_out=0, attended=0, response_rate=None, is_closed=False
    )


def test_while_the_form_is_open_only_a_count_is_known(app: Flask) -> None:
    form = make_form()
    for code in make_cards(form, 12):
        answer(form, code)
    found = queries.feedback_facts(form.workshop, smallest=1)
    assert (found.n, found.waiting, found.handed_out) == (0, 12, 12)
    assert [result.n for result in found.questions] == [0] * len(found.questions)
    assert queries.written_texts(form, smallest=1) == ()


def test_the_response_rate_counts_answers_among_those_who_attended(app: Flask) -> None:
    workshop = make_workshop()
    for _ in range(4):
        attended(register(workshop))
    register(workshop)
    form = make_form(workshop)
    codes = make_cards(form, 10)
    for code in codes[:3]:
        answer(form, code)
    assert queries.feedback_facts(workshop).response_rate == 0.75
    for code in codes[3:5]:
        answer(form, code)
    assert queries.feedback_facts(workshop).response_rate is None


def test_means_and_shares_come_from_the_whole_distribution(app: Flask) -> None:
    form = make_form()
    points = ["5"] * 6 + ["4"] * 3 + ["2"]
    for code, point in zip(make_cards(form, 10), points, strict=True):
        answer(form, code, answers=ANSWERS | {"usefulness": point})
    close(form)
    facts = queries.feedback_facts(form.workshop)
    assert facts.may_be_published
    found = facts.question("usefulness")
    assert found is not None
    assert [(key, count) for key, _, count in found.distribution] == [
        ("1", 0),
        ("2", 1),
        ("3", 0),
        ("4", 3),
        ("5", 6),
    ]
    assert (found.n, found.mean, found.share_positive) == (10, 4.4, 0.9)


@pytest.mark.parametrize("count", [9, 10])
def test_results_are_published_from_ten_answers_of_a_closed_form(app: Flask, count: int) -> None:
    form = make_form()
    for code in make_cards(form, count):
        answer(form, code)
    assert not queries.feedback_facts(form.workshop).may_be_published
    close(form)
    assert queries.feedback_facts(form.workshop).may_be_published is (count == 10)


def test_only_texts_with_consent_are_quotes_and_only_once_the_form_is_closed(app: Flask) -> None:
    form = make_form()
    comments = [
        ({"text": "Say nothing of this."}, "en"),
        (quote("Très clair.", "role", "Une formatrice"), "fr"),
        (quote("شكرًا", "none"), "ar"),
        *[({"text": f"Text {n}"}, "en") for n in range(7)],
    ]
    for code, (comment, lang) in zip(make_cards(form, 10), comments, strict=True):
        answer(form, code, answers=ANSWERS | {"comment": comment}, lang=lang)
    service.mix(form.id, by=SYSTEM, now=DURING)
    assert queries.feedback_facts(form.workshop).quotes == ()
    close(form)
    assert set(queries.feedback_facts(form.workshop).quotes) == {
        ConsentedQuote("Très clair.", "fr", "Une formatrice"),
        ConsentedQuote("شكرًا", "ar", ""),
    }


def test_texts_are_read_inside_each_question_in_an_order_of_its_own(app: Flask) -> None:
    form = make_form()
    written = [f"Text {n}" for n in range(8)]
    for code, text in zip(make_cards(form, 8), written, strict=True):
        answer(form, code, answers=ANSWERS | {"comment": text})
    close(form)
    (found,) = queries.written_texts(form)
    assert (found.question.key, found.total) == ("comment", 8)
    assert sorted(text.text for text in found.texts) == written
    assert queries.written_texts(form, smallest=9) == ()
