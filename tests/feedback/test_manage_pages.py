"""The feedback step as those who work here see it."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.edge.tables import read_table
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.offers import feedback_step
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.types import Access
from eventsapp.feedback.views.columns import COLUMNS
from eventsapp.questions.rules import TYPES
from eventsapp.questions.types import Condition
from eventsapp.workshops.models import Workshop
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
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in
from tests.pages import hidden_fields, text_of


@pytest.fixture(autouse=True)
def during_the_workshop() -> Iterator[None]:
    with time_machine.travel(DURING):
        yield


@pytest.fixture
def workshop(app: Flask, client: FlaskClient) -> Workshop:
    """A workshop whose organiser is signed in."""
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    sign_in(client, user=user)
    return workshop


def url(workshop: Workshop, rest: str = "") -> str:
    return f"/manage/workshops/{workshop.id}/feedback{rest}"


def press(client: FlaskClient, workshop: Workshop, page: str, rest: str, **fields: Any) -> Any:
    """Open a page and send one of its forms."""
    hidden = hidden_fields(client.get(url(workshop, page)).text)
    return client.post(url(workshop, rest), data=hidden | fields)


def form_of(workshop: Workshop) -> FeedbackForm:
    return queries.get_form_of(workshop.id)


def asked(workshop: Workshop) -> list[str]:
    version = queries.current_version(form_of(workshop))
    return [question.key for question in queries.questions_of(version)]


def test_from_nothing_to_results_by_the_buttons_of_the_pages(
    client: FlaskClient, workshop: Workshop
) -> None:
    assert "Start from this form" in client.get(url(workshop)).text
    press(client, workshop, "", "", template="end")
    press(client, workshop, "", "/access", access="cards")
    press(client, workshop, "", "/open", closes_on="")
    sheet = press(client, workshop, "", "/cards", count="12")
    assert (sheet.status_code, sheet.location) == (302, url(workshop, "/cards/1"))
    form = form_of(workshop)
    codes = queries.sheet_codes(form, 1)
    printed = client.get(sheet.location).text
    assert [code for code in codes if written(code) not in printed] == []
    for code in codes[:11]:
        answer(form, code)
    step = client.get(url(workshop)).text
    assert re.search(r"<dt>answers received</dt>\s*<dd>11</dd>", step)
    closing = text_of(client.get(url(workshop, "/close")).text)
    assert "11 answers were received and are kept." in closing
    assert "1 card or link that was handed out can no longer be used." in closing
    assert press(client, workshop, "/close", "/close").location == url(workshop, "/results")
    results = text_of(client.get(url(workshop, "/results")).text)
    assert "11 people answered; the mean is 5 on a scale from 1 to 5." in results


def test_every_page_of_a_form_opens_in_each_of_its_states_and_languages(
    client: FlaskClient, workshop: Workshop
) -> None:
    form = make_form(workshop, opened=False)
    pages = ["", "/questions", "/preview?in=ar", "/questions/usefulness", "/results"]
    pages += [f"/questions/new/{key}" for key in TYPES]
    for lang in ("en", "fr", "ar"):
        client.set_cookie("lang", lang)
        assert [client.get(url(workshop, page)).status_code for page in pages] == [200] * len(pages)
    service.open_form(form.id, by=SYSTEM, now=DURING)
    assert [client.get(url(workshop, page)).status_code for page in pages] == [200] * len(pages)
    close(form)
    assert [client.get(url(workshop, page)).status_code for page in pages] == [200] * len(pages)


def test_a_question_is_added_moved_and_removed(client: FlaskClient, workshop: Workshop) -> None:
    make_form(workshop, opened=False)
    before = asked(workshop)
    press(
        client,
        workshop,
        "/questions/new/one_choice",
        "/questions/new/one_choice",
        **{"text-en": "Tea or coffee?", "options-0-text-en": "Tea", "options-1-text-en": "Coffee"},
        **{"options-0-text-fr": "Thé", "options-2-text-en": " "},
    )
    (new,) = set(asked(workshop)) - set(before)
    question = queries.questions_of(queries.current_version(form_of(workshop)))[-1]
    assert (question.key, question.text) == (new, Texts.of(en="Tea or coffee?"))
    assert [option.text for option in question.options] == [
        Texts.of(en="Tea", fr="Thé", ar=TYPES["one_choice"].example[0].options[0].text.text("ar")),
        Texts.of(
            en="Coffee",
            fr=TYPES["one_choice"].example[0].options[1].text.text("fr"),
            ar=TYPES["one_choice"].example[0].options[1].text.text("ar"),
        ),
    ]
    press(client, workshop, "/questions", f"/questions/{new}/move", way="up")
    assert asked(workshop)[-2] == new
    press(client, workshop, "/questions", f"/questions/{new}/remove")
    assert asked(workshop) == before


def test_a_question_without_words_is_refused_beside_its_field(
    client: FlaskClient, workshop: Workshop
) -> None:
    make_form(workshop, opened=False)
    page = press(
        client,
        workshop,
        "/questions/usefulness",
        "/questions/usefulness",
        **{"text-en": "", "text-fr": "", "text-ar": " ", "help-en": "kept as typed"},
    )
    assert (page.status_code, "Write it in at least one language." in page.text) == (200, True)
    assert "kept as typed" in page.text


def test_two_who_change_the_questions_at_once(client: FlaskClient, workshop: Workshop) -> None:
    form = make_form(workshop, opened=False)
    hidden = hidden_fields(client.get(url(workshop, "/questions")).text)
    service.remove_question(form.id, "clarity", by=SYSTEM, now=DURING)
    late = client.post(url(workshop, "/questions/mode/remove"), data=hidden)
    assert (late.status_code, "Somebody else has changed this" in late.text) == (409, True)
    assert "mode" in asked(workshop)


def test_what_was_removed_is_put_back_where_it_stood(
    client: FlaskClient, workshop: Workshop
) -> None:
    make_form(workshop, opened=False)
    before = asked(workshop)
    removed = press(client, workshop, "/questions", "/questions/clarity/remove")
    assert removed.location == url(workshop, "/questions?removed=clarity")
    page = client.get(removed.location).text
    assert "Removed: The presentations were clear." in text_of(page)
    press(client, workshop, "/questions?removed=clarity", "/questions/clarity/put-back")
    assert asked(workshop) == before
    assert press(client, workshop, "/questions", "/questions/clarity/put-back").status_code == 404


def test_a_question_is_doubled_and_dropped_at_a_place(
    client: FlaskClient, workshop: Workshop
) -> None:
    make_form(workshop, opened=False)
    before = asked(workshop)
    press(client, workshop, "/questions", "/questions/usefulness/duplicate")
    copy = asked(workshop)[1]
    assert asked(workshop) == [before[0], copy, *before[1:]]
    for place, expected in (("0", 0), ("99", len(before)), ("-3", 0), ("x", 0)):
        press(client, workshop, "/questions", f"/questions/{copy}/move", to=place, way="")
        assert asked(workshop).index(copy) == expected


def test_a_condition_is_chosen_from_the_answers_of_earlier_questions(
    client: FlaskClient, workshop: Workshop
) -> None:
    make_form(workshop, opened=False)
    page = client.get(url(workshop, "/questions/comment")).text
    assert 'name="conditions-usefulness"' in page
    assert 'name="conditions-comment"' not in page
    client.post(
        url(workshop, "/questions/comment"),
        data=hidden_fields(page)
        | {"text-en": "What was missing?", "conditions-usefulness": ["1", "2"]},
    )
    comment = queries.questions_of(queries.current_version(form_of(workshop)))[-1]
    assert comment.conditions == (Condition("usefulness", ("1", "2")),)
    listed = text_of(client.get(url(workshop, "/questions")).text)
    assert "Only after this answer to “How useful was the workshop to you?”" in listed
    for act in ("usefulness/remove", "comment/move"):
        refused = press(client, workshop, "/questions", f"/questions/{act}", to="0")
        assert (refused.status_code, "is shown only after" in refused.text) == (422, True)
    assert asked(workshop)[-1] == "comment"
    hostile = hidden_fields(page) | {"text-en": "x", "conditions-usefulness": ["17"]}
    assert client.post(url(workshop, "/questions/comment"), data=hostile).status_code == 200


def test_of_two_who_write_one_question_the_second_sees_both_and_may_save(
    client: FlaskClient, workshop: Workshop
) -> None:
    form = make_form(workshop, opened=False)
    fields = hidden_fields(client.get(url(workshop, "/questions/comment")).text)
    comment = queries.questions_of(queries.current_version(form))[-1]
    service.change_question(
        form.id, replace(comment, text=Texts.of(en="What they wrote")), by=SYSTEM, now=DURING
    )
    mine = {"text-en": "What I wrote"}
    late = client.post(url(workshop, "/questions/comment"), data=fields | mine)
    assert "Somebody else has changed this" in text_of(late.text)
    assert "As it is now" in late.text
    assert "What they wrote" in late.text
    assert "What I wrote" in late.text
    again = client.post(url(workshop, "/questions/comment"), data=hidden_fields(late.text) | mine)
    assert again.status_code == 302
    saved = queries.questions_of(queries.current_version(form_of(workshop)))[-1]
    assert saved.text == Texts.of(en="What I wrote")


def test_the_list_names_what_is_not_written_and_every_version_with_its_answers(
    client: FlaskClient, workshop: Workshop
) -> None:
    form = make_form(workshop)
    for code in make_cards(form, 2):
        answer(form, code)
    scale = queries.questions_of(queries.current_version(form))[0]
    service.change_question(
        form.id, replace(scale, help=Texts.of(en="All of it.")), by=SYSTEM, now=DURING
    )
    page = text_of(client.get(url(workshop, "/questions")).text)
    assert page.count("not all written in العربية") == 1
    assert re.search(r"Version 2 .* 0 answers asked now Version 1 .* 2 answers", page)


@pytest.mark.parametrize("count", ["", "0", "501", "many", "9" * 30])
def test_a_number_of_cards_that_makes_no_sense_is_refused_beside_its_field(
    client: FlaskClient, workshop: Workshop, count: str
) -> None:
    make_form(workshop)
    page = press(client, workshop, "", "/cards", count=count)
    assert (page.status_code, 'id="count-error"' in page.text) == (200, True)
    assert queries.count_answers(form_of(workshop)).handed_out == 0


def test_a_last_day_in_the_past_is_refused_beside_its_field(
    client: FlaskClient, workshop: Workshop
) -> None:
    make_form(workshop, opened=False)
    page = press(client, workshop, "", "/open", closes_on="2021-01-01")
    assert "The last day must not be over already." in text_of(page.text)
    assert form_of(workshop).status == "draft"


def test_those_who_report_read_results_and_change_nothing(
    client: FlaskClient, workshop: Workshop
) -> None:
    form = make_form(workshop)
    close(form)
    sign_in(client, Role.STAFF)
    assert client.get(url(workshop)).status_code == 200
    assert client.get(url(workshop, "/results")).status_code == 200
    for page in ("/questions", "/close", "/cards/1", "/poster"):
        assert client.get(url(workshop, page)).status_code == 403
    sign_in(client, Role.ORGANISER)
    for page in ("/questions", "/close", "/cards/1", "/poster"):
        assert client.get(url(workshop, page)).status_code == 403


def test_visitors_are_asked_to_sign_in(app: Flask, workshop: Workshop) -> None:
    make_form(workshop)
    visitor = app.test_client()
    for page in ("", "/results", "/results.csv", "/texts.csv", "/cards/1"):
        answered = visitor.get(url(workshop, page))
        assert (answered.status_code, "/login" in (answered.location or "")) == (302, True)


def test_exports_hold_counts_and_shuffled_texts_and_nothing_that_is_suppressed(
    client: FlaskClient, workshop: Workshop
) -> None:
    form = make_form(workshop)
    codes = make_cards(form, 6)
    for number, code in enumerate(codes):
        more = {"clarity": "1"} if number < 4 else {}
        answer(form, code, answers=ANSWERS | more | {"comment": f"=SUM({number})"})
    close(form)
    content = client.get(url(workshop, "/results.csv")).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == [name for name, _meaning in COLUMNS]
    useful = [row for row in rows if row[0].startswith("How useful")]
    assert useful == [
        ["How useful was the workshop to you?", "", label, count, share, "6", "5.0", "1.0"]
        for label, count, share in (
            ("Not useful", "0", "0.0"),
            ("Slightly useful", "0", "0.0"),
            ("Moderately useful", "0", "0.0"),
            ("Useful", "0", "0.0"),
            ("Very useful", "6", "1.0"),
        )
    ]
    assert [row[1:] for row in rows if "presentations" in row[0]] == [
        ["", "fewer than 5 answers", "", "", "", "", ""]
    ]
    texts = client.get(url(workshop, "/texts.csv")).data.decode("utf-8-sig")
    found = [row[1] for row in csv.reader(io.StringIO(texts))][1:]
    assert sorted(found) == [f"'=SUM({number})" for number in range(6)]
    book = client.get(url(workshop, "/results.xlsx"))
    assert len(read_table(book.data)) == len(rows)
    assert client.get(url(workshop, "/results.exe")).status_code == 404


def test_personal_links_are_offered_to_those_who_took_part(
    client: FlaskClient, workshop: Workshop
) -> None:
    make_form(workshop, access=Access.PERSONAL)
    nobody = press(client, workshop, "", "/invite")
    assert "nobody left to invite" in text_of(nobody.text)
    attended(register(workshop))
    register(workshop)
    press(client, workshop, "", "/invite")
    assert queries.mailing_of(form_of(workshop)) == queries.Mailing(sent=0, waiting=1, failed=0)
    assert "Mails sent" in text_of(client.get(url(workshop)).text)
    press(client, workshop, "", "/invite", everybody="y")
    assert queries.mailing_of(form_of(workshop)).waiting == 2


def test_the_code_for_everybody_is_shown_while_the_form_is_open(
    client: FlaskClient, workshop: Workshop
) -> None:
    form = make_form(workshop, access=Access.OPEN)
    assert written(queries.door_code(form)) in client.get(url(workshop, "/poster")).text
    close(form)
    assert client.get(url(workshop, "/poster")).status_code == 409


def test_the_story_says_how_far_feedback_is(app: Flask, workshop: Workshop) -> None:
    def state() -> tuple[str, bool]:
        with app.test_request_context():
            step = feedback_step(workshop)
            return step.state, step.is_done

    states = [state()]
    form = make_form(workshop, opened=False)
    states.append(state())
    with time_machine.travel(workshop.ends_at):
        states.append(state())
    service.open_form(form.id, by=SYSTEM, now=DURING)
    states.append(state())
    codes = make_cards(form, 3)
    answer(form, codes[0])
    states.append(state())
    close(form)
    states.append(state())
    assert states == [
        ("not prepared", False),
        ("opens after the workshop", False),
        ("ready to open", False),
        ("open: 0 answers", False),
        ("1 of 3 answered", False),
        ("closed: 1 answer", True),
    ]


def test_hostile_words_in_a_question_stay_words_on_every_page(
    client: FlaskClient, workshop: Workshop
) -> None:
    form = make_form(workshop, opened=False)
    scale = queries.questions_of(queries.current_version(form))[0]
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    question = replace(scale, text=Texts.of(en=hostile), help=Texts.of(fr=hostile))
    service.change_question(form.id, question, by=SYSTEM, now=DURING)
    service.open_form(form.id, by=SYSTEM, now=DURING)
    (code,) = make_cards(form, 1)
    pages = [
        client.get(url(workshop)).text,
        client.get(url(workshop, "/questions")).text,
        client.get(url(workshop, "/preview?in=fr")).text,
        client.get(url(workshop, "/results")).text,
        client.post("/f/", data={"code": code, "lang": "ar"}).text,
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
