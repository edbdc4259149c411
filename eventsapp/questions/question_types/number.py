"""A number, written as people of any of our languages write it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _
from wtforms import StringField

from eventsapp.core.errors import N_
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.questions.question_type import Paper, QuestionType
from eventsapp.questions.question_types._counts import bar_chart, distribution_rows
from eventsapp.questions.question_types._fields import basics, words
from eventsapp.questions.question_types._texts import latin_digits
from eventsapp.questions.settings import Amount, Pick, Words
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Distribution,
    Given,
    Question,
    QuestionRefused,
    Summary,
)

LARGEST = 10**12
LONGEST = 40
MOST_BARS = 10
# Between thousands: spaces of every kind, apostrophes, and the Arabic separator.
BETWEEN_THOUSANDS = re.compile("[\\s'’\u00a0\u202f\u066c_]")
# Marks that set the reading direction come along when Arabic text is copied.
UNSEEN = re.compile("[\u200e\u200f\u061c]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
# 1,500 is a thousand and a half to some and one and a half to others.
TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
NO_NUMBER = N_("Write a number in digits, such as 12.")


class NumberField(StringField):  # type: ignore[misc] # WTForms ships no types
    """A line of digits; ``unit`` stands behind it."""

    def __init__(self, label: Any, *, unit: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.unit = unit


def check(question: Question) -> None:
    least, most = (question.settings.get(end) for end in ("least", "most"))
    if least is not None and most is not None and least > most:
        raise QuestionRefused(
            N_("The smallest number is larger than the largest."), field="settings-least"
        )


def field(question: Question, lang: str) -> Any:
    given = basics(question, lang)
    given["description"] = given["description"] or _range(question, lang)
    return NumberField(unit=_unit(question, lang), **given)


def _range(question: Question, lang: str) -> str:
    least, most = (
        None
        if question.settings.get(end) is None
        else format_decimal(question.settings[end], locale=lang)
        for end in ("least", "most")
    )
    if least is not None and most is not None:
        return str(_("From %(least)s to %(most)s.", least=least, most=most))
    if least is not None:
        return str(_("%(least)s or more.", least=least))
    return str(_("%(most)s or less.", most=most)) if most is not None else ""


def _unit(question: Question, lang: str) -> str:
    return words(Texts.from_json(question.settings.get("unit")), lang)


def parse(question: Question, raw: Any) -> Answer | None:
    """Takes JSON's numbers too. Stored is a number, whole ones without a point."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise AnswerRefused(NO_NUMBER)
    number = _read(str(raw))
    _check_range(question, number)
    decimals = int(question.settings.get("decimals") or 0)
    if number != round(number, decimals):
        raise AnswerRefused(
            N_("Write a whole number.")
            if not decimals
            else N_("Use at most %(decimals)d digits after the comma."),
            decimals=decimals,
        )
    return int(number) if number == int(number) else float(number)


def _read(typed: str) -> Decimal:
    """The number that was meant; raises AnswerRefused where that cannot be known."""
    text = UNSEEN.sub("", latin_digits(typed[: LONGEST + 1])).strip()
    text = text.replace("\u2212", "-").replace("\u066b", ",")
    if TWO_WAYS.fullmatch(text):
        raise AnswerRefused(
            N_("“%(typed)s” can be read in two ways. Write it without a separator."), typed=text
        )
    text = BETWEEN_THOUSANDS.sub("", text)
    decimal = max(text.rfind("."), text.rfind(","))
    if decimal >= 0:
        whole = re.sub("[.,]", "", text[:decimal])
        text = f"{whole or 0}.{text[decimal + 1 :]}"
    if len(typed) > LONGEST or not NUMBER.fullmatch(text):
        raise AnswerRefused(NO_NUMBER)
    return Decimal(text)


def _check_range(question: Question, number: Decimal) -> None:
    least = question.settings.get("least")
    most = question.settings.get("most")
    if number < Decimal(str(-LARGEST if least is None else least)):
        raise AnswerRefused(N_("The smallest possible number is %(least)s."), least=least)
    if number > Decimal(str(LARGEST if most is None else most)):
        raise AnswerRefused(
            N_("The largest possible number is %(most)s."), most=LARGEST if most is None else most
        )


def show(_question: Question, answer: Answer) -> Any:
    return str(answer)


def say(question: Question, answer: Answer, lang: str) -> str:
    unit = Texts.from_json(question.settings.get("unit")).text(lang)
    return f"{format_decimal(answer, locale=lang)} {unit}".strip()


def summarise(_question: Question, answers: Sequence[Given]) -> Summary:
    numbers = sorted(given.answer for given in answers)
    if not numbers:
        return Summary(n=0)
    return Summary(n=len(numbers), distribution=_spread(numbers), mean=sum(numbers) / len(numbers))


def _spread(numbers: Sequence[float]) -> Distribution:
    """Each number where there are few different ones, else ranges of one round width."""
    different = sorted(set(numbers))
    if len(different) <= MOST_BARS:
        return tuple((str(one), _written(one), numbers.count(one)) for one in different)
    width = _round_width((different[-1] - different[0]) / MOST_BARS)
    start = int(different[0] // width)
    end = int(different[-1] // width)
    places = [int(number // width) for number in numbers]
    return tuple(
        (f"{place * width}+", _written(place * width, (place + 1) * width), places.count(place))
        for place in range(start, end + 1)
    )


def _round_width(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below ``least``."""
    width = 1
    for factor in (2, 2.5, 2) * 13:
        if width >= least:
            break
        width = int(width * factor)
    return width


def _written(number: float, below: float | None = None) -> Texts:
    def text(lang: str) -> str:
        first = format_decimal(number, locale=lang)
        if below is None:
            return str(first)
        return f"{first} – < {format_decimal(below, locale=lang)}"

    return Texts.of(**{lang: text(lang) for lang in LANGUAGES})


NUMBER_QUESTION = QuestionType(
    key="number",
    label=N_("Number"),
    hint=N_("A number, such as years of experience."),
    example=(
        Question(
            key="years",
            type_key="number",
            text=Texts.of(
                en="How long have you worked in this field?",
                fr="Depuis combien de temps travaillez-vous dans ce domaine ?",
                ar="منذ متى تعمل في هذا المجال؟",
            ),
            settings={
                "least": 0,
                "most": 60,
                "unit": {"en": "years", "fr": "ans", "ar": "سنوات"},
            },
        ),
        12,
    ),
    check=check,
    field=field,
    parse=parse,
    show=show,
    say=say,
    summarise=summarise,
    chart=bar_chart,
    rows=distribution_rows,
    paper=lambda question, lang: Paper(blank=_unit(question, lang) or " "),
    template="questions/number.html",
    settings=(
        Amount("least", N_("Smallest number"), N_("Empty: there is none.")),
        Amount("most", N_("Largest number"), N_("Empty: there is none.")),
        Pick(
            "decimals",
            N_("Digits after the comma"),
            (("0", N_("None: whole numbers only")), ("1", N_("One")), ("2", N_("Two"))),
        ),
        Words("unit", N_("Unit"), N_("Stands behind the number, such as years.")),
    ),
)
