"""An attacker with all files and pages, and a solver: does anything give a hidden result away?

What was published becomes equations over the number of people of each kind (what they answered
to everything, and in which language). A hidden result is recovered where the equations leave it
one value only, though the results of everybody, which rest on enough people, do not. What counts
are results of too few people; others are hidden only to protect them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm, FeedbackSummary
from eventsapp.feedback.rules import suppression
from eventsapp.feedback.service import results as keeping
from eventsapp.feedback.types import (
    LANGUAGE,
    SMALLEST_PUBLISHED,
    SMALLEST_SHOWN,
    FormStatus,
    QuestionResult,
)
from eventsapp.questions.types import Option, Question
from tests.factories.feedback import DURING, close, make_form
from tests.feedback.solver import Solver

NA = ""
SCALE = tuple(Option(str(n), Texts.of(en=f"Point {n}")) for n in range(1, 5))
PARTS = tuple(Option(key, Texts.of(en=f"Part {key}")) for key in "abc")
ASKED = (
    Question("useful", "likert", Texts.of(en="Useful?"), options=SCALE),
    Question("again", "likert", Texts.of(en="Again?"), options=SCALE),
    Question("clear", "yes_no", Texts.of(en="Clear?")),
    Question("part", "one_choice", Texts.of(en="Which part?"), options=PARTS),
)
OFFERED = {
    "useful": ("1", "4", NA),
    "again": ("1", "4"),
    "clear": ("yes", "no"),
    "part": ("a", "b", "c"),
    LANGUAGE: ("en", "fr"),
}
KINDS = tuple(product(*OFFERED.values()))
Kind = tuple[str, ...]

kinds = st.tuples(*(st.sampled_from(offered) for offered in OFFERED.values()))
# Most people alike, a few different: where subtraction pays.
people = st.lists(st.sampled_from(KINDS), min_size=1, max_size=4).flatmap(
    lambda usual: st.lists(st.one_of(st.sampled_from(usual), kinds), min_size=10, max_size=32)
)


def payload(kind: Kind) -> dict[str, Any]:
    *answers, lang = kind
    given_answers = zip(("useful", "again", "clear", "part"), answers, strict=True)
    return {"lang": lang, "answers": {key: value for key, value in given_answers if value}}


def kinds_where(**wanted: set[str]) -> frozenset[int]:
    """The kinds of people who answered so."""
    places = {key: place for place, key in enumerate(OFFERED)}
    return frozenset(
        at
        for at, kind in enumerate(KINDS)
        if all(kind[places[key]] in values for key, values in wanted.items())
    )


@dataclass
class Known:
    """What one reader knows: how many people are of some kinds together, and what was hidden."""

    everybody: dict[frozenset[int], int] = field(default_factory=dict)
    groups: dict[frozenset[int], int] = field(default_factory=dict)
    hidden: set[frozenset[int]] = field(default_factory=set)

    def read(self, form: FeedbackForm, crowd: list[Kind], smallest: int) -> "Known":
        """All results, broken down in every way that is offered; ``crowd`` is the truth."""
        total = queries.count_answers(form).mixed or sum(self._sizes(form))
        self.everybody[kinds_where()] = total
        for result in queries.results_of(form, smallest=smallest):
            counts, answered = _cells(result)
            if not result.is_suppressed:
                self.everybody |= counts | answered
        for by in queries.groupings_of(form):
            for breakdown in queries.breakdowns_by(form, by.key, smallest=smallest):
                for group in breakdown.groups:
                    counts, answered = _cells(group.result, **{by.key: {group.key}})
                    if not group.result.is_suppressed:
                        self.groups |= counts | answered
                    elif any(0 < of(crowd, cell) < smallest for cell in answered):
                        self.hidden |= counts.keys() - {frozenset()}
        return self

    @staticmethod
    def _sizes(form: FeedbackForm) -> Iterable[int]:
        kept = queries.kept_summary(form)
        return kept["sizes"][LANGUAGE].values() if kept else ()

    def recovered(self) -> set[frozenset[int]]:
        anyhow = Solver(self.everybody.items(), len(KINDS))
        attacker = Solver((self.everybody | self.groups).items(), len(KINDS))
        return {
            cell
            for cell in self.hidden
            if _is_one(attacker.bounds(cell)) and not _is_one(anyhow.bounds(cell))
        }


def of(crowd: list[Kind], cell: frozenset[int]) -> int:
    """How many of these people it counts."""
    return sum(KINDS.index(kind) in cell for kind in crowd)


def _is_one(bounds: tuple[int, int]) -> bool:
    return bounds[0] == bounds[1]


Cells = dict[frozenset[int], int]


def _cells(result: QuestionResult, **group: set[str]) -> tuple[Cells, Cells]:
    """Each answer's count, and how many answered (in groups whose sizes are no secret)."""
    offered = {key for key in OFFERED[result.key] if key != NA}
    found = {key: count for key, _, count in result.distribution}
    counts = {kinds_where(**group, **{result.key: {key}}): found.get(key, 0) for key in offered}
    return counts, {kinds_where(**group, **{result.key: offered}): result.n}


