"""What came of a form, as it may be shown: small numbers suppressed.

Read from what was counted at mixing, so that it takes no longer however many answered.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from eventsapp.attendance.queries import count_attended
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.queries.forms import count_answers, find_form_of
from eventsapp.feedback.queries.summaries import all_questions, kept_summary
from eventsapp.feedback.queries.texts import quotes_of
from eventsapp.feedback.rules import GroupCounts, Tables
from eventsapp.feedback.rules.counting import Grouping, groupings, pieces_of
from eventsapp.feedback.rules.pairing import Change
from eventsapp.feedback.types import (
    CHANGE,
    MODE,
    SMALLEST_PUBLISHED,
    SMALLEST_SHOWN,
    USEFULNESS,
    Breakdown,
    FeedbackFacts,
    FormStatus,
    GroupResult,
    QuestionResult,
)
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop

# Which question reports break down by which.
BREAKDOWNS = ((USEFULNESS, MODE),)
Kept = Mapping[str, Any]


def feedback_facts(
    workshop: Workshop, *, smallest: int = SMALLEST_PUBLISHED, purpose: str = "end"
) -> FeedbackFacts:
    """The results of a workshop's form as they are now; zeros where there is none.

    As they may leave the house; ``smallest`` is SMALLEST_SHOWN for pages inside.
    """
    form = find_form_of(workshop.id, purpose)
    attended = count_attended(workshop.id)
    if form is None:
        return FeedbackFacts(
            n=0, waiting=0, handed_out=0, attended=attended, response_rate=None, is_closed=False
        )
    counts = count_answers(form)
    return FeedbackFacts(
        n=counts.mixed,
        waiting=counts.waiting,
        handed_out=counts.handed_out,
        attended=attended,
        response_rate=_rate(counts.received, attended),
        is_closed=form.status == FormStatus.CLOSED,
        questions=results_of(form, smallest=smallest),
        breakdowns=tuple(_reported(form, smallest)),
        quotes=quotes_of(form),
    )


def results_of(form: FeedbackForm, *, smallest: int) -> tuple[QuestionResult, ...]:
    """Every question's result, of all who answered it."""
    kept = kept_summary(form)
    results = kept["results"] if kept else {}
    return tuple(
        _shown(_read(piece.question.key, results) or _empty(piece.question), smallest)
        for piece in pieces_of(all_questions(form))
    )


def groupings_of(form: FeedbackForm) -> tuple[Grouping, ...]:
    """What results can be broken down by, where there are two groups at least."""
    kept = kept_summary(form)
    sizes = kept["sizes"] if kept else {}
    return tuple(
        grouping
        for grouping in groupings(all_questions(form))
        if sum(1 for size in sizes.get(grouping.key, {}).values() if size) > 1
    )


def breakdowns_by(form: FeedbackForm, by_key: str, *, smallest: int) -> tuple[Breakdown, ...]:
    """Every question's results within the groups of a grouping; empty where there is none."""
    found = {grouping.key: grouping for grouping in groupings_of(form)}
    if by_key not in found:
        return ()
    kept = {key: kept_summary(form, key) or {} for key in ("", *found)}
    tables = _tables(kept)
    # What is hidden inside is hidden outside too, whatever the larger number would allow.
    levels = {smallest, min(smallest, SMALLEST_SHOWN)}
    return tuple(
        _breakdown(
            question,
            found[by_key],
            kept[by_key],
            hidden=frozenset[str]().union(
                *(tables.hidden(question.key, by_key, smallest=level) for level in levels)
            ),
        )
        for question in results_of(form, smallest=smallest)
        if question.distribution and question.key != by_key
    )


def _tables(kept: Mapping[str, Kept]) -> Tables:
    """Of the groupings by which anything can be broken down, and of what can be counted."""
    keys = [key for key in kept if key]
    counted = [key for key, result in kept[""]["results"].items() if result["distribution"]]
    return Tables(
        sizes={key: kept[""]["sizes"][key] for key in keys},
        within={
            key: {
                question: {
                    group: _counts(results[question])
                    for group, results in kept[key].items()
                    if question in results
                }
                for question in counted
                if question != key
            }
            for key in keys
        },
    )


def _counts(result: Kept) -> GroupCounts:
    return GroupCounts(result["n"], {key: count for key, _, count in result["distribution"]})


def _breakdown(
    question: QuestionResult, by: Grouping, groups: Kept, *, hidden: frozenset[str]
) -> Breakdown:
    return Breakdown(
        of_key=question.key,
        by_key=by.key,
        by_text=by.text,
        groups=tuple(
            GroupResult(
                key=group.key,
                label=group.text,
                result=question.suppressed()
                if group.key in hidden
                else _read(question.key, groups[group.key]) or question.suppressed(),
            )
            for group in by.groups
            if group.key in groups
        ),
    )


def changes_of(form: FeedbackForm, *, smallest: int) -> tuple[Change, ...]:
    """How far answers moved since the form before; empty until both are closed."""
    kept = kept_summary(form, CHANGE) or {"changes": ()}
    return tuple(Change.from_json(one).shown(smallest=smallest) for one in kept["changes"])


def _reported(form: FeedbackForm, smallest: int) -> Iterable[Breakdown]:
    for of_key, by_key in BREAKDOWNS:
        for breakdown in breakdowns_by(form, by_key, smallest=smallest):
            if breakdown.of_key == of_key:
                yield breakdown


def _read(key: str, results: Kept) -> QuestionResult | None:
    return QuestionResult.from_json(results[key]) if key in results else None


def _empty(question: Question) -> QuestionResult:
    return QuestionResult(question.key, question.type_key, question.text, n=0)


def _shown(result: QuestionResult, smallest: int) -> QuestionResult:
    return result if result.n >= smallest else result.suppressed()


def _rate(received: int, attended: int) -> float | None:
    return received / attended if 0 < received <= attended else None
