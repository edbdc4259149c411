"""Families of question types: what a module need not say because its relatives do it alike."""

from collections.abc import Callable, Sequence
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.questions.question_type import Paper, QuestionType
from eventsapp.questions.question_types._counts import (
    bar_chart,
    distribution_rows,
    summarise_choices,
    summarise_points,
)
from eventsapp.questions.question_types._fields import (
    ChoiceField,
    ScaleField,
    basics,
    parse_choice,
    words,
)
from eventsapp.questions.types import Answer, Given, Option, Question, Summary

Offer = Callable[[Question], Sequence[Option]]
TICK_ONE = N_("Tick one.")


def written_options(question: Question) -> Sequence[Option]:
    return question.options


def fixed(*options: Option) -> Offer:
    """The same answers to every question of the type."""
    return lambda _question: options


def one_of(
    offer: Offer, *, positive: Callable[[Question], frozenset[str]] | None = None, **own: Any
) -> QuestionType:
    """One answer of those that ``offer`` gives; the stored answer is its key."""

    def summarise(question: Question, answers: Sequence[Given]) -> Summary:
        wanted = positive(question) if positive else frozenset()
        return summarise_choices(offer(question), answers, positive=wanted)

    return _choosing(offer, ChoiceField, **{"summarise": summarise} | own)


def on_scale(
    offer: Offer, *, positive: Callable[[Question], frozenset[str]], **own: Any
) -> QuestionType:
    """One of several points whose keys are numbers, the lowest first."""

    def summarise(question: Question, answers: Sequence[Given]) -> Summary:
        return summarise_points(offer(question), answers, positive=positive(question))

    scale = {"summarise": summarise, "is_scale": True, "template": "questions/scale.html"}
    return _choosing(offer, ScaleField, **scale | own)


def _choosing(offer: Offer, field_class: type[ChoiceField], **own: Any) -> QuestionType:
    def field(question: Question, lang: str) -> Any:
        return field_class(options=offer(question), lang=lang, **basics(question, lang))

    def parse(question: Question, raw: Any) -> Answer | None:
        return parse_choice([option.key for option in offer(question)], raw)

    def say(question: Question, answer: Answer, lang: str) -> str:
        labels = {option.key: option.text.text(lang) for option in offer(question)}
        return labels[answer]

    def paper(question: Question, lang: str) -> Paper:
        return boxes(offer(question), lang, TICK_ONE)

    shared: dict[str, Any] = {
        "field": field,
        "parse": parse,
        "say": say,
        "paper": paper,
        "choices": offer,
        "chosen": lambda answer: frozenset({answer}),
        "chart": bar_chart,
        "rows": distribution_rows,
    }
    return QuestionType(**shared | own)


def boxes(options: Sequence[Option], lang: str, instruction: str) -> Paper:
    return Paper(
        instruction=instruction, boxes=tuple(words(option.text, lang) for option in options)
    )