@pytest.fixture
def form(sqlite_app: Flask) -> FeedbackForm:
    """A closed form with questions that part people and one that does not."""
    made = make_form(opened=False)
    service.replace_questions(made.id, ASKED, by=SYSTEM, now=DURING)
    service.open_form(made.id, by=SYSTEM, now=DURING)
    close(made)
    return made


def answered_by(form: FeedbackForm, crowd: list[Kind]) -> FeedbackForm:
    """As if closing had found these people's answers."""
    payloads = [payload(kind) for kind in crowd]
    db.session().execute(sa.delete(FeedbackSummary))
    keeping.keep_results(form, payloads, payloads)
    db.session().flush()
    return form


def only_what_is_small(sizes: dict[str, int], *, smallest: int) -> frozenset[str]:
    """The control: suppression without complement."""
    return frozenset(key for key, size in sizes.items() if 0 < size < smallest)


LEVELS = st.sampled_from([SMALLEST_SHOWN, SMALLEST_PUBLISHED])
# Nothing is shrunk: each example asks the solver many questions.
QUICK = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


# All who said how useful it was said the same, and the one who did not is in no small group.
OF_ONE_MIND: list[Kind] = [
    *[("1", "1", "no", "a", "en")] * 3,
    *[("1", "1", "no", "b", "fr")] * 3,
    *[("1", "4", "no", "c", "fr")] * 6,
    (NA, "1", "no", "c", "en"),
]


@QUICK
@given(people, LEVELS)
@example(OF_ONE_MIND, SMALLEST_SHOWN)
def test_no_set_of_shown_results_recovers_a_hidden_one(
    form: FeedbackForm, crowd: list[Kind], smallest: int
) -> None:
    assert Known().read(answered_by(form, crowd), crowd, smallest).recovered() == set()


@QUICK
@given(people)
def test_what_is_published_and_what_is_shown_inside_together_recover_nothing(
    form: FeedbackForm, crowd: list[Kind]
) -> None:
    answered_by(form, crowd)
    known = Known().read(form, crowd, SMALLEST_PUBLISHED)
    known.hidden.clear()  # to readers inside, only what is hidden there too
    assert known.read(form, crowd, SMALLEST_SHOWN).recovered() == set()


@pytest.mark.proof
@settings(QUICK, max_examples=500)
@given(people)
def test_nothing_hidden_is_recovered_at_length(form: FeedbackForm, crowd: list[Kind]) -> None:
    answered_by(form, crowd)
    assert Known().read(form, crowd, SMALLEST_PUBLISHED).recovered() == set()
    known = Known().read(form, crowd, SMALLEST_PUBLISHED)
    known.hidden.clear()
    assert known.read(form, crowd, SMALLEST_SHOWN).recovered() == set()


def crowd_of(*parts: tuple[int, Kind]) -> list[Kind]:
    return [kind for count, kind in parts for _ in range(count)]


