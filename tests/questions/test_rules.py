"""Which questions make a form, and which answers fit it."""

from dataclasses import replace
from typing import Any

import pytest

from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.questions.rules import (
    MOST_QUESTIONS,
    TYPES,
    ConditionLost,
    check_question,
    check_questions,
    parse_answers,
    visible_questions,
)
from eventsapp.questions.types import (
    AnswersRefused,
    Condition,
    Option,
    Question,
    QuestionRefused,
)

SCALE, _ = TYPES["likert"].example
COMMENT, _ = TYPES["long_text"].example
CHOICE, _ = TYPES["one_choice"].example


@pytest.mark.parametrize(
    "question",
    [
        replace(SCALE, text=NO_TEXT),
        replace(SCALE, key="Not a key"),
        replace(SCALE, type_key="riddle"),
        replace(SCALE, options=SCALE.options[:3]),
        replace(SCALE, options=(*SCALE.options, *SCALE.options)),
        replace(SCALE, options=SCALE.options[::-1]),
        replace(CHOICE, options=(Option("a", Texts.of(en="A")), Option("b", NO_TEXT))),
        replace(CHOICE, options=(Option("a b", Texts.of(en="A")), Option("b", Texts.of(en="B")))),
        replace(COMMENT, options=CHOICE.options),
    ],
    ids=lambda question: f"{question.type_key} {question.key} {len(question.options)}",
)
def test_check_question_refuses_what_makes_no_sense(question: Question) -> None:
    with pytest.raises(QuestionRefused):
        check_question(question)


def test_check_questions_refuses_two_of_one_key_and_too_many() -> None:
    with pytest.raises(QuestionRefused):
        check_questions([SCALE, SCALE])
    many = [replace(COMMENT, key=f"q{n}") for n in range(MOST_QUESTIONS + 1)]
    check_questions(many[:-1])
    with pytest.raises(QuestionRefused):
        check_questions(many)


def test_parse_answers_leaves_out_what_was_not_answered() -> None:
    raw = {SCALE.key: "4", COMMENT.key: {"text": "  "}, CHOICE.key: None}
    assert parse_answers([SCALE, COMMENT, CHOICE], raw) == {SCALE.key: "4"}


def refused(questions: list[Question], raw: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(AnswersRefused) as found:
        parse_answers(questions, raw)
    return [(one.field, one.message) for one in found.value.refusals]


def test_parse_answers_says_everything_that_is_wrong_at_once() -> None:
    wanted = [replace(SCALE, required=True), replace(COMMENT, required=True), CHOICE]
    raw = {CHOICE.key: "telepathy", "unknown": "1"}
    assert [field for field, _ in refused(wanted, raw)] == [
        SCALE.key,
        COMMENT.key,
        CHOICE.key,
        "",
    ]


def test_parse_answers_refuses_a_text_of_a_million_letters_beside_its_field() -> None:
    assert [field for field, _ in refused([COMMENT], {COMMENT.key: "x" * 1_000_000})] == [
        COMMENT.key
    ]


YES_NO, _ = TYPES["yes_no"].example
SINCE = replace(COMMENT, key="since", conditions=(Condition(YES_NO.key, ("yes",)),))
AFTER = replace(CHOICE, key="after", conditions=(Condition("heard_first", ("letter",)),))
FIRST = replace(CHOICE, key="heard_first", conditions=(Condition(YES_NO.key, ("yes",)),))


def test_a_question_is_shown_where_its_condition_holds() -> None:
    asked = [YES_NO, SINCE, CHOICE]
    keys = [
        [one.key for one in visible_questions(asked, answers)]
        for answers in ({}, {YES_NO.key: "no"}, {YES_NO.key: "yes"})
    ]
    assert keys == [
        [YES_NO.key, CHOICE.key],
        [YES_NO.key, CHOICE.key],
        [YES_NO.key, "since", CHOICE.key],
    ]


def test_answers_to_hidden_questions_are_left_out_whatever_they_are() -> None:
    asked = [YES_NO, replace(SINCE, required=True)]
    hostile = {YES_NO.key: "no", "since": {"text": "x" * 1_000_000}}
    assert parse_answers(asked, hostile) == {YES_NO.key: "no"}
    # The control: shown, the same answer is refused, and none is missed.
    assert [one for one, _ in refused(asked, hostile | {YES_NO.key: "yes"})] == ["since"]
    assert [one for one, _ in refused(asked, {YES_NO.key: "yes"})] == ["since"]


def test_an_answer_to_a_hidden_question_opens_nothing() -> None:
    asked = [YES_NO, FIRST, AFTER]
    opening = {"heard_first": "letter", "after": "letter"}
    assert parse_answers(asked, opening | {YES_NO.key: "no"}) == {YES_NO.key: "no"}
    assert parse_answers(asked, opening | {YES_NO.key: "yes"}) == opening | {YES_NO.key: "yes"}


@pytest.mark.parametrize(
    "asked",
    [
        [SINCE, YES_NO],
        [SINCE],
        [YES_NO, replace(SINCE, conditions=(Condition(YES_NO.key, ("perhaps",)),))],
        [YES_NO, replace(SINCE, conditions=(Condition(YES_NO.key, ()),))],
        [COMMENT, replace(SINCE, conditions=(Condition(COMMENT.key, ("yes",)),))],
        [replace(YES_NO, conditions=(Condition(YES_NO.key, ("yes",)),))],
    ],
    ids=["later", "missing", "no such answer", "no answer", "own words", "itself"],
)
def test_a_condition_names_answers_of_an_earlier_question(asked: list[Question]) -> None:
    with pytest.raises(ConditionLost):
        check_questions(asked)


def test_questions_kept_before_there_were_conditions_and_lines_are_read() -> None:
    kept = CHOICE.to_json()
    del kept["conditions"], kept["lines"]
    assert Question.from_json(kept) == CHOICE
