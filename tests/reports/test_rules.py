"""What prose may state."""

import pytest

from eventsapp.core.texts import Texts
from eventsapp.reports import rules
from eventsapp.reports.types import Fact

LABEL = Texts.of(en="Label")
KNOWN = {
    "participants.attended": Fact("participants.attended", "count", 24, LABEL),
    "project.contract_number": Fact("project.contract_number", "plain", "C-1", LABEL, public=False),
    "feedback.n": Fact("feedback.n", "count", None, LABEL, withheld=True),
}


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("24 people came, 50 % of them women; 24 stayed.", ["24", "50"]),
        ("Since 2017, in 2022.", []),
        ("{participants.attended} people, {feedback.q3.n} answers", []),
        ("1. first\n2. second", []),
        ("See [page 3](https://example.org/4).", ["3"]),
        ("1,250.5 euros", ["1,250.5"]),
        ("Room B2 and SDG10", []),
        ("شارك 24 شخصًا", ["24"]),
    ],
)
def test_figures_typed_by_hand_are_found(prose: str, numbers: list[str]) -> None:
    assert [number for number, _ in rules.typed_numbers(prose)] == numbers


def test_a_figure_typed_by_hand_is_shown_in_its_sentence() -> None:
    prose = "All went well. About 12 of\nthem stayed! {participants.attended} came in 2022."
    assert rules.typed_numbers(prose) == [("12", "About 12 of")]
    long = f"There were 7 {'very ' * 40}long days"
    assert rules.typed_numbers(long) == [("7", f"{long[:120]}…")]


@pytest.mark.parametrize(
    ("reference", "refusal"),
    [
        ("participants.atended", rules.UnknownReference),
        ("project.contract_number", rules.FactNotPublic),
        ("feedback.n", rules.FactWithheld),
    ],
)
def test_a_reference_that_an_edition_could_not_print_is_refused_beside_its_text(
    reference: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as found:
        rules.check_references(KNOWN, [reference], field="summary")
    assert found.value.field == "summary"  # type: ignore[attr-defined]
    rules.check_references(KNOWN, ["participants.attended", "Participants.attended"], field="x")


def test_strong_words_are_refused_unless_the_answers_bear_them_out() -> None:
    level = Fact("feedback.usefulness_level", "plain", "very", LABEL)
    rules.check_claims({level.key: level}, "It was very useful.", "en", field="outlook")
    with pytest.raises(rules.UnsupportedClaim):
        rules.check_claims({}, "It was very useful.", "en", field="outlook")
