"""A few sentences in one's own words, which their author may allow to be quoted.

Stored is ``{"text": …}``, with ``"quote": {"by": "none" | "role" | "name", "as": …}`` only where
the author agreed. Consent is off until somebody switches it on, for this one answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, StringField, TextAreaField

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.parts import PartsField
from eventsapp.questions.question_type import Paper, QuestionType
from eventsapp.questions.question_types._fields import NOT_OFFERED, basics
from eventsapp.questions.question_types._texts import clean_text
from eventsapp.questions.settings import Switch
from eventsapp.questions.types import Answer, AnswerRefused, Given, Question, Summary, WrittenText
from eventsapp.web.forms import choices

LONGEST, LONGEST_NAME = 5_000, 120
NAMED = ("none", "role", "name")


def field(question: Question, lang: str) -> Any:
    given = basics(question, lang)
    parts = {"text": TextAreaField(**given)}
    if question.settings.get("quotable"):
        parts |= _consent()
    return PartsField(given["label"], parts)


def _consent() -> dict[str, Any]:
    """Whether it may be quoted, and under which name."""
    return {
        "may_quote": BooleanField(
            _("You may quote this, in the report and in news about the workshop, in any language.")
        ),
        "by": RadioField(
            _("If it is quoted, who said it?"),
            choices=choices(
                [
                    ("none", _("A participant, without any name")),
                    ("role", _("My function, as I write it below")),
                    ("name", _("My name, as I write it below")),
                ]
            ),
            default="none",
            validate_choice=False,
        ),
        "named": StringField(_("Your function or your name")),
    }


def parse(question: Question, raw: Any) -> Answer | None:
    """Takes the sub-form's data or a bare text."""
    given = raw if isinstance(raw, Mapping) else {"text": raw}
    text = clean_text(given.get("text"), max_length=LONGEST, lines=True)
    if text is None:
        return None
    if not (question.settings.get("quotable") and given.get("may_quote") is True):
        return {"text": text}
    return {"text": text, "quote": _parse_quote(given)}


def _parse_quote(given: Mapping[str, Any]) -> dict[str, str]:
    by = given.get("by") or "none"
    if by not in NAMED:
        raise AnswerRefused(NOT_OFFERED, field="by")
    if by == "none":
        return {"by": "none", "as": ""}
    try:
        name = clean_text(given.get("named"), max_length=LONGEST_NAME, lines=False)
    except AnswerRefused as refused:
        refused.field = "named"
        raise
    if name is None:
        raise AnswerRefused(
            N_("Write the function or the name that the quote may carry."), field="named"
        )
    return {"by": by, "as": name}


def show(_question: Question, answer: Answer) -> dict[str, Any]:
    quote = answer.get("quote")
    return {
        "text": answer["text"],
        "may_quote": quote is not None,
        "by": quote["by"] if quote else "none",
        "named": quote["as"] if quote else "",
    }


def summarise(_question: Question, answers: Sequence[Given]) -> Summary:
    return Summary(n=len(answers), texts=tuple(_written(given) for given in answers))


def _written(given: Given) -> WrittenText:
    quote = given.answer.get("quote")
    return WrittenText(
        text=given.answer["text"],
        lang=given.lang,
        may_quote=quote is not None,
        attribution=quote["as"] if quote else "",
        named_by=quote["by"] if quote else "none",
    )


def unquote(answer: Answer) -> Answer:
    """The text stays; whether and under which name it might be quoted is forgotten."""
    return {"text": answer["text"]}


LONG_TEXT = QuestionType(
    key="long_text",
    label=N_("Long text"),
    hint=N_("A few sentences in one’s own words."),
    example=(
        Question(
            key="wish",
            type_key="long_text",
            text=Texts.of(
                en="What should we do differently?",
                fr="Que devrions-nous faire autrement ?",
                ar="ما الذي ينبغي أن نفعله بشكل مختلف؟",
            ),
            settings={"quotable": True},
        ),
        {"text": "More time for questions.", "quote": {"by": "role", "as": "A trainer"}},
    ),
    field=field,
    parse=parse,
    say=lambda _question, answer, _lang: str(answer["text"]),
    summarise=summarise,
    paper=lambda _question, _lang: Paper(lines=5),
    show=show,
    unquote=unquote,
    template="questions/long_text.html",
    settings=(
        Switch(
            "quotable",
            N_("Ask whether the text may be quoted"),
            N_("Off until the participant agrees, for this answer alone."),
        ),
    ),
)
