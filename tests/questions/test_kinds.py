"""What is particular to one kind of question."""

from dataclasses import replace
from typing import Any

import pytest

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Chart
from eventsapp.questions.rules import TYPES, check_question, parse_answers
from eventsapp.questions.types import (
    AnswerRefused,
    AnswersRefused,
    Given,
    Option,
    Question,
    QuestionRefused,
)


def example(key: str, **changes: Any) -> Question:
    return replace(TYPES[key].example[0], **changes)


def parse(question: Question, raw: Any) -> Any:
    return TYPES[question.type_key].parse(question, raw)


def refusal(question: Question, raw: Any) -> AnswerRefused:
    with pytest.raises(AnswerRefused) as refused:
        parse(question, raw)
    return refused.value


NUMBER = example("number", settings={"decimals": "2"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("12.0", 12),
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("-3", -3),
        ("\u22123", -3),
        ("١٢", 12),
        ("۱۲", 12),
        ("٣٫٥", 3.5),
        ("١٬٥٠٠", 1500),
        ("1 500", 1500),
        ("1\u202f500,25", 1500.25),
        ("1'500.25", 1500.25),
        ("1.234.567,8", 1234567.8),
        ("1,234,567.8", 1234567.8),
        ("\u200f١٢\u200f", 12),
        (12, 12),
        (2.5, 2.5),
    ],
)
def test_a_number_is_read_as_people_of_each_language_write_it(typed: Any, meant: float) -> None:
    assert parse(NUMBER, typed) == meant


@pytest.mark.parametrize(
    "typed", ["twelve", "1e5", "--1", "1-2", "½", "NaN", "inf", "9" * 41, "1\x002", True, [1]]
)
def test_what_is_no_number_is_refused(typed: Any) -> None:
    assert refusal(NUMBER, typed).message == "Write a number in digits, such as 12."


@pytest.mark.parametrize("typed", ["1,500", "1.500", "15.250", "-1,500"])
def test_a_number_that_can_be_read_in_two_ways_is_asked_again(typed: str) -> None:
    assert "two ways" in refusal(NUMBER, typed).message


def test_a_number_keeps_to_its_range_and_its_digits() -> None:
    years = example("number")
    assert [parse(years, typed) for typed in ("0", "60")] == [0, 60]
    messages = [refusal(years, typed).message for typed in ("-1", "61", "2,5")]
    assert messages == [
        "The smallest possible number is %(least)s.",
        "The largest possible number is %(most)s.",
        "Write a whole number.",
    ]
    assert "Use at most" in refusal(NUMBER, "0,125").message
    with pytest.raises(QuestionRefused):
        check_question(replace(years, settings={"least": 5, "most": 4}))


def test_many_different_numbers_are_counted_in_ranges_of_a_round_width() -> None:
    summarise = TYPES["number"].summarise
    few = summarise(NUMBER, [Given(n) for n in (1, 1, 2.5)])
    assert [(key, count) for key, _, count in few.distribution] == [("1", 2), ("2.5", 1)]
    assert few.mean == 1.5
    many = summarise(NUMBER, [Given(n) for n in range(3, 60)])
    assert [key for key, _, _ in many.distribution] == [f"{n}+" for n in range(0, 60, 10)]
    assert sum(count for _, _, count in many.distribution) == many.n == 57


def test_a_date_is_a_day_of_the_calendar_within_its_bounds() -> None:
    day = example("date", settings={"earliest": "2021-01-01", "latest": "2021-12-31"})
    assert [parse(day, typed) for typed in ("2021-01-01", " ٢٠٢١-١٢-٣١ ")] == [
        "2021-01-01",
        "2021-12-31",
    ]
    for typed in ("2021-02-30", "10/02/2021", "yesterday", "2021-01-01T00:00", 20210101, ["x"]):
        assert "year, month and day" in refusal(day, typed).message
    assert "earliest possible" in refusal(day, "2020-12-31").message
    assert "latest possible" in refusal(day, "2022-01-01").message


def test_dates_are_counted_by_day_by_month_or_by_year() -> None:
    def spans(days: list[str]) -> list[str]:
        summary = TYPES["date"].summarise(example("date"), [Given(day) for day in days])
        return [key for key, _, _ in summary.distribution]

    assert spans(["2021-03-01", "2021-03-02"]) == ["2021-03-01", "2021-03-02"]
    assert spans([f"2021-{n:02}-{n:02}" for n in range(1, 13)] + ["2021-01-20"]) == [
        f"2021-{n:02}" for n in range(1, 13)
    ]
    assert spans([f"{year}-05-{day:02}" for year in (1999, 2021) for day in range(1, 29)]) == [
        "1999-05",
        "2021-05",
    ]


ONE = example("one_choice", settings={"other": True})
SEVERAL = example("several_choices", settings={"other": True})


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ({"choice": "letter", "other": ""}, "letter"),
        ({"choice": "other", "other": " By\tradio "}, {"other": "By radio"}),
        ({"choice": None, "other": "By radio"}, {"other": "By radio"}),
        ({"choice": "other", "other": ""}, {"other": ""}),
        ({"choice": "", "other": " "}, None),
        ("letter", "letter"),
        ("other", {"other": ""}),
        ({"other": "By radio"}, {"other": "By radio"}),
        ({"other": ""}, {"other": ""}),
    ],
)
def test_another_answer_than_those_offered_is_kept_in_its_own_words(raw: Any, stored: Any) -> None:
    assert parse(ONE, raw) == stored
    if stored is not None:
        assert parse(ONE, TYPES["one_choice"].show(ONE, stored)) == stored


