"""The form as somebody without scripts, account or cookie meets it."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.types import Access
from eventsapp.feedback.views.guessing import MOST_WRONG, guesses
from eventsapp.questions.rules import TYPES
from eventsapp.questions.types import Condition
from tests.factories.browsing import Browser
from tests.factories.feedback import DURING, make_cards, make_form
from tests.factories.workshops import make_user, sign_in
from tests.pages import hidden_fields, text_of


@pytest.fixture(autouse=True)
def during_the_workshop() -> Iterator[None]:
    with time_machine.travel(DURING):
        yield


@pytest.fixture
def form(site: Flask) -> Iterator[FeedbackForm]:
    with site.app_context():
        guesses._wrong.clear()
        yield make_form()
        db.db.session.remove()


def code_of(form: FeedbackForm) -> str:
    return written(make_cards(form, 1)[0])


def post(site: Flask, **fields: Any) -> TestResponse:
    return site.test_client().post("/f/", data=fields)


def opened(site: Flask, code: str, **more: Any) -> dict[str, Any]:
    """What a person's page holds after they typed their code."""
    return hidden_fields(post(site, code=code, **more).text)


def kept() -> list[Any]:
    db.session().rollback()
    return list(db.session().scalars(sa.select(FeedbackInbox.payload)))


QUOTED = {"a-comment-may_quote": "y"}
FILLED = {"a-usefulness": "5", "a-mode": "online", "a-comment-text": "Merci <b>beaucoup</b>"}


def test_a_code_opens_the_form_and_answers_are_received(site: Flask, form: FeedbackForm) -> None:
    code = code_of(form)
    page = post(site, code=code.lower())
    assert page.status_code == 200
    assert "How useful was the workshop to you?" in text_of(page.text)
    sent = post(site, **opened(site, code), **FILLED, do="send")
    assert (sent.status_code, "Your answers were received" in text_of(sent.text)) == (200, True)
    assert kept() == [
        {
            "lang": "en",
            "answers": {
                "usefulness": "5",
                "mode": "online",
                "comment": {"text": "Merci <b>beaucoup</b>"},
            },
        }
    ]


def test_the_same_page_sent_twice_is_one_answer(site: Flask, form: FeedbackForm) -> None:
    fields = opened(site, code_of(form)) | FILLED | {"do": "send"}
    pages = [post(site, **fields) for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "had arrived before" in text_of(pages[1].text)
    assert len(kept()) == 1


def test_another_answer_by_the_same_code_is_a_clear_refusal(
    site: Flask, form: FeedbackForm
) -> None:
    code = code_of(form)
    first, second = opened(site, code), opened(site, code)
    post(site, **first, **FILLED, do="send")
    again = post(site, **second, **FILLED, do="send")
    assert (again.status_code, "answered already" in text_of(again.text)) == (409, True)
    assert post(site, code=code).status_code == 409
    assert len(kept()) == 1


def test_a_change_of_language_keeps_what_was_typed(site: Flask, form: FeedbackForm) -> None:
    fields = opened(site, code_of(form)) | FILLED
    page = post(site, **fields, lang="ar").text
    assert '<html lang="ar" dir="rtl"' in page
    assert "ما مدى فائدة ورشة العمل لك؟" in page
    assert re.search(r'checked[^>]*name="a-usefulness"[^>]*value="5"', page)
    assert "Merci &lt;b&gt;beaucoup&lt;/b&gt;" in page
    assert kept() == []
    sent = post(site, **hidden_fields(page), **FILLED, do="send")
    assert '<html lang="ar"' in sent.text
    assert [row["lang"] for row in kept()] == ["ar"]


def test_points_of_a_scale_stand_from_the_lowest_in_every_language(
    site: Flask, form: FeedbackForm
) -> None:
    code = code_of(form)
    for lang in ("en", "fr", "ar"):
        page = post(site, code=code, lang=lang).text
        points = re.findall(r'name="a-usefulness"[^>]*value="(\d)"', page)
        assert points == ["1", "2", "3", "4", "5"]


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    site: Flask, form: FeedbackForm
) -> None:
    fields = opened(site, code_of(form)) | {"a-comment-text": "x" * 5_001, "a-mode": "both"}
    page = post(site, **fields, do="send")
    assert page.status_code == 422
    text = text_of(page.text)
    assert "Please answer this question." in text
    assert "Use at most 5000 characters" in text
    assert "x" * 5_001 in page.text
    assert re.search(r'checked[^>]*name="a-mode"[^>]*value="both"', page.text)
    assert kept() == []


