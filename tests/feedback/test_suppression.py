"""Small numbers: nobody is found behind a figure, not by subtraction either."""

from collections import Counter
from itertools import product

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from eventsapp.feedback import queries
from eventsapp.feedback.rules import hidden_groups
from eventsapp.feedback.types import SMALLEST_PUBLISHED, SMALLEST_SHOWN, Breakdown
from tests.factories.feedback import ANSWERS, answer, close, make_cards, make_form

sizes = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)


def without_complement(found: dict[str, int], smallest: int) -> frozenset[str]:
    """The control: hide only what is small itself."""
    return frozenset(key for key, size in found.items() if 0 < size < smallest)


def is_recovered(found: dict[str, int], hidden: frozenset[str], smallest: int) -> bool:
    """Whether the whole, less what is shown, is the result of one group or of too few people."""
    filled = {key for key in hidden if found[key]}
    return bool(filled) and (len(filled) < 2 or sum(found[key] for key in filled) < smallest)


@given(sizes, st.sampled_from([SMALLEST_SHOWN, SMALLEST_PUBLISHED]))
def test_what_is_hidden_cannot_be_had_by_subtraction(found: dict[str, int], smallest: int) -> None:
    hidden = hidden_groups(found, smallest=smallest)
    assert without_complement(found, smallest) <= hidden
    everything = {key for key, size in found.items() if size}
    assert not is_recovered(found, hidden, smallest) or hidden == everything


@given(sizes)
def test_nothing_is_hidden_where_no_group_is_small(found: dict[str, int]) -> None:
    large = {key: size + SMALLEST_SHOWN for key, size in found.items()}
    assert hidden_groups(large, smallest=SMALLEST_SHOWN) == frozenset()


def test_hiding_only_the_small_group_would_give_it_away() -> None:
    found = {"in_person": 12, "online": 4}
    assert is_recovered(found, without_complement(found, 5), 5)
    assert hidden_groups(found, smallest=5) == {"in_person", "online"}
    assert hidden_groups({"a": 12, "b": 4, "c": 9}, smallest=5) == {"b", "c"}


def breakdown_of(modes: list[tuple[str, str]], smallest: int) -> Breakdown:
    form = make_form()
    codes = make_cards(form, len(modes))
    for code, (mode, useful) in zip(codes, modes, strict=True):
        answer(form, code, answers=ANSWERS | {"mode": mode, "usefulness": useful})
    close(form)
    (found,) = queries.feedback_facts(form.workshop, smallest=smallest).breakdowns
    return found


def shown_counts(found: Breakdown) -> dict[str, Counter[str]]:
    return {
        group.key: Counter({key: count for key, _, count in group.result.distribution if count})
        for group in found.groups
        if not group.result.is_suppressed
    }


def test_results_by_mode_are_shown_where_both_groups_are_large_enough(sqlite_app: Flask) -> None:
    modes = [("in_person", "5")] * 6 + [("online", "4")] * 5
    found = shown_counts(breakdown_of(modes, SMALLEST_SHOWN))
    assert found == {"in_person": Counter({"5": 6}), "online": Counter({"4": 5})}


@pytest.mark.parametrize("smallest", [SMALLEST_SHOWN, SMALLEST_PUBLISHED])
def test_a_small_group_hides_the_one_that_would_give_it_away(
    sqlite_app: Flask, smallest: int
) -> None:
    modes = [("in_person", "5")] * 12 + [("online", "2")] * 4
    assert shown_counts(breakdown_of(modes, smallest)) == {}


def test_a_question_that_few_answered_is_not_shown_and_nine_are_not_published(
    sqlite_app: Flask,
) -> None:
    form = make_form()
    codes = make_cards(form, 12)
    for number, code in enumerate(codes):
        more = {"clarity": "3"} if number < 4 else {}
        more |= {"organisation": "4"} if number < 9 else {}
        answer(form, code, answers=ANSWERS | more)
    close(form)
    levels = (SMALLEST_SHOWN, SMALLEST_PUBLISHED)
    shown = {
        (key, smallest): queries.feedback_facts(form.workshop, smallest=smallest).question(key)
        for key, smallest in product(("usefulness", "clarity", "organisation"), levels)
    }
    assert {key: None if result is None else result.n for key, result in shown.items()} == {
        ("usefulness", SMALLEST_SHOWN): 12,
        ("usefulness", SMALLEST_PUBLISHED): 12,
        ("clarity", SMALLEST_SHOWN): None,
        ("clarity", SMALLEST_PUBLISHED): None,
        ("organisation", SMALLEST_SHOWN): 9,
        ("organisation", SMALLEST_PUBLISHED): None,
    }