def test_an_answer_and_another_are_not_both_kept_where_one_is_asked_for() -> None:
    both = refusal(ONE, {"choice": "letter", "other": "By radio"})
    assert (both.field, "keep one" in both.message) == ("other", True)
    assert refusal(ONE, {"choice": "", "other": "x" * 301}).field == "other"
    assert isinstance(refusal(example("one_choice"), {"other": "By radio"}), AnswerRefused)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ({"choices": ["training"], "other": ""}, ["training"]),
        ({"choices": ["other", "reading"], "other": "Rest"}, ["reading", {"other": "Rest"}]),
        ({"choices": [], "other": "Rest"}, [{"other": "Rest"}]),
        ({"choices": ["other"], "other": ""}, [{"other": ""}]),
        (["training", "reading"], ["reading", "training"]),
        (["reading", {"other": "Rest"}], ["reading", {"other": "Rest"}]),
        ({"choices": None, "other": None}, None),
        ([], None),
    ],
)
def test_others_are_kept_beside_several_choices(raw: Any, stored: Any) -> None:
    assert parse(SEVERAL, raw) == stored
    if stored is not None:
        assert parse(SEVERAL, TYPES["several_choices"].show(SEVERAL, stored)) == stored


def test_other_answers_are_counted_together_and_read_apart() -> None:
    summary = TYPES["one_choice"].summarise(
        ONE, [Given("letter"), Given({"other": "By radio"}, "fr"), Given({"other": ""})]
    )
    assert [(key, count) for key, _, count in summary.distribution] == [
        ("colleague", 0),
        ("letter", 1),
        ("other", 2),
    ]
    assert [(text.text, text.lang) for text in summary.texts] == [("By radio", "fr")]
    assert TYPES["several_choices"].say(SEVERAL, ["reading", {"other": "Rest"}], "fr") == (
        "Des lectures, Rest"
    )
    with pytest.raises(QuestionRefused):
        check_question(
            replace(ONE, options=(*ONE.options, Option("other", Texts.of(en="Something else"))))
        )


def test_a_matrix_that_must_be_answered_must_be_answered_on_every_line() -> None:
    matrix = example("matrix", required=True)
    assert parse(replace(matrix, required=False), {"talks": "4", "papers": ""}) == {"talks": "4"}
    with pytest.raises(AnswersRefused) as refused:
        parse_answers([matrix], {matrix.key: {"talks": "4", "exchange": "9"}})
    assert [one.field for one in refused.value.refusals] == [
        f"{matrix.key}-exchange",
        f"{matrix.key}-papers",
    ]
    with pytest.raises(AnswersRefused):
        parse_answers([matrix], {matrix.key: {"talks": "4", "nothing": "1"}})


def test_each_line_of_a_matrix_is_counted_for_itself() -> None:
    matrix = example("matrix")
    pieces = TYPES["matrix"].pieces(matrix)
    assert [(piece.question.key, piece.question.text.text("fr")) for piece in pieces] == [
        ("parts-talks", "Ces parties vous ont-elles été utiles ? – Les présentations"),
        ("parts-exchange", "Ces parties vous ont-elles été utiles ? – Les échanges"),
        ("parts-papers", "Ces parties vous ont-elles été utiles ? – Les documents"),
    ]
    assert [piece.pick({"talks": "4", "exchange": "5"}) for piece in pieces] == ["4", "5", None]


def test_a_scale_keeps_to_the_parity_that_was_set() -> None:
    for key in ("likert", "matrix"):
        odd = example(key, settings={"parity": "odd"})
        check_question(odd)
        with pytest.raises(QuestionRefused):
            check_question(replace(odd, settings={"parity": "even"}))
        check_question(replace(odd, settings={"parity": "even"}, options=odd.options[:4]))


RANKING = example("ranking")


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ({"visit": "2", "course": "1", "advice": "3"}, ["course", "visit", "advice"]),
        ({"visit": "", "course": "3", "advice": None}, ["course"]),
        (["advice", "visit"], ["advice", "visit"]),
        ({"visit": "", "course": "", "advice": ""}, None),
    ],
)
def test_a_ranking_is_an_order_without_gaps(raw: Any, stored: Any) -> None:
    assert parse(RANKING, raw) == stored


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"visit": "1", "course": "1"}, "course"),
        ({"visit": "4"}, "visit"),
        ({"visit": "0"}, "visit"),
        ({"visit": 1}, "visit"),
        ({"nothing": "1"}, ""),
        (["visit", "visit"], ""),
        ("visit", ""),
    ],
)
def test_a_place_is_given_once(raw: Any, field: str) -> None:
    assert refusal(RANKING, raw).field == field


def test_a_ranking_counts_how_often_each_thing_got_each_place() -> None:
    kind = TYPES["ranking"]
    given = [Given(["course", "visit"]), Given(["course"]), Given(["visit", "advice", "course"])]
    summary = kind.summarise(RANKING, given)
    assert {key: count for key, _, count in summary.distribution if count} == {
        "visit:1": 1,
        "visit:2": 1,
        "course:1": 2,
        "course:3": 1,
        "advice:2": 1,
    }

    class Result:
        text = RANKING.text
        n = summary.n
        distribution = summary.distribution

    chart = kind.chart(Result, lang="ar", summary="Three answered.")
    assert isinstance(chart, Chart)
    assert chart.categories == tuple(option.text.text("ar") for option in RANKING.options)
    assert [series.label for series in chart.series] == ["1", "2", "3"]


def test_a_heading_asks_nothing_and_keeps_nothing() -> None:
    heading = example("section", required=True)
    assert parse_answers([heading], {heading.key: "smuggled"}) == {}
    assert TYPES["section"].pieces(heading) == ()
