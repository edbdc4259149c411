"""Questions of a workshop's own: asked with purpose and end, stored, shown, exported, erased."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from eventsapp.attendance import queries, service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules import setup as rules
from eventsapp.attendance.types import OwnField
from eventsapp.core import clock, db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.questions.rules import TYPES
from eventsapp.questions.types import Question
from eventsapp.web.limits import limiter
from eventsapp.workshops.models import Workshop
from tests.attendance.test_views_public import FILLED, open_page, upcoming
from tests.factories.attendance import register, registration_draft
from tests.factories.workshops import NOW, actor_of, make_actor, make_workshop, sign_in
from tests.pages import hidden_fields, text_of

DIET = OwnField(
    Question(
        key="diet",
        type_key="short_text",
        text=Texts.of(en="Anything you do not eat?"),
        required=True,
    ),
    Texts.of(en="To order the lunch."),
    30,
)


@pytest.fixture(autouse=True)
def _no_limits(sqlite_app: Flask) -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


def ask(workshop: Workshop, by: Actor, *fields: OwnField) -> None:
    for field in fields or (DIET,):
        version = queries.setup_of(workshop.id).version
        service.keep_field(workshop.id, field, version=version, by=by, now=NOW)


def answered(workshop: Workshop, answer: str = "Nuts") -> Registration:
    draft = registration_draft()
    return service.register_participant(
        workshop.id,
        type(draft)(person=draft.person, mode=draft.mode, answers={"diet": answer}),
        by=participant_of_nobody(),
        now=NOW,
    )


def participant_of_nobody() -> Actor:
    return Actor(kind="visitor")


def answers_of(registration: Registration) -> dict[str, object]:
    db.session().expire_all()
    return dict(registration.answers)


def test_the_form_asks_says_why_and_until_when_and_keeps_the_answer(sqlite_app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = upcoming(by=by)
    ask(workshop, by)
    client = sqlite_app.test_client()
    path = f"/workshops/{workshop.ref}/register"
    page = client.get(path).text

    missing = client.post(path, data=hidden_fields(page) | FILLED | {"name": ""})
    done = client.post(path, data=hidden_fields(page) | FILLED | {"own_diet": "Nuts"})

    assert "Why we ask: To order the lunch." in text_of(page)
    until = (workshop.ends_at + timedelta(days=30)).date()
    assert f"Erased on {until.day} {until:%B %Y}." in text_of(page)
    assert 'id="own_diet-error"' in missing.text
    assert 'id="name-error"' in missing.text
    assert done.status_code == 302
    (registration,) = queries.list_answered(workshop.id)
    assert registration.answers == {"diet": "Nuts"}


@pytest.mark.parametrize("kind", [kind for kind in TYPES.values() if kind.is_asked])
def test_every_type_of_question_can_be_asked(sqlite_app: Flask, kind: object) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = upcoming(by=by)
    question, _answer = kind.example  # type: ignore[attr-defined]
    ask(workshop, by, OwnField(question, Texts.of(en="To know."), 10))

    page = sqlite_app.test_client().get(f"/workshops/{workshop.ref}/register")

    assert question.text.text("en") in text_of(page.text)


def test_answers_are_corrected_and_erased_on_ones_own_page(sqlite_app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = upcoming(by=by)
    ask(workshop, by)
    registration = register(workshop, now=clock.now())
    client = sqlite_app.test_client()
    open_page(client, registration)
    filled = {"name": "Salma", "language": "en", "sex": "female", "country_code": ""}

    token = hidden_fields(client.get("/r/details").text)
    client.post("/r/details", data=token | filled | {"own_diet": "Fish"})
    kept = answers_of(registration)
    client.post("/r/erase-answers", data=hidden_fields(client.get("/r/details").text))

    assert (kept, answers_of(registration)) == ({"diet": "Fish"}, {})


def test_answers_are_erased_when_they_were_kept_as_long_as_was_promised(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    ask(workshop, by)
    registration = answered(workshop)
    due = workshop.ends_at + timedelta(days=30)

    early = service.erase_due_answers(now=due - timedelta(seconds=1))
    kept = answers_of(registration)
    done = [service.erase_due_answers(now=due) for _ in range(2)]

    assert (early, kept) == (0, {"diet": "Nuts"})
    assert (done, answers_of(registration)) == ([1, 0], {})


def test_removing_a_question_erases_its_answers(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    ask(workshop, by)
    registration = answered(workshop)

    version = queries.setup_of(workshop.id).version
    service.remove_field(workshop.id, "diet", version=version, by=by, now=NOW)

    assert (queries.setup_of(workshop.id).fields, answers_of(registration)) == ((), {})


def test_a_question_needs_a_purpose_and_an_end(sqlite_app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)

    with pytest.raises(rules.PurposeMissing):
        ask(workshop, by, OwnField(DIET.question, NO_TEXT, 30))
    with pytest.raises(rules.KeptTooLong):
        ask(workshop, by, OwnField(DIET.question, DIET.purpose, 0))


def test_answers_are_exported_and_shown_to_the_organiser(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = sign_in(client, Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    ask(workshop, actor_of(user))
    registration = answered(workshop, "=HYPERLINK(1)")
    base = f"/manage/workshops/{workshop.id}/people"

    table = client.get(f"{base}.csv").get_data(as_text=True)
    page = text_of(client.get(f"{base}/{registration.id}").text)

    assert "Anything you do not eat?" in table.splitlines()[0]
    assert "'=HYPERLINK(1)" in table
    assert "Anything you do not eat? =HYPERLINK(1)" in page


def test_the_organiser_builds_and_removes_a_question_by_pages(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = sign_in(client, Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    base = f"/manage/workshops/{workshop.id}/people/registration"
    new = f"{base}/new/yes_no"

    bare = client.post(new, data=hidden_fields(client.get(new).text) | {"keep_days": "30"})
    filled = {"text-en": "Do you need a visa?", "purpose-en": "To write it.", "keep_days": "30"}
    client.post(new, data=hidden_fields(client.get(new).text) | filled)
    (field,) = queries.setup_of(workshop.id).fields
    ask_first = client.get(f"{base}/{field.question.key}/remove").text
    client.post(f"{base}/{field.question.key}/remove", data=hidden_fields(ask_first))
    db.session().expire_all()

    assert ('id="text-en-error"' in bare.text, 'id="purpose-en-error"' in bare.text) == (True, True)
    assert (field.question.text.text("en"), field.keep_days) == ("Do you need a visa?", 30)
    assert queries.setup_of(workshop.id).fields == ()
