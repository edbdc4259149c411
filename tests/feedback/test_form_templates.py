"""Sets of questions to start from, and several forms of one workshop."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.actor import SYSTEM, VISITOR, Role
from eventsapp.core.errors import Forbidden
from eventsapp.core.texts import LANGUAGES
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import Access
from eventsapp.questions.rules import check_questions, languages_missing
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop
from tests.factories.feedback import DURING, close, make_form
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in
from tests.pages import hidden_fields

KEYS = tuple(queries.TEMPLATES)


@pytest.fixture(autouse=True)
def during_the_workshop() -> Iterator[None]:
    with time_machine.travel(DURING):
        yield


def questions(form: FeedbackForm) -> tuple[Question, ...]:
    return queries.questions_of(queries.current_version(form))


def test_there_is_a_form_for_every_time_of_a_workshop() -> None:
    assert set(KEYS) == {"before", "daily", "after", "end", "follow_up"}


@pytest.mark.parametrize("key", KEYS)
def test_a_template_asks_in_every_language(app: Flask, key: str) -> None:
    form = service.create_form(make_workshop().id, key, by=SYSTEM, now=DURING)
    check_questions(questions(form))
    assert len(questions(form)) >= 2
    assert form.title.missing() == ()
    assert [languages_missing(question, LANGUAGES) for question in questions(form)] == [
        () for _question in questions(form)
    ]


def test_only_the_words_of_another_workshop_s_form_are_taken(app: Flask) -> None:
    source = make_form(access=Access.OPEN)
    service.remove_question(source.id, "clarity", by=SYSTEM, now=DURING)
    taken = service.clone_form(make_workshop().id, source.id, by=SYSTEM, now=DURING)
    assert (taken.purpose, taken.status, taken.access, taken.title) == (
        "end",
        "draft",
        "cards",
        source.title,
    )
    assert questions(taken) == questions(source)
    assert [version.number for version in queries.versions_of(taken)] == [1]
    with pytest.raises(rules.FormExists):
        service.clone_form(taken.workshop_id, source.id, by=SYSTEM, now=DURING)
    with pytest.raises(Forbidden):
        service.clone_form(make_workshop().id, source.id, by=VISITOR, now=DURING)


@pytest.fixture
def workshop(app: Flask, client: FlaskClient) -> Workshop:
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    sign_in(client, user=user)
    return workshop


def url(workshop: Workshop, rest: str = "") -> str:
    return f"/manage/workshops/{workshop.id}/feedback{rest}"


def press(client: FlaskClient, page: str, to: str, **fields: Any) -> Any:
    return client.post(to, data=hidden_fields(client.get(page).text) | fields)


def test_questions_are_taken_by_the_buttons_of_the_page(
    client: FlaskClient, workshop: Workshop
) -> None:
    source = make_form()
    close(source)
    page = client.get(url(workshop))
    assert source.workshop.ref in page.text
    taken = press(client, url(workshop), url(workshop), source=str(source.id))
    assert taken.location == url(workshop)
    assert questions(queries.get_form_of(workshop.id)) == questions(source)
    again = press(client, url(workshop), url(workshop), source=str(source.id))
    assert again.status_code == 409
    assert press(client, url(workshop), url(workshop), source="999999").status_code == 404
