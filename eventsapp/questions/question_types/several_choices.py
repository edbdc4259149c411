"""Any number of several options, and others in one's own words.

Stored is a list of keys in the order asked, at its end ``{"other": "…"}`` where that was given.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.parts import PartsField
from eventsapp.questions.question_type import Paper
from eventsapp.questions.question_types import _other as other
from eventsapp.questions.question_types._families import boxes, one_of
from eventsapp.questions.question_types._fields import (
    NOT_OFFERED,
    ChoicesField,
    basics,
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
    choices = ChoicesField(options=other.offer(question), lang=lang, **given)
    if not other.has_other(question):
        return choices
    return PartsField(given["label"], {"choices": choices, "other": other.field()})


def parse(question: Question, raw: Any) -> Answer | None:
    """Takes the sub-form's data or the list as it is stored; each key counts once."""
    if raw is None or raw == "":
        return None
    chosen, text = _read(question, raw)
    if text is not None:
        chosen.add(other.KEY)
    keys = [key for key in question.option_keys() if key in chosen]
    if other.has_other(question) and other.KEY in chosen:
        return [*keys, {other.KEY: text or ""}]
    return keys or None


def _read(question: Question, raw: Any) -> tuple[set[str], str | None]:
    """The chosen keys and what was written."""
    given = raw.get("choices") or [] if isinstance(raw, Mapping) else raw
    text = raw.get("other") if isinstance(raw, Mapping) else None
    if not isinstance(given, list):
        raise AnswerRefused(NOT_OFFERED)
    if given and isinstance(given[-1], dict) and set(given[-1]) == {other.KEY}:
        given, text = [*given[:-1], other.KEY], given[-1][other.KEY]
    if text and not other.has_other(question):
        raise AnswerRefused(NOT_OFFERED)
    offered = {option.key for option in other.offer(question)}
    if not all(isinstance(key, str) and key in offered for key in given):
        raise AnswerRefused(NOT_OFFERED)
    return set(given), other.clean(text)


def show(question: Question, answer: Answer) -> Any:
    if not other.has_other(question):
        return answer
    return {
        "choices": [other.key_of(part) for part in answer],
        other.KEY: other.text_in(answer[-1]),
    }


def paper(question: Question, lang: str) -> Paper:
    return boxes(other.offer(question), lang, N_("Tick all that apply."))


def summarise(question: Question, answers: Sequence[Given]) -> Summary:
    """``n`` counts people, so the counts may add up to more."""
    chosen = [other.key_of(part) for given in answers for part in given.answer]
    return Summary(
        n=len(answers),
        distribution=count_options(other.offer(question), chosen),
        texts=other.texts_of(answers, list),
    )


SEVERAL_CHOICES = one_of(
    other.offer,
    key="several_choices",
    label=N_("Several choices"),
    hint=N_("Any number of several answers."),
    example=(
        Question(
            key="needs",
            type_key="several_choices",
            text=Texts.of(
                en="What would help you next?",
                fr="Qu’est-ce qui vous aiderait ensuite ?",
                ar="ما الذي سيساعدك لاحقًا؟",
            ),
            options=(
                Option("reading", Texts.of(en="Reading", fr="Des lectures", ar="قراءات")),
                Option("training", Texts.of(en="Training", fr="Une formation", ar="تدريب")),
            ),
        ),
        ["reading", "training"],
    ),
    check=other.check,
    field=field,
    parse=parse,
    show=show,
    say=other.say_parts,
    paper=paper,
    chosen=lambda answer: frozenset(map(other.key_of, answer)),
    summarise=summarise,
    template="questions/choice.html",
    options=(FEWEST, MOST),
    settings=(other.SETTING,),
)
