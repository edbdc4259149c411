"""Every question type, found by discovery, keeps its contract."""

from typing import Any

import pytest
from wtforms.form import BaseForm

from eventsapp.documents.blocks import Chart
from eventsapp.questions.question_type import Piece
from eventsapp.questions.rules import TYPES, check_question
from eventsapp.questions.types import AnswerRefused, Given, Question

KEYS = tuple(TYPES)
COUNTED = tuple(key for key, kind in TYPES.items() if kind.is_asked)
HOSTILE: tuple[Any, ...] = (
    "no such option",
    "5; DROP TABLE person",
    ["deep", ["list"]],
    {"text": {"text": "x"}, "may_quote": "yes"},
    17,
    True,
    "x" * 1_000_000,
    {"by": "somebody"},
    [None],
)


def bound(question: Question, lang: str, answer: Any = None) -> Any:
    kind = TYPES[question.type_key]
    form = BaseForm({question.key: kind.field(question, lang)})
    form.process(data={} if answer is None else {question.key: kind.show(question, answer)})
    return form[question.key]


def test_there_are_at_least_the_kinds_that_forms_are_made_of() -> None:
    assert {"likert", "one_choice", "yes_no", "long_text", "short_text"} <= set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_the_example_can_be_asked(key: str) -> None:
    question, _ = TYPES[key].example
    check_question(question)
    assert question.type_key == key
    assert question.text.missing() == ()


@pytest.mark.parametrize("key", KEYS)
def test_a_question_survives_its_json(key: str) -> None:
    question, _ = TYPES[key].example
    assert Question.from_json(question.to_json()) == question


@pytest.mark.parametrize("key", KEYS)
def test_the_field_gives_back_the_answer_it_was_filled_with(key: str, app: Any) -> None:
    question, answer = TYPES[key].example
    with app.test_request_context():
        field = bound(question, "fr", answer)
        assert TYPES[key].parse(question, field.data) == answer
        assert str(question.text.find("fr")) == str(field.label.text)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_no_answer_is_none(key: str, nothing: Any) -> None:
    question, _ = TYPES[key].example
    assert TYPES[key].parse(question, nothing) is None


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: str(raw)[:20])
def test_hostile_data_is_refused_or_becomes_plain_text(key: str, raw: Any) -> None:
    question, _ = TYPES[key].example
    try:
        answer = TYPES[key].parse(question, raw)
    except AnswerRefused:
        return
    assert answer in (None, raw, {"text": raw})


def given_of(piece: Piece, answer: Any) -> list[Given]:
    picked = piece.pick(answer)
    return [] if picked is None else [Given(picked), Given(picked, "ar"), Given(picked, "fr")]


@pytest.mark.parametrize("key", COUNTED)
def test_answers_are_counted_once_each(key: str) -> None:
    question, answer = TYPES[key].example
    for piece in TYPES[key].pieces(question):
        kind = TYPES[piece.question.type_key]
        given = given_of(piece, answer)
        summary = kind.summarise(piece.question, given)
        assert (piece.asked, summary.n) == (question.key, len(given))
        assert kind.summarise(piece.question, []).n == 0
        assert {count for _, _, count in summary.distribution if count} <= {3}


@pytest.mark.parametrize("key", COUNTED)
@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_chart_has_a_bar_for_each_line_of_the_export(key: str, lang: str) -> None:
    question, answer = TYPES[key].example
    for piece in TYPES[key].pieces(question):
        kind = TYPES[piece.question.type_key]

        class Result:
            text = piece.question.text
            n = 3
            distribution = kind.summarise(piece.question, given_of(piece, answer)).distribution

        chart = kind.chart(Result, lang=lang, summary="Three answered.")
        rows = kind.rows(Result, lang)
        if not rows:
            assert chart is None
            return
        assert isinstance(chart, Chart)
        bars = zip(*(series.values for series in chart.series), strict=True)
        drawn = [
            (category, value)
            for category, values in zip(chart.categories, bars, strict=True)
            for value in values
        ]
        assert [count for _, count in rows] == [value for _, value in drawn]
        assert all(
            label.startswith(category)
            for (label, _), (category, _) in zip(rows, drawn, strict=True)
        )


@pytest.mark.parametrize("key", COUNTED)
def test_a_stored_answer_can_be_said_and_its_keys_are_offered(key: str) -> None:
    question, answer = TYPES[key].example
    kind = TYPES[key]
    assert all(kind.say(question, answer, lang).strip() for lang in ("en", "fr", "ar"))
    offered = {option.key for option in kind.choices(question)}
    assert kind.chosen(answer) <= offered
    assert bool(kind.chosen(answer)) == bool(offered)


@pytest.mark.parametrize("key", KEYS)
def test_there_is_room_on_paper_for_what_is_asked(key: str) -> None:
    kind = TYPES[key]
    question, _ = kind.example
    paper = kind.paper(question, "ar")
    assert bool(paper.lines or paper.boxes or paper.blank) == kind.is_asked
    assert len(paper.boxes) in {0, len(kind.choices(question)), len(question.options)}
    assert len(paper.rows) == len(question.lines)


def test_a_scale_reads_from_the_lowest_point_and_counts_what_lies_above_the_middle() -> None:
    question, _ = TYPES["likert"].example
    given = [Given(point) for point in ("1", "3", "4", "5")]
    summary = TYPES["likert"].summarise(question, given)
    assert [(key, count) for key, _, count in summary.distribution] == [
        ("1", 1),
        ("2", 0),
        ("3", 1),
        ("4", 1),
        ("5", 1),
    ]
    assert (summary.mean, summary.share_positive) == (3.25, 0.5)


def test_a_text_loses_only_what_nobody_can_see() -> None:
    question, _ = TYPES["long_text"].example
    written = " Bien\r\nmerci\x00\x07 \u200fشكرًا\ud800 "
    assert TYPES["long_text"].parse(question, written) == {"text": "Bien\nmerci \u200fشكرًا"}


def test_consent_to_be_quoted_is_off_until_it_is_given() -> None:
    question, _ = TYPES["long_text"].example
    parse = TYPES["long_text"].parse
    wish = {"text": "Good.", "by": "name", "named": "Amal"}
    assert parse(question, wish) == {"text": "Good."}
    assert parse(question, wish | {"may_quote": True}) == {
        "text": "Good.",
        "quote": {"by": "name", "as": "Amal"},
    }
    with pytest.raises(AnswerRefused) as refused:
        parse(question, {"text": "Good.", "may_quote": True, "by": "role", "named": " "})
    assert refused.value.field == "named"