@pytest.mark.parametrize(
    "hostile",
    [
        {"a-usefulness": "'; DROP TABLE invitation; --"},
        {"a-usefulness": "6"},
        {"a-usefulness": "5", "a-mode": "\x00"},
        {"a-usefulness": "5", "a-nothing": "1"},
        {"a-usefulness": "5", "a-comment-text": "x" * 1_000_000},
        {"a-usefulness": "5", "version": "999999"},
        {"a-usefulness": "5", "version": "not a number"},
        {
            "a-usefulness": "5",
            "a-comment-may_quote": "y",
            "a-comment-text": "x",
            "a-comment-by": "z",
        },
    ],
    ids=str,
)
def test_hostile_answers_are_refused_in_words_and_spend_nothing(
    site: Flask, form: FeedbackForm, hostile: dict[str, str]
) -> None:
    code = code_of(form)
    page = post(site, **(opened(site, code) | hostile | {"do": "send"}))
    assert page.status_code in {409, 422}
    assert "errors" in page.text
    assert kept() == []
    sent = post(site, **(opened(site, code) | FILLED | {"do": "send"}))
    assert sent.status_code == 200


def test_an_answer_with_nul_bytes_and_huge_keys_is_received_without_them(
    site: Flask, form: FeedbackForm
) -> None:
    fields = opened(site, code_of(form)) | FILLED
    fields |= {"a-comment-text": "a\x00b", "retry_key": "k" * 100_000, "lang": "xx", "now": "fr"}
    assert post(site, **fields, do="send").status_code == 200
    assert kept()[0]["lang"] == "fr"
    assert kept()[0]["answers"]["comment"] == {"text": "ab"}


def test_a_form_that_changed_meanwhile_still_takes_what_was_seen(
    site: Flask, form: FeedbackForm
) -> None:
    fields = opened(site, code_of(form))
    service.remove_question(form.id, "clarity", by=SYSTEM, now=DURING)
    sent = post(site, **fields, **FILLED, **{"a-clarity": "2"}, do="send")
    assert sent.status_code == 200
    assert kept()[0]["answers"]["clarity"] == "2"


WHY = replace(
    TYPES["long_text"].example[0],
    key="why",
    text=Texts.of(en="What was missing?"),
    conditions=(Condition("usefulness", ("1", "2")),),
)


def test_a_question_under_a_condition_is_asked_when_its_time_comes(
    site: Flask, form: FeedbackForm
) -> None:
    """Without scripts: it is hidden and switched off at first, and then asked before anything is
    received."""
    service.change_question(form.id, WHY, by=SYSTEM, now=DURING)
    fields = opened(site, code_of(form))
    low = {"a-usefulness": "2", "a-mode": "online"}
    page = post(site, **fields, **low, do="send")
    assert (page.status_code, kept()) == (200, [])
    assert re.search(r'id="asked-why"[^>]*>', page.text)[0].endswith('&#34;}]">')  # type: ignore[index]
    assert "One answer has brought up another question." in text_of(page.text)
    assert re.search(r'checked[^>]*name="a-mode"[^>]*value="online"', page.text)
    again = hidden_fields(page.text)
    assert post(site, **again, **low, **{"a-why-text": "Time."}, do="send").status_code == 200
    assert kept()[0]["answers"] == {
        "usefulness": "2",
        "mode": "online",
        "why": {"text": "Time."},
    }


