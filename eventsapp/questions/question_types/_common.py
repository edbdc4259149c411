"""What several question types share: words in a language, fields, choices and bars."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from babel.numbers import format_decimal, format_percent
from markupsafe import Markup
from wtforms import RadioField
from wtforms.widgets import ListWidget, RadioInput

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Chart, Series
from eventsapp.questions.question_type import Result
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Given,
    Option,
    Question,
    Summary,
    count_options,
)
from eventsapp.web.forms import choices

NOT_OFFERED = N_("Choose one of the answers that are offered.")


class Wanted:
    """Marks a field as required for the page; the question type itself insists on it."""

    field_flags = {"required": True}

    def __call__(self, _form: Any, _field: Any) -> None:
        """Say nothing: ``parse`` decides."""


def words(texts: Texts, lang: str) -> str:
    """The text in ``lang``, or in another language and marked as being in it."""
    text, found = texts.choose(lang)
    if found == lang:
        return text
    return Markup('<span lang="{}" dir="auto">{}</span>').format(found, text)


def basics(question: Question, lang: str) -> dict[str, Any]:
    """What every field is given: label, help and whether it must be answered."""
    return {
        "label": words(question.text, lang),
        "description": words(question.help, lang),
        "validators": [Wanted()] if question.required else [],
    }


def offered(options: Sequence[Option], lang: str) -> list[Any]:
    """The options as WTForms wants its choices."""
    return choices((option.key, words(option.text, lang)) for option in options)


class ChoiceField(RadioField):  # type: ignore[misc] # WTForms ships no types
    """Radios that leave it to ``parse`` to say what fits, so that the words are ours."""

    def __init__(self, label: Any, options: Sequence[Option], lang: str, **kwargs: Any) -> None:
        super().__init__(
            label, choices=offered(options, lang), coerce=str, validate_choice=False, **kwargs
        )


class ScaleField(ChoiceField):
    """A row of points; ``low`` and ``high`` are the words at its ends."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def __init__(self, label: Any, options: Sequence[Option], lang: str, **kwargs: Any) -> None:
        super().__init__(label, options, lang, **kwargs)
        self.low, self.high = (words(options[end].text, lang) for end in (0, -1))


def parse_choice(keys: Sequence[str], raw: Any) -> str | None:
    """One of the offered keys, or None; raises AnswerRefused for anything else."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or raw not in keys:
        raise AnswerRefused(NOT_OFFERED)
    return raw


def summarise_choices(options: Sequence[Option], answers: Sequence[Given]) -> Summary:
    return Summary(n=len(answers), distribution=count_options(options, [g.answer for g in answers]))


def summarise_points(
    options: Sequence[Option], answers: Sequence[Given], *, positive: frozenset[str]
) -> Summary:
    """A distribution over numbered points, its mean and the share that is ``positive``."""
    chosen = [given.answer for given in answers]
    if not chosen:
        return Summary(n=0, distribution=count_options(options, []))
    return Summary(
        n=len(chosen),
        distribution=count_options(options, chosen),
        mean=sum(map(int, chosen)) / len(chosen),
        share_positive=sum(key in positive for key in chosen) / len(chosen),
    )


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


def no_chart(result: Result, *, lang: str, summary: str) -> Chart | None:  # noqa: ARG001
    """Texts have no picture."""
    return None


def count_text(count: int, n: int, lang: str) -> str:
    """``14 (88%)`` as the language writes it."""
    share = format_percent(count / n, format="#,##0\u202f%" if lang == "fr" else None, locale=lang)
    return f"{format_decimal(count, locale=lang)} ({share})"


def distribution_rows(result: Result, lang: str) -> tuple[tuple[str, int], ...]:
    return tuple((label.text(lang), count) for _, label, count in result.distribution)


def no_rows(_result: Result, _lang: str) -> tuple[tuple[str, int], ...]:
    return ()


def clean_text(raw: Any, *, max_length: int, lines: bool) -> str | None:
    """What somebody wrote, without surrounding space and without what no database can hold.

    Control characters come from broken keyboards and copied files; a person cannot see them, so
    they are dropped rather than refused. Raises AnswerRefused for what is too long or no text.
    """
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise AnswerRefused
    kept = "".join(_clean(char, lines=lines) for char in raw.replace("\r\n", "\n")).strip()
    if len(kept) > max_length:
        raise AnswerRefused(
            N_("Use at most %(max)d characters; these are %(count)d."),
            max=max_length,
            count=len(kept),
        )
    return kept or None


def _clean(char: str, *, lines: bool) -> str:
    if char in "\n\t":
        return char if lines else " "
    return "" if unicodedata.category(char) in {"Cc", "Cs"} else char


def same(answer: Answer) -> Any:
    """For types whose field takes the stored answer as it is."""
    return answer
