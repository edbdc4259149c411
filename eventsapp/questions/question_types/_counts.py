"""What answers come to, and how it is drawn and exported."""

from collections.abc import Sequence

from babel.numbers import format_decimal, format_percent

from eventsapp.documents.blocks import Chart, Series
from eventsapp.questions.question_type import Result
from eventsapp.questions.types import Given, Option, Summary, count_options


def summarise_choices(
    options: Sequence[Option],
    answers: Sequence[Given],
    *,
    positive: frozenset[str] = frozenset(),
) -> Summary:
    """A distribution, and the share that is ``positive`` where anything is."""
    chosen = [given.answer for given in answers]
    return Summary(
        n=len(chosen),
        distribution=count_options(options, chosen),
        share_positive=_share(chosen, positive) if positive else None,
    )


def summarise_points(
    options: Sequence[Option], answers: Sequence[Given], *, positive: frozenset[str]
) -> Summary:
    """A distribution over numbered points, its mean and the share that is ``positive``."""
    chosen = [given.answer for given in answers]
    return Summary(
        n=len(chosen),
        distribution=count_options(options, chosen),
        mean=sum(map(int, chosen)) / len(chosen) if chosen else None,
        share_positive=_share(chosen, positive),
    )


def _share(chosen: Sequence[str], positive: frozenset[str]) -> float | None:
    return sum(key in positive for key in chosen) / len(chosen) if chosen else None


def bar_chart(result: Result, *, lang: str, summary: str) -> Chart | None:
    """A bar for each option, with its count and share; nothing where nobody answered."""
    if not result.n or not result.distribution:
        return None
    counts = [count for _, _, count in result.distribution]
    return Chart(
        kind="bar",
        title=result.text.text(lang),
        summary=summary,
        categories=tuple(label.text(lang) for _, label, _ in result.distribution),
        series=(
            Series(
                label="",
                values=tuple(map(float, counts)),
                texts=tuple(count_text(count, result.n, lang) for count in counts),
            ),
        ),
    )


def count_text(count: int, n: int, lang: str) -> str:
    """``14 (88%)`` as the language writes it."""
    share = format_percent(count / n, format="#,##0\u202f%" if lang == "fr" else None, locale=lang)
    return f"{format_decimal(count, locale=lang)} ({share})"


def distribution_rows(result: Result, lang: str) -> tuple[tuple[str, int], ...]:
    return tuple((label.text(lang), count) for _, label, count in result.distribution)
