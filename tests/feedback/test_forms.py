"""Forms: made from a template, changed by versions, access fixed by the first invitation."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM, Actor, Role
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import Access
from eventsapp.questions.types import Question
from eventsapp.workshops.types import Format
from tests.factories.feedback import DURING, answer, close, make_cards, make_form
from tests.factories.workshops import make_actor, make_workshop


def asked(form: FeedbackForm) -> list[str]:
    return [question.key for question in queries.questions_of(queries.current_version(form))]


def numbers(form: FeedbackForm) -> list[int]:
    return [version.number for version in queries.versions_of(form)]


def questions(form: FeedbackForm) -> list[Question]:
    return list(queries.questions_of(queries.current_version(form)))


def test_the_template_asks_for_the_mode_only_in_a_hybrid_workshop(app: Flask) -> None:
    always = ["usefulness", "knowledge", "clarity", "organisation"]
    assert asked(make_form(opened=False)) == [*always, "mode", "comment"]
    online = make_workshop(format=Format.ONLINE, seats_in_person=0)
    assert asked(make_form(online, opened=False)) == [*always, "comment"]


def test_every_text_of_the_template_is_in_three_languages(app: Flask) -> None:
    for question in questions(make_form(opened=False)):
        texts = [question.text, *(option.text for option in question.options)]
        assert [text.missing() for text in texts] == [()] * len(texts)


def test_a_workshop_has_one_form_of_a_kind(app: Flask) -> None:
    form = make_form(opened=False)
    with pytest.raises(rules.FormExists):
        service.create_form(form.workshop_id, "end", by=SYSTEM, now=DURING)


def test_only_the_organiser_of_the_workshop_changes_its_form(app: Flask) -> None:
    owner: Actor = make_actor(Role.ORGANISER)
    form = make_form(make_workshop(by=owner), opened=False)
    for other in (make_actor(Role.ORGANISER), make_actor(Role.STAFF), make_actor(Role.EDITOR)):
        with pytest.raises(Forbidden):
            service.open_form(form.id, by=other, now=DURING)
        with pytest.raises(Forbidden):
            service.remove_question(form.id, "clarity", by=other, now=DURING)
    service.open_form(form.id, by=owner, now=DURING)
    for other in (make_actor(Role.ORGANISER), make_actor(Role.STAFF)):
        with pytest.raises(Forbidden):
            service.close_form(form.id, by=other, now=DURING)
        with pytest.raises(Forbidden):
            service.print_cards(form.id, 3, by=other, now=DURING)


def test_a_draft_is_changed_in_place(app: Flask) -> None:
    form = make_form(opened=False)
    service.move_question(form.id, "comment", steps=-4, by=SYSTEM, now=DURING)
    service.remove_question(form.id, "clarity", by=SYSTEM, now=DURING)
    assert asked(form) == ["usefulness", "comment", "knowledge", "organisation", "mode"]
    assert numbers(form) == [1]


def test_an_opened_form_gets_a_new_version(app: Flask) -> None:
    form = make_form()
    service.remove_question(form.id, "clarity", by=SYSTEM, now=DURING)
    assert numbers(form) == [2, 1]
    assert "clarity" in [q.key for q in queries.questions_of(queries.versions_of(form)[1])]


def test_a_question_that_was_asked_keeps_the_keys_of_its_answers(app: Flask) -> None:
    form = make_form()
    scale = questions(form)[0]
    with pytest.raises(rules.AskedAlready):
        service.change_question(
            form.id, replace(scale, options=scale.options[:4]), by=SYSTEM, now=DURING
        )
    corrected = replace(scale, required=False)
    service.change_question(form.id, corrected, by=SYSTEM, now=DURING)
    assert questions(form)[0] == corrected


def test_a_question_put_back_is_still_the_one_that_was_asked(app: Flask) -> None:
    form = make_form()
    service.remove_question(form.id, "clarity", by=SYSTEM, now=DURING)
    other = replace(questions(form)[0], key="clarity", options=questions(form)[0].options[:4])
    with pytest.raises(rules.AskedAlready):
        service.change_question(form.id, other, by=SYSTEM, now=DURING)
    service.put_back_question(form.id, "clarity", by=SYSTEM, now=DURING)
    assert asked(form)[2] == "clarity"
    assert form.removed_questions == []


def test_only_the_last_few_removed_questions_are_kept(app: Flask) -> None:
    form = make_form(opened=False)
    for _ in range(12):
        copy = service.duplicate_question(form.id, "clarity", by=SYSTEM, now=DURING)
        service.remove_question(form.id, copy.key, by=SYSTEM, now=DURING)
    assert len(form.removed_questions) == 10


def test_of_two_who_change_the_questions_the_second_is_told(app: Flask) -> None:
    form = make_form(opened=False)
    seen = form.version
    service.remove_question(form.id, "clarity", version=seen, by=SYSTEM, now=DURING)
    with pytest.raises(Stale):
        service.remove_question(form.id, "mode", version=seen, by=SYSTEM, now=DURING)


def test_a_closed_form_is_changed_no_more(app: Flask) -> None:
    form = make_form()
    close(form)
    with pytest.raises(rules.FormNotOpen):
        service.remove_question(form.id, "clarity", by=SYSTEM, now=DURING)
    with pytest.raises(rules.FormNotOpen):
        service.close_form(form.id, by=SYSTEM, now=DURING)


def test_access_is_chosen_before_the_form_is_opened_and_never_after(app: Flask) -> None:
    form = make_form(opened=False)
    service.choose_access(form.id, Access.PERSONAL, by=SYSTEM, now=DURING)
    service.choose_access(form.id, Access.CARDS, by=SYSTEM, now=DURING)
    service.open_form(form.id, by=SYSTEM, now=DURING)
    with pytest.raises(rules.AccessFixed):
        service.choose_access(form.id, Access.OPEN, by=SYSTEM, now=DURING)


def test_a_form_without_questions_is_not_opened(app: Flask) -> None:
    form = make_form(opened=False)
    service.replace_questions(form.id, [], by=SYSTEM, now=DURING)
    with pytest.raises(rules.NoQuestions):
        service.open_form(form.id, by=SYSTEM, now=DURING)


def test_the_last_day_lies_ahead_and_within_a_year(app: Flask) -> None:
    form = make_form(opened=False)
    for day, refusal in (
        (date(2022, 2, 8), rules.ClosesInThePast),
        (date(2023, 3, 1), rules.ClosesTooLate),
    ):
        with pytest.raises(refusal):
            service.open_form(form.id, closes_on=day, by=SYSTEM, now=DURING)
    service.open_form(form.id, closes_on=date(2022, 2, 9), by=SYSTEM, now=DURING)


def test_answers_to_a_removed_question_stay_in_the_results(app: Flask) -> None:
    form = make_form()
    codes = make_cards(form, 10)
    for code in codes:
        answer(form, code)
    service.remove_question(form.id, "knowledge", by=SYSTEM, now=DURING)
    close(form)
    found = queries.feedback_facts(form.workshop).question("knowledge")
    assert found is not None
    assert (found.n, found.mean) == (10, 4.0)
