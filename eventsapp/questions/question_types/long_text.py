"""A few sentences in one's own words, which their author may allow to be quoted.

Stored is ``{"text": …}``, with ``"quote": {"by": "none" | "role" | "name", "as": …}`` only where
the author agreed. Consent is off until somebody switches it on, for this one answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, FormField, RadioField, StringField, TextAreaField

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_type import QuestionType, Setting
from eventsapp.questions.question_types._common import (
    NOT_OFFERED,
    basics,
    clean_text,
    no_chart,
    no_rows,
)
from eventsapp.questions.types import (
    Answer,
    AnswerRefused,
    Given,
    Question,
    QuestionRefused,
    Summary,
    WrittenText,
)
from eventsapp.web.forms import choices

LONGEST, LONGEST_NAME = 5_000, 120
NAMED = ("none", "role", "name")


class TextForm(Form):  # type: ignore[misc] # WTForms ships no types
    """The text alone."""

    text = TextAreaField()


class QuotableForm(TextForm):
    """The text, and whether and under which name it may be quoted."""

    may_quote = BooleanField(
        _l("You may quote this, in the report and in news about the workshop, in any language.")
    )
    by = RadioField(
        _l("If it is quoted, who said it?"),
        choices=choices(
            [
                ("none", _l("A participant, without any name")),
                ("role", _l("My function, as I write it below")),
                ("name", _l("My name, as I write it below")),
            ]
        ),
        default="none",
        validate_choice=False,
    )
    named = StringField(_l("Your function or your name"))


class TextField(FormField):  # type: ignore[misc] # as above
    """A sub-form whose label, help and message belong to its text."""

    def __init__(self, label: Any, *, quotable: bool, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(QuotableForm if quotable else TextForm, label, **kwargs)
        self.is_required = bool(validators)

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        self.form.text.label.text = self.label.text
        self.form.text.description = self.description
        self.form.text.flags.required = self.is_required


def check(question: Question) -> None:
    if question.options:
        raise QuestionRefused(N_("It is answered in one’s own words; it offers no answers."))


def field(question: Question, lang: str) -> Any:
    return TextField(quotable=bool(question.settings.get("quotable")), **basics(question, lang))


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


def show(answer: Answer) -> dict[str, Any]:
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
    )


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
    check=check,
    field=field,
    parse=parse,
    summarise=summarise,
    chart=no_chart,
    rows=no_rows,
    show=show,
    template="questions/long_text.html",
    part="text",
    settings=(
        Setting(
            "quotable",
            N_("Ask whether the text may be quoted"),
            N_("Off until the participant agrees, for this answer alone."),
        ),
    ),
)
