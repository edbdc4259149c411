"""The form on paper: what is printed, and that what is typed in counts like any other answer."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import LANGUAGES
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.feedback import printing, queries, rules, service
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox, FeedbackPaper
from eventsapp.feedback.types import Access
from eventsapp.questions.question_type import Paper
from eventsapp.questions.rules import TYPES, type_of
from eventsapp.questions.types import Condition, Question
from tests.factories.feedback import ANSWERS, DURING, close, make_form
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in
from tests.pages import hidden_fields, text_of
from tests.pdfs import failures, text_of_pdf


@pytest.fixture(autouse=True)
def during_the_workshop() -> Iterator[None]:
    with time_machine.travel(DURING):
        yield


def questions_of_every_type() -> list[Question]:
    asked = [kind.example[0] for kind in TYPES.values()]
    again = TYPES["yes_no"].example[0].key
    why = TYPES["short_text"].example[0]
    return [*asked, replace(why, key="why", conditions=(Condition(again, ("no",)),))]


def letters(text: str) -> str:
    """Without spaces, punctuation and vowel signs: they move where Arabic is copied."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(one for one in plain if one.isalnum())


def printed(form: FeedbackForm, *, lang: str = "en", copies: int = 2) -> FeedbackPaper:
    paper = service.request_paper(form.id, lang=lang, copies=copies, by=SYSTEM, now=DURING)
    run_due_jobs(20)
    db.session().expire_all()
    return paper


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_is_on_the_paper_with_its_answers_and_it_conforms(
    sqlite_app: Flask, lang: str
) -> None:
    form = make_form(opened=False)
    service.replace_questions(form.id, questions_of_every_type(), by=SYSTEM, now=DURING)
    service.open_form(form.id, by=SYSTEM, now=DURING)
    paper = printed(form, lang=lang)
    assert paper.file_key
    data = storage.read(paper.file_key)
    assert failures(data) == []
    found = letters(text_of_pdf(data))
    for question in questions_of_every_type():
        kind = type_of(question)
        expected = [question.text.text(lang), *kind.paper(question, lang).boxes]
        for text in expected:
            assert [word for word in text.split() if letters(word) not in found] == []
    for code in printing.codes_of(paper, form):
        assert letters(code) in found


def test_a_condition_names_the_question_and_the_answer_it_hangs_on(sqlite_app: Flask) -> None:
    asked = questions_of_every_type()
    papers = printing.paper_questions(asked, "en")
    again = next(at for at, one in enumerate(asked) if one.type_key == "yes_no")
    assert papers[-1].condition == (
        f"Only if your answer to question {papers[again].number.rstrip('.')} is: No."
    )
    numbers = [int(one.number.rstrip(".")) for one in papers if one.number]
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.key)
def test_every_type_that_asks_leaves_room_to_answer(sqlite_app: Flask, kind: object) -> None:
    question = kind.example[0]  # type: ignore[attr-defined]
    paper: Paper = type_of(question).paper(question, "en")
    has_room = bool(paper.lines or paper.blank or paper.boxes)
    assert has_room is type_of(question).is_asked


def test_each_copy_is_a_card_and_counts_once(app: Flask, client: FlaskClient) -> None:
    form = make_form()
    paper = printed(form, copies=3)
    codes = printing.codes_of(paper, form)
    assert len(set(codes)) == 3
    version = queries.current_version(form).id
    sent = {"version": version, "lang": "en", "do": "send", "retry_key": "one", "paper": "1"}
    sent |= {f"a-{key}": value for key, value in ANSWERS.items()}
    first = client.post("/f/", data=sent | {"code": codes[0]})
    assert (first.status_code, "Type in the next sheet" in first.text) == (200, True)
    again = client.post("/f/", data=sent | {"code": codes[0], "retry_key": "two"})
    assert again.status_code == 409
    other = client.post("/f/", data=sent | {"code": codes[1], "retry_key": "two"})
    assert other.status_code == 200
    assert db.session().scalar(sa.select(sa.func.count()).select_from(FeedbackInbox)) == 2


def test_what_is_typed_in_is_what_was_answered_online(sqlite_app: Flask) -> None:
    """The page sends what the participant's page sends, to the same address."""
    user = make_user(Role.ORGANISER)
    form = make_form(make_workshop(by=actor_of(user)))
    client = sqlite_app.test_client()
    sign_in(client, user=user)
    entry = client.get(f"/manage/workshops/{form.workshop_id}/feedback/enter").text
    (code,) = queries.sheet_codes(form, service.print_cards(form.id, 1, by=SYSTEM, now=DURING))
    opened = sqlite_app.test_client().post("/f/", data={"code": code, "do": "open"}).text
    typed, online = hidden_fields(entry), hidden_fields(opened)
    assert typed.pop("paper") == str(form.workshop_id)
    assert typed.keys() - {"lang", "do"} == online.keys() - {"code", "now", "csrf_token"}
    assert typed["version"] == online["version"]


def test_one_code_for_everybody_needs_one_copy(app: Flask) -> None:
    form = make_form(access=Access.OPEN)
    paper = printed(form)
    assert len(printing.codes_of(paper, form)) == 1
    assert service.request_paper(form.id, lang="en", by=SYSTEM, now=DURING).id == paper.id


def test_personal_links_are_not_printed_and_the_page_says_why(
    app: Flask, client: FlaskClient
) -> None:
    user = make_user(Role.ORGANISER)
    form = make_form(make_workshop(by=actor_of(user)), access=Access.PERSONAL)
    sign_in(client, user=user)
    base = f"/manage/workshops/{form.workshop_id}/feedback"
    assert "tied to nobody" in text_of(client.get(base).text)
    assert client.get(f"{base}/enter").status_code == 409
    with pytest.raises(rules.NotOnPaper):
        service.request_paper(form.id, lang="en", by=SYSTEM, now=DURING)


def test_closing_takes_the_files_away_for_they_show_codes(app: Flask) -> None:
    form = make_form()
    paper = printed(form)
    key = paper.file_key
    assert key
    assert storage.exists(key)
    late_id = service.request_paper(form.id, lang="fr", by=SYSTEM, now=DURING).id
    close(form)
    assert not storage.exists(key)
    assert db.session().scalars(sa.select(FeedbackPaper)).all() == []
    # A worker that finishes afterwards leaves nothing either.
    assert service.complete_paper(late_id, file_key=key, pages=1) is False


def test_nobody_else_types_anything_in(app: Flask, client: FlaskClient) -> None:
    form = make_form(make_workshop(by=actor_of(make_user(Role.ORGANISER))))
    sign_in(client, Role.ORGANISER)
    base = f"/manage/workshops/{form.workshop_id}/feedback"
    assert client.get(f"{base}/enter").status_code == 403
    assert client.post(f"{base}/papers").status_code in {400, 403}


def test_sheets_are_typed_in_while_answers_are_taken(app: Flask, client: FlaskClient) -> None:
    owner = make_user(Role.ORGANISER)
    form = make_form(make_workshop(by=actor_of(owner)))
    sign_in(client, user=owner)
    entry = f"/manage/workshops/{form.workshop_id}/feedback/enter"
    assert client.get(entry).status_code == 200
    close(form)
    assert client.get(entry).status_code == 409
