"""Results as pictures with their figures beside them, fit for a report."""

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsapp.documents.blocks import Block, Chart, Series, Table
from eventsapp.feedback.rules.pairing import Change
from eventsapp.feedback.types import Breakdown, GroupResult, QuestionResult
from eventsapp.questions.rules import TYPES
from eventsapp.web.filters import number, percent, text
from eventsapp.web.locale import current_language

# More parts of one bar cannot be told apart.
MOST_PARTS = 6


def chart_of(result: QuestionResult) -> Block | None:
    """The question's own picture, if it has one and enough people answered."""
    if result.is_suppressed:
        return None
    kind = TYPES[result.type_key]
    return kind.chart(result, lang=current_language(), summary=summary_of(result))


def summary_of(result: QuestionResult) -> str:
    """``16 people answered; the mean is 4.4 on a scale from 1 to 5.``"""
    if result.mean is not None and not TYPES[result.type_key].is_scale:
        return str(
            ngettext(
                "%(num)d person answered; the mean is %(mean)s.",
                "%(num)d people answered; the mean is %(mean)s.",
                result.n,
                mean=number(round(result.mean, 1)),
            )
        )
    if result.mean is None:
        return str(ngettext("%(num)d person answered.", "%(num)d people answered.", result.n))
    words = ngettext(
        "%(num)d person answered; the mean is %(mean)s on a scale from %(low)s to %(high)s.",
        "%(num)d people answered; the mean is %(mean)s on a scale from %(low)s to %(high)s.",
        result.n,
        mean=number(round(result.mean, 1)),
        low=result.distribution[0][0],
        high=result.distribution[-1][0],
    )
    return str(words)


def groups_of(result: QuestionResult, breakdown: Breakdown) -> Block:
    """Who answered what, group by group: a bar for each, or a table where bars would blur."""
    title = f"{text(result.text)} – {text(breakdown.by_text)}"
    if len(result.distribution) > MOST_PARTS:
        return _table(title, result, breakdown)
    return Chart(
        kind="stacked",
        title=title,
        summary="",
        categories=tuple(_label(group) for group in breakdown.shown),
        series=tuple(
            Series(
                label=text(label),
                values=tuple(float(_count(group, key)) for group in breakdown.shown),
                texts=tuple(_count_text(group, key) for group in breakdown.shown),
            )
            for key, label, _n in result.distribution
        ),
    )


def _table(title: str, result: QuestionResult, breakdown: Breakdown) -> Table:
    return Table(
        caption=title,
        head=(_("Answer"), *(_label(group) for group in breakdown.shown)),
        rows=tuple(
            (text(label), *(_count_text(group, key) for group in breakdown.shown))
            for key, label, _n in result.distribution
        ),
        numeric=tuple(range(1, len(breakdown.shown) + 1)),
    )


def change_of(change: Change) -> Block | None:
    """How many moved how far; nothing where it is not shown."""
    if change.is_suppressed or change.mean is None:
        return None
    moved = dict(change.moves)
    lowest, highest = min(*moved, 0), max(*moved, 0)
    steps = range(lowest, highest + 1)
    mean = round(change.mean, 1)
    return Chart(
        kind="bar",
        title=text(change.text),
        summary=str(
            ngettext(
                "%(num)d person answered before and after; the mean moved by %(mean)s.",
                "%(num)d people answered before and after; the mean moved by %(mean)s.",
                change.n,
                mean=_signed(mean),
            )
        ),
        categories=tuple(step_words(step) for step in steps),
        series=(
            Series(
                label="",
                values=tuple(float(moved.get(step, 0)) for step in steps),
                texts=tuple(_part(moved.get(step, 0), change.n) for step in steps),
            ),
        ),
    )


def step_words(step: int) -> str:
    """``2 points higher``"""
    if not step:
        return str(_("the same"))
    if step > 0:
        return str(ngettext("%(num)d point higher", "%(num)d points higher", step))
    return str(ngettext("%(num)d point lower", "%(num)d points lower", -step))


def _signed(value: float) -> str:
    """``+0.8``, ``−0.3`` or ``0``, its sign where the reader's language has it."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"\u2068{sign}{number(abs(value))}\u2069"


def _part(count: int, n: int) -> str:
    return f"{number(count)} ({percent(count / n)})" if n else number(count)


def _label(group: GroupResult) -> str:
    """``In person (n = 10, mean 4.4)``"""
    name, n = text(group.label), number(group.result.n)
    if group.result.mean is None:
        return str(_("%(group)s (n = %(n)s)", group=name, n=n))
    mean = number(round(group.result.mean, 1))
    return str(_("%(group)s (n = %(n)s, mean %(mean)s)", group=name, n=n, mean=mean))


def _count(group: GroupResult, key: str) -> int:
    return next((count for known, _label, count in group.result.distribution if known == key), 0)


def _count_text(group: GroupResult, key: str) -> str:
    return _part(_count(group, key), group.result.n)
