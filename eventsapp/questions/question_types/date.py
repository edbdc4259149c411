"""A day of the calendar. Stored is ``2022-02-10``."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date, format_skeleton
from wtforms import StringField
from wtforms.widgets import DateInput

from eventsapp.core.dates import locale_of
from eventsapp.core.errors import N_
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.questions.question_type import Paper, QuestionType
from eventsapp.questions.question_types._counts import bar_chart, distribution_rows
from eventsapp.questions.question_types._fields import basics
from eventsapp.questions.question_types._texts import latin_digits
from eventsapp.questions.settings import Day
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Distribution,
    Given,
    Question,
    QuestionRefused,
    Summary,
)

MOST_BARS = 12


def check(question: Question) -> None:
    earliest, latest = (question.settings.get(end) for end in ("earliest", "latest"))
    if earliest and latest and earliest > latest:
        raise QuestionRefused(
            N_("The earliest day is after the latest."), field="settings-earliest"
        )


def field(question: Question, lang: str) -> Any:
    return StringField(widget=DateInput(), **basics(question, lang))


def parse(question: Question, raw: Any) -> Answer | None:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    try:
        day = date.fromisoformat(latin_digits(raw[:20]).strip())
    except (TypeError, ValueError):
        raise AnswerRefused(N_("Write a date as year, month and day: 2022-02-10.")) from None
    earliest, latest = question.settings.get("earliest"), question.settings.get("latest")
    if earliest and day < date.fromisoformat(earliest):
        raise AnswerRefused(N_("The earliest possible day is %(day)s."), day=earliest)
    if latest and day > date.fromisoformat(latest):
        raise AnswerRefused(N_("The latest possible day is %(day)s."), day=latest)
    return day.isoformat()


def say(_question: Question, answer: Answer, lang: str) -> str:
    return format_date(date.fromisoformat(answer), format="long", locale=locale_of(lang))


def summarise(_question: Question, answers: Sequence[Given]) -> Summary:
    """By day, or where these are many by month, or by year."""
    days = sorted(given.answer for given in answers)
    for length, skeleton in ((10, "yMMMd"), (7, "yMMM"), (4, "y")):
        spans = sorted({day[:length] for day in days})
        if len(spans) <= MOST_BARS or length == 4:
            return Summary(n=len(days), distribution=_spread(days, spans, skeleton))
    raise AssertionError


def _spread(days: Sequence[str], spans: Sequence[str], skeleton: str) -> Distribution:
    return tuple(
        (span, _named(span, skeleton), sum(day.startswith(span) for day in days)) for span in spans
    )


def _named(span: str, skeleton: str) -> Texts:
    day = date.fromisoformat(span + "0001-01-01"[len(span) :])
    return Texts.of(
        **{lang: format_skeleton(skeleton, day, locale=locale_of(lang)) for lang in LANGUAGES}
    )


DATE = QuestionType(
    key="date",
    label=N_("Date"),
    hint=N_("A day of the calendar."),
    example=(
        Question(
            key="since",
            type_key="date",
            text=Texts.of(
                en="When did you take up your post?",
                fr="Quand avez-vous pris vos fonctions ?",
                ar="متى تسلّمت مهامك؟",
            ),
        ),
        "2021-09-01",
    ),
    check=check,
    field=field,
    parse=parse,
    say=say,
    summarise=summarise,
    chart=bar_chart,
    rows=distribution_rows,
    paper=lambda _question, _lang: Paper(instruction=N_("Day, month, year"), blank=" "),
    settings=(
        Day("earliest", N_("Earliest day"), N_("Empty: there is none.")),
        Day("latest", N_("Latest day"), N_("Empty: there is none.")),
    ),
)
