"""One of several options, or another in one's own words.

Stored is the option's key, or ``{"other": "…"}``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.parts import PartsField
from eventsapp.questions.question_types import _other as other
from eventsapp.questions.question_types._families import one_of
from eventsapp.questions.question_types._fields import (
    NOT_OFFERED,
    ChoiceField,
    basics,
    parse_choice,
)
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Given,
    Option,
    Question,
    Summary,
    count_options,
)

FEWEST, MOST = 2, 30


def field(question: Question, lang: str) -> Any:
    given = basics(question, lang)
    choice = ChoiceField(options=other.offer(question), lang=lang, **given)
    if not other.has_other(question):
        return choice
    return PartsField(given["label"], {"choice": choice, "other": other.field()})


def parse(question: Question, raw: Any) -> Answer | None:
    if not isinstance(raw, Mapping):
        return _parse_alone(question, raw)
    if not other.has_other(question):
        raise AnswerRefused(NOT_OFFERED)
    choice = _parse_alone(question, raw.get("choice"))
    text = other.clean(raw.get("other"))
    if text and isinstance(choice, str):
        raise AnswerRefused(
            N_("You chose one answer and wrote another: keep one of the two."), field=other.KEY
        )
    # The answer as it is stored has no choice beside its text, not even an empty one.
    return {other.KEY: text} if text else choice or _chosen_without_words(raw)


def _parse_alone(question: Question, raw: Any) -> Answer | None:
    key = parse_choice([option.key for option in other.offer(question)], raw)
    return {other.KEY: ""} if key == other.KEY and other.has_other(question) else key


def _chosen_without_words(raw: Mapping[str, Any]) -> Answer | None:
    return {other.KEY: ""} if set(raw) == {other.KEY} and raw[other.KEY] == "" else None


def show(question: Question, answer: Answer) -> Any:
    if not other.has_other(question):
        return answer
    return {"choice": other.key_of(answer), other.KEY: other.text_in(answer)}


def summarise(question: Question, answers: Sequence[Given]) -> Summary:
    chosen = [other.key_of(given.answer) for given in answers]
    return Summary(
        n=len(answers),
        distribution=count_options(other.offer(question), chosen),
        texts=other.texts_of(answers, lambda answer: [answer]),
    )


ONE_CHOICE = one_of(
    other.offer,
    key="one_choice",
    label=N_("One choice"),
    hint=N_("One answer of several."),
    example=(
        Question(
            key="heard",
            type_key="one_choice",
            text=Texts.of(
                en="How did you hear of the workshop?",
                fr="Comment avez-vous entendu parler de l’atelier ?",
                ar="كيف سمعت عن ورشة العمل؟",
            ),
            options=(
                Option(
                    "colleague", Texts.of(en="From a colleague", fr="Par un collègue", ar="من زميل")
                ),
                Option("letter", Texts.of(en="By letter", fr="Par courrier", ar="برسالة")),
            ),
        ),
        "letter",
    ),
    parts_people=True,
    check=other.check,
    field=field,
    parse=parse,
    show=show,
    say=lambda question, answer, lang: other.say_parts(question, [answer], lang),
    chosen=lambda answer: frozenset({other.key_of(answer)}),
    summarise=summarise,
    template="questions/choice.html",
    options=(FEWEST, MOST),
    settings=(other.SETTING,),
)