def test_an_answer_to_a_hidden_question_is_not_kept(site: Flask, form: FeedbackForm) -> None:
    service.change_question(form.id, replace(WHY, required=True), by=SYSTEM, now=DURING)
    fields = opened(site, code_of(form))
    assert "seen-why" not in fields
    sent = post(site, **fields, **FILLED, **{"a-why-text": "x" * 9_000}, do="send")
    assert sent.status_code == 200
    assert "why" not in kept()[0]["answers"]


def test_a_closed_form_says_so(site: Flask, form: FeedbackForm) -> None:
    code = code_of(form)
    fields = opened(site, code)
    service.close_form(form.id, by=SYSTEM, now=DURING)
    for page in (post(site, code=code), post(site, **fields, **FILLED, do="send")):
        assert (page.status_code, "This form is closed" in text_of(page.text)) == (409, True)


def test_an_unknown_code_is_kept_and_refused_beside_its_field(site: Flask) -> None:
    page = post(site, code='ABC"><script>')
    assert page.status_code == 422
    assert "This code is not known" in text_of(page.text)
    assert 'value="ABC&#34;&gt;&lt;script&gt;"' in page.text


def test_guessing_ends_after_a_while_but_not_for_a_room_that_answers(
    site: Flask, form: FeedbackForm
) -> None:
    code = code_of(form)
    for _ in range(MOST_WRONG):
        assert post(site, code="ZZZZZ-ZZZZZ").status_code == 422
    assert post(site, code="ZZZZZ-ZZZZZ").status_code == 429
    guesses._wrong.clear()
    for _ in range(MOST_WRONG + 5):
        assert post(site, code=code).status_code == 200


def test_the_page_says_what_it_promises_for_each_way_of_handing_out(site: Flask) -> None:
    with site.app_context():
        cards, everybody = make_form(), make_form(access=Access.OPEN)
        page = text_of(post(site, code=code_of(cards)).text)
        assert "nobody can tell from our database and logs who gave which answer" in page
        assert "Your card is tied to nobody" in page
        page = text_of(post(site, code=queries.door_code(everybody)).text)
        assert "cannot promise that everybody answers only once" in page


def test_no_cookie_is_set_and_no_line_is_logged(
    site: Flask, form: FeedbackForm, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        first = site.test_client().get("/f/", headers={"Accept-Language": "fr"})
        assert '<html lang="fr"' in first.text
        fields = opened(site, code_of(form))
        answers = [first, post(site, **fields, **FILLED, do="send"), post(site, code="wrong")]
        assert [page.headers.getlist("Set-Cookie") for page in answers] == [[], [], []]
        assert [
            record.getMessage() for record in caplog.records if "/f/" in record.getMessage()
        ] == []
        # The control: another page is noted.
        site.test_client().get("/workshops/")
        assert any("workshops" in str(vars(record)) for record in caplog.records)


def test_answering_while_signed_in_changes_no_row_of_the_account(
    site: Flask, form: FeedbackForm
) -> None:
    user = make_user(email="organiser@office.example")
    browser = Browser(site)
    sign_in(browser.client, user=user)
    fields = opened(site, code_of(form))
    before = rows_but_feedback()
    page = browser.client.post("/f/", data=fields | FILLED | {"do": "send"})
    assert (page.status_code, page.headers.getlist("Set-Cookie")) == (200, [])
    assert rows_but_feedback() == before


def rows_but_feedback() -> dict[str, list[str]]:
    db.session().rollback()
    own = {"invitation", "feedback_inbox"}
    return {
        table.name: sorted(str(tuple(row)) for row in db.session().execute(sa.select(table)))
        for table in Base.metadata.sorted_tables
        if table.name not in own
    }
