"""Several things put in an order.

Each gets a place from a list, so that neither a script nor a pointer is needed. Stored is the list
of keys from the first place on; what got no place is not in it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField

from eventsapp.core.errors import N_
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.documents.blocks import Chart, Series
from eventsapp.questions.parts import PartsField
from eventsapp.questions.question_type import Paper, QuestionType, Result
from eventsapp.questions.question_types._counts import count_text, distribution_rows
from eventsapp.questions.question_types._families import boxes
from eventsapp.questions.question_types._fields import NOT_OFFERED, basics, words
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Given,
    Option,
    Question,
    Summary,
)
from eventsapp.web.forms import choices

FEWEST, MOST = 2, 6
NO_PLACE = "–"
# Between an option's words and its place, where both stand on one line.
APART = " – "


def field(question: Question, lang: str) -> Any:
    given = basics(question, lang)
    places = [("", NO_PLACE), *((place, place) for place in _places(question))]
    parts = {
        option.key: SelectField(
            words(option.text, lang), choices=choices(places), validate_choice=False
        )
        for option in question.options
    }
    return PartsField(
        given["label"],
        parts,
        description=given["description"],
        validators=given["validators"],
    )


def _places(question: Question) -> list[str]:
    return [str(place + 1) for place in range(len(question.options))]


def parse(question: Question, raw: Any) -> Answer | None:
    """Takes places by key or the order as it is stored; gaps between places close up."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, list):
        raw = _as_places(raw)
    if not isinstance(raw, Mapping) or not set(raw) <= set(question.option_keys()):
        raise AnswerRefused(NOT_OFFERED)
    taken: dict[str, str] = {}
    for key in question.option_keys():
        place = raw.get(key) or ""
        if place and place not in _places(question):
            raise AnswerRefused(NOT_OFFERED, field=key)
        if place in taken:
            raise AnswerRefused(
                N_("Two of them have place %(place)s: each place is given once."),
                field=key,
                place=place,
            )
        if place:
            taken[place] = key
    return [taken[place] for place in sorted(taken)] or None


def _as_places(order: Sequence[Any]) -> dict[str, str]:
    if not all(isinstance(key, str) for key in order) or len(set(order)) != len(order):
        raise AnswerRefused(NOT_OFFERED)
    return {key: str(place + 1) for place, key in enumerate(order)}


def show(_question: Question, answer: Answer) -> Any:
    return _as_places(answer)


def say(question: Question, answer: Answer, lang: str) -> str:
    labels = {option.key: option.text.text(lang) for option in question.options}
    return ", ".join(f"{place + 1}. {labels[key]}" for place, key in enumerate(answer))


def summarise(question: Question, answers: Sequence[Given]) -> Summary:
    """How often each thing got each place."""
    counts: dict[tuple[str, int], int] = {}
    for given in answers:
        for place, key in enumerate(given.answer):
            counts[key, place] = counts.get((key, place), 0) + 1
    return Summary(
        n=len(answers),
        distribution=tuple(
            (f"{option.key}:{place + 1}", _at(option, place), counts.get((option.key, place), 0))
            for option in question.options
            for place in range(len(question.options))
        ),
    )


def _at(option: Option, place: int) -> Texts:
    texts = {lang: option.text.find(lang) for lang in LANGUAGES}
    return Texts.of(**{lang: f"{text}{APART}{place + 1}" for lang, text in texts.items() if text})


def chart(result: Result, *, lang: str, summary: str) -> Chart | None:
    """A bar for each thing, cut into the places it got."""
    if not result.n or not result.distribution:
        return None
    things: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    for key, label, count in result.distribution:
        thing, place = key.rsplit(":", 1)
        things[thing] = label.text(lang).rsplit(APART, 1)[0]
        counts.setdefault(place, {})[thing] = count
    return Chart(
        kind="stacked",
        title=result.text.text(lang),
        summary=summary,
        categories=tuple(things.values()),
        series=tuple(
            Series(
                label=place,
                values=tuple(float(of_place[thing]) for thing in things),
                texts=tuple(count_text(of_place[thing], result.n, lang) for thing in things),
            )
            for place, of_place in counts.items()
        ),
    )


def paper(question: Question, lang: str) -> Paper:
    return boxes(question.options, lang, N_("Number them: 1 comes first."))


RANKING = QuestionType(
    key="ranking",
    label=N_("Ranking"),
    hint=N_("Several things put in an order, the first first."),
    example=(
        Question(
            key="next",
            type_key="ranking",
            text=Texts.of(
                en="What should come next? Put the most important first.",
                fr="Que faire ensuite ? Mettez le plus important en premier.",
                ar="ما الذي ينبغي أن يأتي بعد ذلك؟ ضع الأهم أولًا.",
            ),
            options=(
                Option(
                    "visit",
                    Texts.of(en="A study visit", fr="Une visite d’étude", ar="زيارة دراسية"),
                ),
                Option(
                    "course",
                    Texts.of(en="A longer course", fr="Une formation plus longue", ar="دورة أطول"),
                ),
                Option(
                    "advice",
                    Texts.of(
                        en="Advice on request", fr="Des conseils à la demande", ar="مشورة عند الطلب"
                    ),
                ),
            ),
        ),
        ["course", "visit"],
    ),
    field=field,
    parse=parse,
    say=say,
    summarise=summarise,
    paper=paper,
    show=show,
    chart=chart,
    rows=distribution_rows,
    template="questions/ranking.html",
    scripts=("vendor/sortablejs-1.15.6/Sortable.min.js", "js/ranking.js"),
    options=(FEWEST, MOST),
)
