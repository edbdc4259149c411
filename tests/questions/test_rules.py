"""Which questions make a form, and which answers fit it."""

from dataclasses import replace
from typing import Any

import pytest

from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.questions.rules import (
    MOST_QUESTIONS,
    TYPES,
    AnswersRefused,
    check_question,
    check_questions,
    parse_answers,
)
from eventsapp.questions.types import Option, Question, QuestionRefused

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
        f"{COMMENT.key}-text",
        CHOICE.key,
        "",
    ]


def test_parse_answers_refuses_a_text_of_a_million_letters_beside_its_field() -> None:
    assert [field for field, _ in refused([COMMENT], {COMMENT.key: "x" * 1_000_000})] == [
        f"{COMMENT.key}-text"
    ]