def test_without_complementary_suppression_the_attacker_wins(
    form: FeedbackForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = crowd_of(
        (8, ("4", "4", "yes", "a", "en")),
        (4, ("1", "1", "yes", "a", "fr")),
        (3, ("1", "4", "no", "b", "en")),
        (1, ("4", "1", "no", "b", "fr")),
    )
    assert Known().read(answered_by(form, crowd), crowd, SMALLEST_SHOWN).recovered() == set()
    monkeypatch.setattr(suppression, "hidden_groups", only_what_is_small)
    monkeypatch.setattr(suppression, "is_safe", lambda *_args, **_kwargs: True)
    found = Known().read(form, crowd, SMALLEST_SHOWN).recovered()
    assert kinds_where(useful={"1"}, part={"b"}) in found


def test_who_answered_tells_the_answer_where_all_gave_the_same(
    form: FeedbackForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the rule for this case, both small groups are recovered."""
    monkeypatch.setattr(suppression, "keeps_who_answered", lambda *_args: True)
    answered_by(form, OF_ONE_MIND)
    found = Known().read(form, OF_ONE_MIND, SMALLEST_SHOWN).recovered()
    assert kinds_where(useful={"1"}, part={"a"}) in found


def test_what_is_hidden_together_must_not_be_all_alike(
    form: FeedbackForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two small groups hide each other's size, but not an answer that all of both gave."""
    crowd = crowd_of(
        (6, ("4", "4", "yes", "a", "en")),
        (6, ("1", "1", "yes", "a", "fr")),
        (3, ("1", "4", "no", "b", "en")),
        (4, ("1", "4", "no", "c", "fr")),
    )
    assert Known().read(answered_by(form, crowd), crowd, SMALLEST_SHOWN).recovered() == set()
    monkeypatch.setattr(suppression, "is_safe", lambda *_args, **_kwargs: True)
    found = Known().read(form, crowd, SMALLEST_SHOWN).recovered()
    assert kinds_where(useful={"1"}, part={"b"}) in found


def kind_of(useful: str, lang: str = "en") -> Kind:
    return (useful, "4", "yes", "a", lang)


@QUICK
@given(people, st.lists(kinds, min_size=1, max_size=14))
# Too few answered a question at closing, enough with those who came late: its result appears,
# its groups stay hidden.
@example([kind_of(NA)] * 3 + [kind_of("4")] * 5 + [kind_of("4", "fr")] * 4, [kind_of("1")] * 11)
def test_late_answers_never_leave_a_difference_of_few_between_two_editions(
    form: FeedbackForm, crowd: list[Kind], late: list[Kind]
) -> None:
    answered_by(form, crowd)
    first = editions_of(form)
    added = [payload(kind) for kind in late]
    keeping.keep_results(form, [*map(payload, crowd), *added], added)
    db.session().flush()
    later = editions_of(form)
    assert small_differences(first[""], later[""]) == {}
    assert first.keys() == later.keys()
    assert all(first[by] == later[by] for by in first if by)


def editions_of(form: FeedbackForm) -> dict[str, Any]:
    """What is shown: how many answered each question, and the groups' results that are not hidden.

    A breakdown in which everything is hidden says as little as one that is not there.
    """
    found: dict[str, Any] = {
        by.key: {
            (breakdown.of_key, group.key): group.result
            for breakdown in queries.breakdowns_by(form, by.key, smallest=SMALLEST_PUBLISHED)
            for group in breakdown.groups
            if not group.result.is_suppressed
        }
        for by in queries.groupings_of(form)
    }
    found[""] = {r.key: r.n for r in queries.results_of(form, smallest=SMALLEST_PUBLISHED)}
    return found


def small_differences(
    first: dict[str, int], later: dict[str, int], smallest: int = SMALLEST_PUBLISHED
) -> dict[str, int]:
    """Questions whose later result, less the earlier one, is the result of few."""
    added = {key: later[key] - n for key, n in first.items() if n}
    return {key: n for key, n in added.items() if 0 < n < smallest}


def test_without_the_rule_of_editions_the_difference_is_the_late_answers(
    form: FeedbackForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = crowd_of((12, ("4", "4", "yes", "a", "en")))
    late = payload(("1", "4", "no", "b", "fr"))
    monkeypatch.setattr(keeping, "may_follow", lambda *_args, **_kwargs: True)
    first = editions_of(answered_by(form, crowd))
    keeping.keep_results(form, [*map(payload, crowd), late], [late])
    db.session().flush()
    assert small_differences(first[""], editions_of(form)[""]) == {
        "useful": 1,
        "again": 1,
        "clear": 1,
        "part": 1,
    }


@QUICK
@given(st.lists(st.lists(kinds, min_size=10, max_size=13), min_size=1, max_size=5), st.data())
def test_whoever_watches_an_open_form_until_it_closes_never_sees_few_added(
    form: FeedbackForm, batches: list[list[Kind]], data: st.DataObject
) -> None:
    last = data.draw(st.lists(kinds, max_size=9))
    db.session().execute(sa.delete(FeedbackSummary))
    seen, mixed = [], []
    for batch in [*batches, last]:
        form.status = FormStatus.CLOSED if batch is last else FormStatus.OPEN
        added = [payload(kind) for kind in batch]
        mixed += added
        keeping.keep_results(form, mixed, added)
        db.session().flush()
        results = queries.results_of(form, smallest=SMALLEST_SHOWN)
        seen.append({result.key: result.n for result in results})
    steps = [small_differences(one, other, SMALLEST_SHOWN) for one, other in pairwise(seen)]
    assert [step for step in steps if step] == []
