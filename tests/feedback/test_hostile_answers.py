"""What nobody's browser would send: never a failure of ours, never an answer lost."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.views.guessing import guesses
from eventsapp.questions.rules import TYPES
from eventsapp.questions.types import Condition, Option, Question
from tests.factories.feedback import DURING, make_cards, make_form
from tests.pages import hidden_fields, text_of

# Option keys that are names of Python, of forms and of JavaScript.
TRAPS = ("data", "errors", "form", "meta", "prefix", "__class__", "constructor", "0", "_")


@pytest.fixture(autouse=True)
def during_the_workshop() -> Iterator[None]:
    with time_machine.travel(DURING):
        yield


def trapped(key: str) -> Question:
    """A question of a type that has sub-fields, its keys made of names that mean something."""
    example = TYPES[key].example[0]
    traps = tuple(Option(trap, Texts.of(en=f"The {trap}")) for trap in TRAPS[:6])
    if example.lines:
        return replace(example, lines=traps)
    return replace(example, options=traps)


def every_question() -> list[Question]:
    asked = [
        replace(kind.example[0], required=False)
        for key, kind in TYPES.items()
        if key not in {"matrix", "ranking"}
    ]
    quiet = replace(
        TYPES["short_text"].example[0],
        key="quiet",
        required=True,
        conditions=(Condition(TYPES["yes_no"].example[0].key, ("no",)),),
    )
    others = [
        replace(TYPES[key].example[0], key=f"{key}_other", settings={"other": True})
        for key in ("one_choice", "several_choices")
    ]
    return [*asked, *others, trapped("matrix"), trapped("ranking"), quiet]


@pytest.fixture
def form(site: Flask) -> Iterator[FeedbackForm]:
    with site.app_context():
        guesses._wrong.clear()
        form = make_form(opened=False)
        service.replace_questions(form.id, every_question(), by=SYSTEM, now=DURING)
        service.open_form(form.id, by=SYSTEM, now=DURING)
        yield form
        db.db.session.remove()


def post(site: Flask, fields: Any) -> TestResponse:
    return site.test_client().post("/f/", data=fields)


def opened(site: Flask, form: FeedbackForm) -> dict[str, Any]:
    return hidden_fields(post(site, {"code": written(make_cards(form, 1)[0])}).text)


def kept() -> list[Any]:
    db.session().rollback()
    return list(db.session().scalars(sa.select(FeedbackInbox.payload)))


NAMES = tuple(
    name
    for question in every_question()
    for name in (
        f"a-{question.key}",
        *(f"a-{question.key}-{part}" for part in ("choice", "choices", "other", "text", "by")),
        *(f"a-{question.key}-{trap}" for trap in TRAPS[:3]),
    )
)
VALUES = {
    "no option": "no such option",
    "a formula": "=cmd|' /C calc'!A0",
    "NUL": "\x00",
    "a direction": "\u202e\u2066x",
    "half a letter": "\ud83d",
    "markup": "</textarea><script>alert(1)</script>",
    "a number": "-1e999999",
    "long": "9" * 20_000,
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_any_value_in_any_field_is_refused_in_words_or_received(
    site: Flask, form: FeedbackForm, value: str
) -> None:
    fields = opened(site, form)
    hostile = {name: value.encode("utf-8", "surrogatepass") for name in NAMES}
    page = post(site, fields | hostile | {"do": "send"})
    assert page.status_code in {200, 422}
    assert "<script>alert(1)" not in page.text
    if page.status_code == 422:
        assert ("data-errors" in page.text, kept()) == (True, [])
    # The control: the right to answer was not spent by a refusal.
    if not kept():
        sent = post(site, fields | {"a-again": "yes", "do": "send"})
        assert (sent.status_code, len(kept())) == (200, 1)


def test_ten_thousand_options_are_refused_and_spend_nothing(
    site: Flask, form: FeedbackForm
) -> None:
    fields = MultiDict(opened(site, form) | {"do": "send"})
    fields.setlist("a-needs", [f"o{n}" for n in range(1_500)])
    assert post(site, fields).status_code == 422
    fields.setlist("a-needs", ["reading"] * 1_500)
    assert post(site, fields).status_code == 200
    assert kept()[0]["answers"] == {"needs": ["reading"]}


def test_more_fields_than_any_form_has_are_refused_before_they_are_read(
    site: Flask, form: FeedbackForm
) -> None:
    fields = MultiDict(opened(site, form) | {"do": "send"})
    fields.setlist("a-needs", [f"o{n}" for n in range(3_000)])
    page = site.test_client().post("/f/", data=fields, content_type="multipart/form-data")
    assert (page.status_code, kept()) == (413, [])


def test_names_of_the_machinery_are_ordinary_keys(site: Flask, form: FeedbackForm) -> None:
    fields = opened(site, form)
    answers = {f"a-parts-{trap}": "4" for trap in TRAPS[:6]}
    answers |= {f"a-next-{trap}": str(place + 1) for place, trap in enumerate(TRAPS[:6])}
    assert post(site, fields | answers | {"do": "send"}).status_code == 200
    assert kept()[0]["answers"] == {
        "parts": dict.fromkeys(TRAPS[:6], "4"),
        "next": list(TRAPS[:6]),
    }


@pytest.mark.parametrize("version", ["", "0", "-1", "9" * 40, "1 OR 1=1", "\x00"])
def test_a_forged_version_keeps_what_was_typed(
    site: Flask, form: FeedbackForm, version: str
) -> None:
    fields = opened(site, form)
    typed = {"a-word": "kept as typed", "do": "send"}
    page = post(site, fields | typed | {"version": version})
    assert page.status_code in {200, 409, 422}
    if page.status_code != 200:
        assert "kept as typed" in page.text
        assert kept() == []
        again = post(site, hidden_fields(page.text) | typed)
        assert again.status_code == 200
    assert kept()[0]["answers"] == {"word": "kept as typed"}


def test_another_form_s_version_is_not_answered(site: Flask, form: FeedbackForm) -> None:
    fields = opened(site, form)
    other = queries.current_version(make_form())
    page = post(site, fields | {"a-word": "kept as typed", "version": str(other.id), "do": "send"})
    assert (page.status_code, "kept as typed" in page.text) == (409, True)
    assert kept() == []


def test_a_question_added_while_somebody_answers_is_not_asked_of_them(
    site: Flask, form: FeedbackForm
) -> None:
    fields = opened(site, form)
    wanted = replace(TYPES["short_text"].example[0], key="new", required=True)
    service.change_question(form.id, wanted, by=SYSTEM, now=DURING)
    service.remove_question(form.id, "word", by=SYSTEM, now=DURING)
    assert post(site, fields | {"a-word": "As it was", "do": "send"}).status_code == 200
    assert kept()[0]["answers"] == {"word": "As it was"}


def test_every_field_of_a_page_keeps_what_was_typed_through_every_language(
    site: Flask, form: FeedbackForm
) -> None:
    fields = opened(site, form)
    typed = {
        "a-word": "Clair",
        "a-years": "1,500",
        "a-since": "2021-09-01",
        "a-one_choice_other-choice": "other",
        "a-one_choice_other-other": "By radio",
        "a-parts-data": "4",
        "a-next-errors": "2",
    }
    page = ""
    for lang in ("fr", "ar", "en"):
        page = post(site, fields | typed | {"lang": lang}).text
        assert [
            value for value in ("Clair", "1,500", "2021-09-01", "By radio") if value not in page
        ] == []
        assert 'selected value="2"' in page
        fields = hidden_fields(page)
    refused = post(site, fields | typed | {"do": "send"})
    assert (refused.status_code, "two ways" in text_of(refused.text)) == (422, True)
    assert 'value="1,500"' in refused.text


def test_a_megabyte_in_a_text_is_refused_in_words_and_spends_nothing(
    site: Flask, form: FeedbackForm
) -> None:
    fields = opened(site, form)
    page = post(site, fields | {"a-word": "w" * 1_000_000, "do": "send"})
    assert (page.status_code, "data-errors" in page.text, kept()) == (422, True, [])
    assert post(site, fields | {"a-word": "w", "do": "send"}).status_code == 200
    assert kept()[0]["answers"] == {"word": "w"}


def test_a_version_of_a_form_of_another_workshop_does_not_open_it_with_this_code(
    site: Flask, form: FeedbackForm
) -> None:
    """Both forms are remembered by the process: the code belongs to one of them alone."""
    other = make_form()
    fields, of_other = opened(site, form), opened(site, other)
    forged = {"version": of_other["version"], "a-usefulness": "5", "do": "send"}
    page = post(site, fields | forged)
    assert (page.status_code, kept()) == (409, [])
    for own, version in ((fields, form), (of_other, other)):
        answer = {"a-word": "mine"} if version is form else SIMPLE
        assert post(site, own | answer | {"do": "send"}).status_code == 200
    assert len(kept()) == 2


SIMPLE = {"a-usefulness": "5", "a-knowledge": "4", "a-mode": "in_person"}

# What a machine that means harm puts together: names of the form, of its machinery and of nothing,
# each as often as it likes.
FIELDS = st.one_of(
    st.sampled_from([*NAMES, "code", "version", "retry_key", "lang", "now", "do", "paper"]),
    st.sampled_from(
        ["a-", "a--", "a-word-word", "a-parts[0]", "a-unknown", "seen-quiet", "a-quiet"]
    ),
    st.text(max_size=20),
)
CONTENTS = st.one_of(
    st.sampled_from([*VALUES.values(), "send", "[]", '{"a":[[[1]]]}', "en", "yes", "no", "4", ""]),
    st.text(max_size=50),
)


@given(st.lists(st.tuples(FIELDS, CONTENTS), max_size=40), st.booleans())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_heap_of_fields_fails_or_loses_an_answer(
    site: Flask, form: FeedbackForm, heap: list[tuple[str, str]], is_sent: bool
) -> None:
    """Whatever is sent is received, refused in words or asked again; the code then still answers,
    unless it was spent by what was received."""
    guesses._wrong.clear()
    fields, before = opened(site, form), len(kept())
    # Never the code itself: what is sent with another code is of no interest here.
    sent = MultiDict(
        [*fields.items(), *((k, v) for k, v in heap if k not in {"code", "retry_key"})]
    )
    if is_sent:
        sent.setlist("do", ["send"])
    body = MultiDict((k, v.encode("utf-8", "surrogatepass")) for k, v in sent.items(multi=True))
    page = post(site, body)
    assert page.status_code in {200, 409, 422}
    assert "</html>" in page.text
    is_received = len(kept()) > before
    assert is_received == ("data-received" in page.text)
    if not is_received:
        last = post(site, fields | {"a-word": "At last", "do": "send"})
        assert (last.status_code, len(kept())) == (200, before + 1)
