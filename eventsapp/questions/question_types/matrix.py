"""One scale for several lines, such as how clear each of the presentations was.

Stored is ``{line: point}``. Each line is counted for itself, as a scale.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.questions.parts import PartsField
from eventsapp.questions.question_type import Paper, Piece, QuestionType
from eventsapp.questions.question_types._fields import (
    NOT_OFFERED,
    ScaleField,
    Wanted,
    basics,
    parse_choice,
    words,
)
from eventsapp.questions.question_types._scales import (
    FEWEST,
    MOST,
    PARITY,
    check_points,
    numbered,
)
from eventsapp.questions.scales import USEFUL
from eventsapp.questions.types import (
    Answer,
    AnswerMissing,
    AnswerRefused,
    AnswersRefused,
    Given,
    Option,
    Question,
    Summary,
)

FEWEST_LINES, MOST_LINES = 2, 20


def field(question: Question, lang: str) -> Any:
    given = basics(question, lang)
    wanted = [Wanted()] if question.required else []
    lines = {
        line.key: ScaleField(words(line.text, lang), question.options, lang, validators=wanted)
        for line in question.lines
    }
    return PartsField(given["label"], lines, description=given["description"], validators=wanted)


def parse(question: Question, raw: Any) -> Answer | None:
    """A matrix that must be answered must be answered on every line."""
    if raw is None or raw == "":
        raw = {}
    if not isinstance(raw, Mapping) or not set(raw) <= {line.key for line in question.lines}:
        raise AnswerRefused(NOT_OFFERED)
    answer: dict[str, str] = {}
    refusals: list[AnswerRefused] = []
    for line in question.lines:
        try:
            point = parse_choice(question.option_keys(), raw.get(line.key))
            if point is None and question.required:
                raise AnswerMissing
        except AnswerRefused as refused:
            refused.field = line.key
            refusals.append(refused)
        else:
            answer |= {line.key: point} if point else {}
    if refusals:
        raise AnswersRefused(refusals)
    return answer or None


def say(question: Question, answer: Answer, lang: str) -> str:
    labels = {option.key: option.text.text(lang) for option in question.options}
    return "; ".join(
        f"{line.text.text(lang)}: {labels[answer[line.key]]}"
        for line in question.lines
        if line.key in answer
    )


def pieces(question: Question) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            Question(
                key=f"{question.key}-{line.key}",
                type_key="likert",
                text=_joined(question.text, line.text),
                options=question.options,
            ),
            question.key,
            _pick(line.key),
        )
        for line in question.lines
    )


def summarise(_question: Question, answers: Sequence[Given]) -> Summary:
    """Of the whole, only how many answered any line; what they said is in the pieces."""
    return Summary(n=len(answers))


def _pick(line: str) -> Callable[[Answer], Answer | None]:
    return lambda answer: answer.get(line)


def _joined(question: Texts, line: Texts) -> Texts:
    """Only in languages that have both; a line that shares none with its question stands alone."""
    both = {
        lang: f"{question.find(lang)} – {line.find(lang)}"
        for lang in LANGUAGES
        if question.find(lang) and line.find(lang)
    }
    return Texts.of(**both) or line


def paper(question: Question, lang: str) -> Paper:
    return Paper(
        instruction=N_("Tick one on each line."),
        boxes=tuple(words(option.text, lang) for option in question.options),
        rows=tuple(words(line.text, lang) for line in question.lines),
    )


MATRIX = QuestionType(
    key="matrix",
    label=N_("Several lines on one scale"),
    hint=N_("The same scale for each of several things, such as the sessions."),
    example=(
        Question(
            key="parts",
            type_key="matrix",
            text=Texts.of(
                en="How useful were these parts to you?",
                fr="Ces parties vous ont-elles été utiles ?",
                ar="ما مدى فائدة هذه الأجزاء لك؟",
            ),
            lines=(
                Option("talks", Texts.of(en="Presentations", fr="Les présentations", ar="العروض")),
                Option("exchange", Texts.of(en="Discussions", fr="Les échanges", ar="النقاشات")),
                Option("papers", Texts.of(en="Handouts", fr="Les documents", ar="الوثائق")),
            ),
            options=USEFUL,
        ),
        {"talks": "4", "exchange": "5"},
    ),
    check=check_points,
    field=field,
    parse=parse,
    say=say,
    summarise=summarise,
    paper=paper,
    pieces=pieces,
    template="questions/matrix.html",
    lines=(FEWEST_LINES, MOST_LINES),
    options=(FEWEST, MOST),
    name_options=numbered,
    settings=(PARITY,),
)
